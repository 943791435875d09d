import { readProperties } from '../inventory/read-properties.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { asRef } from '../xml/xml-values.ts';

/** Deeper than anybody nests folders; a server that went round in circles would be left. */
const deepest = 64;

/** An object and those above it, up to its datacenter; of one that is not there, nothing. */
export const upToDatacenter = async (
  session: ApiSession,
  object: ManagedRef,
  signal: AbortSignal,
): Promise<readonly ManagedRef[]> => {
  const way: ManagedRef[] = [];
  let next: ManagedRef | null = object;
  while (next !== null && way.length < deepest) {
    const found = await withParent(session, next, signal);
    if (found === null) break;
    way.push(next);
    next = next.type === 'Datacenter' ? null : found.parent;
  }
  return way;
};

const withParent = async (
  session: ApiSession,
  object: ManagedRef,
  signal: AbortSignal,
): Promise<{ readonly parent: ManagedRef | null } | null> => {
  const filter = {
    properties: [{ type: 'ManagedEntity', paths: ['parent'] }],
    objects: [{ object }],
    ignoreMissing: true,
  };
  const found = (await readProperties(session, filter, signal)).get(object);
  return found === undefined ? null : { parent: asRef(found.properties.parent) ?? null };
};

/** Null for an object of no datacenter. */
export const datacenterOf = async (
  session: ApiSession,
  object: ManagedRef,
  signal: AbortSignal,
): Promise<ManagedRef | null> => {
  const top = (await upToDatacenter(session, object, signal)).at(-1);
  return top?.type === 'Datacenter' ? top : null;
};
