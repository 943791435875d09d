import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { ReadObject } from '../inventory/read-properties.ts';
import { carryOut, type TaskWatching } from '../moves/follow-task.ts';
import { renameAndHold } from '../requests/vm-requests.ts';
import { flagAt, serverName } from '../xml/xml-values.ts';
import { mustBeOff, nameOf, readVm } from './read-vm.ts';

/**
 * Renames a stopped VM and lets it stop in its firmware's setup if somebody powers it on, so that its guest never runs
 * beside the restored one. @throws `vm-gone`; VimFault, and what calls throw
 */
export const parkVm = async (watching: TaskWatching, vm: EntityId, parkedName: string): Promise<void> => {
  const found = await read(watching, vm);
  mustBeOff(found);
  await unlessSo(watching, found, parkedName, true);
};

/** @throws as {@link parkVm}; also of a VM that runs */
export const unparkVm = async (watching: TaskWatching, vm: EntityId, name: string): Promise<void> =>
  unlessSo(watching, await read(watching, vm), name, false);

const read = ({ session, signal }: TaskWatching, vm: EntityId): Promise<ReadObject> =>
  readVm(session, vm, ['runtime.powerState', 'config.bootOptions'], signal);

const unlessSo = async (watching: TaskWatching, vm: ReadObject, name: string, hold: boolean): Promise<void> => {
  const holds = flagAt(vm.properties['config.bootOptions'], 'enterBIOSSetup') ?? false;
  if (nameOf(vm) === name && holds === hold) return;
  await carryOut(watching, renameAndHold(vm.ref, serverName(name), hold));
};
