import type { EntityId } from '../../../../shared/domain/ids.ts';
import { carryOut, type TaskWatching } from '../moves/follow-task.ts';
import { destroyEntity } from '../requests/vm-requests.ts';
import { isFault } from '../transport/soap-fault.ts';
import { mustBeOff, readVmIfThere } from './read-vm.ts';

/**
 * Deletes a stopped VM with its files; one that is gone is passed over.
 * @throws VimFault, also for one that is not off; what calls throw
 */
export const destroyVm = async (watching: TaskWatching, vm: EntityId): Promise<void> => {
  const found = await readVmIfThere(watching.session, vm, ['runtime.powerState'], watching.signal);
  if (found === null) return;
  mustBeOff(found);
  try {
    await carryOut(watching, destroyEntity(found.ref));
  } catch (error) {
    // Somebody else was faster.
    if (!isFault(error, 'ManagedObjectNotFound')) throw error;
  }
};
