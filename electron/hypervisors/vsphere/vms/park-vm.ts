import type { EntityId } from '../../../../shared/domain/ids.ts';
import { carryOut, type TaskWatching } from '../moves/follow-task.ts';
import { renameAndHold } from '../requests/vm-requests.ts';
import { serverName } from '../xml/xml-values.ts';
import { mustBeOff, readVm } from './read-vm.ts';

/**
 * Renames a stopped VM and lets it stop in its firmware's setup if somebody powers it on, so that its guest never runs
 * beside the restored one. @throws `vm-gone`, `vm-changed`; VimFault, and what calls throw
 */
export const parkVm = async (watching: TaskWatching, vm: EntityId, parkedName: string): Promise<void> => {
  const found = await readVm(watching.session, vm, ['runtime.powerState'], watching.signal);
  mustBeOff(found);
  await carryOut(watching, renameAndHold(found.ref, serverName(parkedName), true));
};

/** @throws as {@link parkVm}; also of a VM that runs */
export const unparkVm = async (watching: TaskWatching, vm: EntityId, name: string): Promise<void> => {
  const { ref } = await readVm(watching.session, vm, [], watching.signal);
  await carryOut(watching, renameAndHold(ref, serverName(name), false));
};
