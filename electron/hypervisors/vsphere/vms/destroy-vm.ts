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
  const look = () => readVmIfThere(watching.session, vm, ['runtime.powerState'], watching.signal);
  const found = await look();
  if (found === null) return;
  mustBeOff(found);
  try {
    await carryOut(watching, destroyEntity(found.ref));
  } catch (error) {
    // Somebody else may have been faster; or it is the task that is not found.
    if (!isFault(error, 'ManagedObjectNotFound') || (await look()) !== null) throw error;
  }
};
