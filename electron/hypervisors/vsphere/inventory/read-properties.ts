import { type ManagedRef, nativeIdOfRef } from '../managed-ref.ts';
import { continueRetrievePropertiesEx, type FilterSpec, retrievePropertiesEx } from '../requests/property-requests.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { VimFault } from '../transport/soap-fault.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { NotAuthenticatedAnswer, type ObjectUpdate, readRetrieved } from './object-updates.ts';

/** Properties of some objects, as the server has them now. */
export interface ReadObjects {
  readonly all: readonly ReadObject[];
  get(ref: ManagedRef): ReadObject | undefined;
}

export interface ReadObject {
  readonly ref: ManagedRef;
  readonly properties: Readonly<Record<string, XmlValue>>;
}

/**
 * Reads a few properties of a few objects. For many, see read-entities.ts, which reads the answer in another thread.
 * @throws VimFault, and what calls throw
 */
export const readProperties = (session: ApiSession, filter: FilterSpec, signal: AbortSignal): Promise<ReadObjects> =>
  session.loggedIn(signal, async (raw) => {
    const { propertyCollector } = session.content;
    const updates: ObjectUpdate[] = [];
    let request = retrievePropertiesEx(propertyCollector, filter);
    for (;;) {
      const page = retrieved(await raw.call(request, { signal }));
      updates.push(...page.updates);
      if (page.token === null) return asReadObjects(updates);
      request = continueRetrievePropertiesEx(propertyCollector, page.token);
    }
  });

const retrieved = (returnval: XmlValue | undefined): ReturnType<typeof readRetrieved> => {
  try {
    return readRetrieved(returnval, 'enter');
  } catch (error) {
    if (error instanceof NotAuthenticatedAnswer) throw new VimFault('NotAuthenticated', error.message, {});
    throw error;
  }
};

const asReadObjects = (updates: readonly ObjectUpdate[]): ReadObjects => {
  const byId = new Map<string, ReadObject>();
  for (const { ref, properties } of updates) {
    const told = properties.filter((property): property is [string, XmlValue] => property[1] !== null);
    const before = byId.get(nativeIdOfRef(ref))?.properties;
    byId.set(nativeIdOfRef(ref), { ref, properties: { ...before, ...Object.fromEntries(told) } });
  }
  return { all: [...byId.values()], get: (ref) => byId.get(nativeIdOfRef(ref)) };
};
