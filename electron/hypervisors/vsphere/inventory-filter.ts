import type { RawCalls } from './api-session.ts';
import type { ManagedRef } from './managed-ref.ts';
import { propertySpecs, treeTypes } from './mapping/object-types.ts';
import {
  createContainerView,
  createFilter,
  createPropertyCollector,
  type FilterSpec,
} from './requests/property-requests.ts';
import type { ServiceContent } from './service-content.ts';
import type { CallOptions } from './soap-client.ts';
import { isFault, type VimFault } from './soap-fault.ts';
import type { XmlValue } from './xml-scanner.ts';
import { asRef, textAt } from './xml-values.ts';

/** What the server holds for one iteration over the inventory. Ends with the session at the latest. */
export interface InventoryWatchpoint {
  readonly view: ManagedRef;
  /** One of its own, so that destroying it takes the filter along. */
  readonly collector: ManagedRef;
}

/** The view's objects, and from each VM on to its recent tasks, which tell what it is busy with. */
const wholeTree = (view: ManagedRef, unknown: ReadonlySet<string>): FilterSpec => ({
  properties: propertySpecs(unknown),
  objects: [
    {
      object: view,
      skip: true,
      traversals: [{ type: 'ContainerView', path: 'view', onward: [{ type: 'VirtualMachine', path: 'recentTask' }] }],
    },
  ],
});

/**
 * Lets the server watch everything below its root folder, with one filter. A property the server does not know (an
 * older release) fails the whole filter; it is left out then, noted in `unknown`, and the rest asked for again.
 */
export const createWatchpoint = async (
  calls: RawCalls,
  content: ServiceContent,
  unknown: Set<string>,
  options: CallOptions,
): Promise<InventoryWatchpoint> => {
  const view = expectRef(
    await calls.call(createContainerView(content.viewManager, content.rootFolder, treeTypes), options),
  );
  const collector = expectRef(await calls.call(createPropertyCollector(content.propertyCollector), options));
  for (;;) {
    try {
      await calls.call(createFilter(collector, wholeTree(view, unknown)), options);
      return { view, collector };
    } catch (error) {
      if (!isFault(error, 'InvalidProperty') || !noteUnknown(error, unknown)) throw error;
    }
  }
};

/** False when the server complains of something that was not asked, or was left out already. */
export const noteUnknown = (fault: VimFault, unknown: Set<string>): boolean => {
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
