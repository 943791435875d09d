import { finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import { destinationFrame, undetermined } from './frame.ts';
import { imageSize } from './image-size.ts';
import type { BatchPrecaution } from './precaution.ts';

/**
 * X9: the datastore or volume at the destination lacks room for the disks of the whole operation. VMs whose disks are
 * already there (or that share a datastore with the destination when none is chosen) copy nothing and count nothing.
 */
export const datastoreSpace: BatchPrecaution = {
  id: 'X9',
  name: 'datastore-space',
  scope: 'batch',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'vSphere API, InsufficientStorageSpace; SCVMM host rating zero for disk space',
  check(vms, target, context) {
    const frame = destinationFrame('X9', 'blocker', target.destination.id, context);
    const reachable = new Set<EntityId>(target.datastores.map((datastore) => datastore.id));
    const stays = (own: readonly EntityId[] | undefined): boolean =>
      own !== undefined &&
      own.length > 0 &&
      own.every((id) => (target.chosenDatastore === null ? reachable.has(id) : id === target.chosenDatastore.id));
    const neededBytes = vms.reduce((sum, { vm, move }) => {
      if (move.method !== 'cold-evacuate' && stays(vm.datastores)) return sum;
      return sum + imageSize(vm).dataBytes;
    }, 0);
    if (neededBytes === 0) return [];
    const candidates = target.chosenDatastore === null ? target.datastores : [target.chosenDatastore];
    const usable = candidates.filter((datastore) => datastore.accessible !== false && datastore.inMaintenance !== true);
    const untold = usable.find((datastore) => datastore.freeBytes === undefined);
    const largest = usable.reduce((best, each) => Math.max(best, each.freeBytes ?? 0), 0);
    if (largest >= neededBytes) return [];
    if (untold !== undefined) return [undetermined(frame, 'datastore-space', untold.name)];
    if (usable.length === 0 && target.datastores.length === 0) {
      return [undetermined(frame, 'datastore-space', target.destination.name)];
    }
    const roomiest = usable.find((datastore) => datastore.freeBytes === largest);
    const datastore = roomiest?.name ?? target.chosenDatastore?.name ?? target.destination.name;
    return [finding(frame, 'X9', { datastore, neededBytes, freeBytes: largest, missingBytes: neededBytes - largest })];
  },
};
