import type { ManagedRef } from '../managed-ref.ts';
import { propertySpecs, treeTypes } from '../mapping/object-types.ts';
import {
  createContainerView,
  createFilter,
  createPropertyCollector,
  type FilterSpec,
} from '../requests/property-requests.ts';
import type { ServiceContent } from '../service-content.ts';
import type { RawCalls } from '../transport/api-session.ts';
import type { CallOptions } from '../transport/soap-client.ts';
import { isFault, type VimFault } from '../transport/soap-fault.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asRef, textAt } from '../xml/xml-values.ts';

/** What the server holds for one iteration over the inventory. Ends with the session at the latest. */
export interface InventoryWatchpoint {
  readonly views: readonly ManagedRef[];
  /** One of its own, so that destroying it takes the filters along. */
  readonly collector: ManagedRef;
}

const allOf = (view: ManagedRef, types: readonly string[], unknown: ReadonlySet<string>): FilterSpec => ({
  properties: propertySpecs(unknown).filter(({ type }) => types.includes(type)),
  objects: [{ object: view, skip: true, traversals: [{ type: 'ContainerView', path: 'view' }] }],
});

/**
 * Tasks that run or ran a short time ago: they tell what VMs are busy with. A filter of its own, because each task
 * changes what it selects, and finding that out for the whole tree would cost the server much.
 */
const recentTasks = (taskManager: ManagedRef, unknown: ReadonlySet<string>): FilterSpec => ({
  properties: propertySpecs(unknown).filter(({ type }) => type === 'Task'),
  objects: [{ object: taskManager, skip: true, traversals: [{ type: 'TaskManager', path: 'recentTask' }] }],
});

/** Lets the server watch everything below its root folder. */
export const createWatchpoint = async (
  calls: RawCalls,
  content: ServiceContent,
  unknown: Set<string>,
  options: CallOptions,
): Promise<InventoryWatchpoint> => {
  const { viewManager, rootFolder, taskManager } = content;
  const collector = expectRef(await calls.call(createPropertyCollector(content.propertyCollector), options));
  const watch = (filter: () => FilterSpec): Promise<unknown> =>
    withoutUnknown(unknown, () => calls.call(createFilter(collector, filter()), options));
  const views: ManagedRef[] = [];
  // Filters are told in their order. What VMs are made up from comes before them, so that they can be shown page by
  // page; a server that keeps another order is understood as well.
  for (const { inView, inFilter } of treeTypes) {
    const view = expectRef(await calls.call(createContainerView(viewManager, rootFolder, inView), options));
    await watch(() => allOf(view, inFilter, unknown));
    views.push(view);
  }
  if (taskManager !== null) await watch(() => recentTasks(taskManager, unknown));
  return { views, collector };
};

/**
 * A property the server does not know (an older release) fails a whole question. It is noted in `unknown`, and the
 * question asked again without it.
 */
export const withoutUnknown = async <Value>(unknown: Set<string>, ask: () => Promise<Value>): Promise<Value> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isFault(error, 'InvalidProperty') || !noteUnknown(error, unknown)) throw error;
    }
  }
};

/** False when the server complains of something that was not asked, or was left out already. */
const noteUnknown = (fault: VimFault, unknown: Set<string>): boolean => {
  const name = textAt(fault.detail, 'name') ?? '';
  const asked = propertySpecs(unknown).filter(({ paths }) => paths.includes(name));
  for (const { type } of asked) unknown.add(`${type}.${name}`);
  return asked.length > 0;
};

const expectRef = (returnval: XmlValue | undefined): ManagedRef => {
  const ref = asRef(returnval);
  if (ref === undefined) throw new Error('the server returned no reference');
  return ref;
};
