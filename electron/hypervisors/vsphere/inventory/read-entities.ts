import type { EntityId, SiteId } from '../../../../shared/domain/ids.ts';
import { nativeIdOf, siteOf } from '../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../shared/domain/inventory.ts';
import { type ManagedRef, refOfNativeId } from '../managed-ref.ts';
import { propertySpecs } from '../mapping/object-types.ts';
import {
  continueRetrievePropertiesEx,
  type ObjectSpec,
  type PropertySpec,
  retrievePropertiesEx,
  type Traversal,
} from '../requests/property-requests.ts';
import type { ApiSession, RawCalls } from '../transport/api-session.ts';
import type { HttpAnswer } from '../transport/http-post.ts';
import { withoutUnknown } from './inventory-filter.ts';
import type { ParseThread } from './parse-thread.ts';
import type { TaskLabels } from './task-labels.ts';

export interface EntityReading {
  readonly site: SiteId;
  readonly session: ApiSession;
  readonly thread: ParseThread;
  /** Properties this server does not know, as found out so far. Added to. */
  readonly unknown: Set<string>;
  readonly taskLabels: (signal: AbortSignal) => Promise<TaskLabels>;
}

/** In one question. Its answer comes in one piece. */
const atOnce = 200;

/**
 * Entities as they are now. Ids of other sites and of objects that no longer exist are left out.
 * @throws VimFault, and what calls throw
 */
export const readEntities = async (
  reading: EntityReading,
  ids: readonly EntityId[],
  signal: AbortSignal,
): Promise<readonly Entity[]> => {
  const wanted = [...new Set(ids)].filter((id) => siteOf(id) === reading.site);
  const entities: Entity[] = [];
  for (let from = 0; from < wanted.length; from += atOnce) {
    entities.push(...(await readSome(reading, wanted.slice(from, from + atOnce), signal)));
  }
  return entities;
};

const readSome = (
  { site, session, thread, unknown, taskLabels }: EntityReading,
  wanted: readonly EntityId[],
  signal: AbortSignal,
): Promise<readonly Entity[]> => {
  const refs = wanted.flatMap((id) => refsToAsk(nativeIdOf(id)));
  return session.loggedIn(signal, async (calls) => {
    if (refs.length === 0) return [];
    const first = await ask(calls, session, refs, unknown, signal);
    const { rootFolder, propertyCollector } = session.content;
    const context = { site, rootFolder, unknownProperties: [...unknown], taskLabels: await taskLabels(signal) };
    return thread.objects(context, wanted, first, (token) =>
      calls.fetch(continueRetrievePropertiesEx(propertyCollector, token), { signal }),
    );
  });
};

const ask = async (
  calls: RawCalls,
  session: ApiSession,
  refs: readonly ManagedRef[],
  unknown: Set<string>,
  signal: AbortSignal,
): Promise<HttpAnswer> =>
  withoutUnknown(unknown, () => {
    const filter = { properties: specsFor(refs, unknown), objects: refs.map(withSurroundings), ignoreMissing: true };
    return calls.fetch(retrievePropertiesEx(session.content.propertyCollector, filter), { signal });
  });

/** A distributed switch goes by two type names; the id keeps one. The name this server does not use is passed over. */
const refsToAsk = (nativeId: string): readonly ManagedRef[] => {
  const ref = refOfNativeId(nativeId);
  if (ref === null) return [];
  if (ref.type !== 'DistributedVirtualSwitch') return [ref];
  return [ref, { ...ref, type: 'VmwareDistributedVirtualSwitch' }];
};

/** From an object to those that say what it is a part of, what it is attached to, and what it is busy with. */
const surroundings: Readonly<Record<string, readonly Traversal[]>> = {
  HostSystem: [{ type: 'HostSystem', path: 'parent' }],
  ResourcePool: [{ type: 'ResourcePool', path: 'owner' }],
  VirtualApp: [{ type: 'ResourcePool', path: 'owner' }],
  VirtualMachine: [
    { type: 'VirtualMachine', path: 'network' },
    { type: 'VirtualMachine', path: 'recentTask' },
    // An import is a task on the pool the VM comes into.
    { type: 'VirtualMachine', path: 'resourcePool', onward: [{ type: 'ResourcePool', path: 'recentTask' }] },
    {
      type: 'VirtualMachine',
      path: 'runtime.host',
      onward: [{ type: 'HostSystem', path: 'parent' }],
    },
  ],
};

const withSurroundings = (object: ManagedRef): ObjectSpec => ({ object, traversals: surroundings[object.type] ?? [] });

/** Of surroundings only what the wanted objects need of them. */
const specsFor = (refs: readonly ManagedRef[], unknown: ReadonlySet<string>): readonly PropertySpec[] => {
  const types = new Set(refs.map(({ type }) => type));
  const all = new Map(propertySpecs(unknown).map((spec) => [spec.type, spec]));
  const wanted = new Map<string, PropertySpec>();
  const want = (type: string): void => {
    const spec = all.get(type);
    if (spec !== undefined) wanted.set(type, spec);
  };
  for (const type of types) for (const known of specTypesOf(type)) want(known);
  if (types.has('HostSystem') || types.has('ResourcePool') || types.has('VirtualApp')) want('ComputeResource');
  if (types.has('VirtualMachine')) {
    want('Task');
    want('ClusterComputeResource');
    if (!wanted.has('HostSystem')) wanted.set('HostSystem', { type: 'HostSystem', paths: ['parent'] });
    if (!wanted.has('DistributedVirtualPortgroup')) {
      wanted.set('DistributedVirtualPortgroup', { type: 'DistributedVirtualPortgroup', paths: ['key'] });
    }
  }
  return [...wanted.values()];
};

/** The specifications that hold for objects of a type: its own and those of the types above it. */
const specTypesOf = (type: string): readonly string[] => {
  switch (type) {
    case 'ClusterComputeResource':
      return ['ComputeResource', 'ClusterComputeResource'];
    case 'VirtualApp':
      return ['ResourcePool'];
    case 'DistributedVirtualPortgroup':
      return ['Network', 'DistributedVirtualPortgroup'];
    case 'OpaqueNetwork':
      return ['Network'];
    case 'VmwareDistributedVirtualSwitch':
      return ['DistributedVirtualSwitch'];
    case 'StoragePod':
      return ['Folder'];
    default:
      return [type];
  }
};
