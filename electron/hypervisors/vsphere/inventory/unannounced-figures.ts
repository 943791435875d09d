import type { InventoryBatch } from '../../port.ts';
import type { ManagedRef } from '../managed-ref.ts';
import {
  continueRetrievePropertiesEx,
  type PropertySpec,
  retrievePropertiesEx,
} from '../requests/property-requests.ts';
import type { InventoryWatchOptions } from './inventory-watch.ts';

/** Figures that change without the property collector saying so (API reference of the property collector). */
const load: readonly PropertySpec[] = [
  {
    type: 'HostSystem',
    paths: ['summary.quickStats.overallCpuUsage', 'summary.quickStats.overallMemoryUsage'],
  },
  { type: 'ResourcePool', paths: ['runtime.cpu.overallUsage', 'runtime.memory.overallUsage'] },
];
const storage: readonly PropertySpec[] = [{ type: 'VirtualMachine', paths: ['summary.storage.committed'] }];

const pageSize = 1000;

/** Reads them from time to time, until aborted or something goes wrong. */
export const pollFigures = async (
  options: InventoryWatchOptions,
  views: readonly ManagedRef[],
  push: (batch: InventoryBatch) => Promise<void>,
): Promise<never> => {
  const { timing, signal } = options;
  const roundsPerStorage = Math.max(1, Math.round(timing.storagePollMs / timing.loadPollMs));
  for (let round = 1; ; round += 1) {
    await timing.wait(timing.loadPollMs, signal);
    await readFigures(options, views, round % roundsPerStorage === 0 ? [...load, ...storage] : load, push);
  }
};

const readFigures = async (
  { session, thread, signal }: InventoryWatchOptions,
  views: readonly ManagedRef[],
  properties: readonly PropertySpec[],
  push: (batch: InventoryBatch) => Promise<void>,
): Promise<void> => {
  const { propertyCollector } = session.content;
  const traversals = [{ type: 'ContainerView', path: 'view' }];
  let request = retrievePropertiesEx(
    propertyCollector,
    { properties, objects: views.map((object) => ({ object, skip: true, traversals })) },
    pageSize,
  );
  for (;;) {
    let room = Promise.resolve();
    const { token } = await thread.figures(await session.raw.fetch(request, { signal }), (batch) => {
      room = push(batch);
    });
    await room;
    if (token === null) return;
    request = continueRetrievePropertiesEx(propertyCollector, token);
  }
};
