import type { EntityId } from '../../shared/domain/ids.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import type { Messages } from '../../shared/messages/catalog.ts';
import { awaitsRecovery } from '../../shared/planning/recovery.ts';
import { openDialog } from '../stores/dialogs.ts';
import type { Command } from './command.ts';

/** The newest task of the selected VMs that waits for a person; of all, when no VM is selected. */
export const recoverCommand = (
  tasks: readonly TaskView[],
  chosen: ReadonlySet<EntityId>,
  { recovery }: Messages,
): Command => {
  const waiting = tasks.find((task) => (chosen.size === 0 || chosen.has(task.header.move.vm)) && awaitsRecovery(task));
  return {
    id: 'recover',
    label: waiting === undefined ? recovery.recover : recovery.recoverVm(waiting.header.move.vmName),
    icon: 'history',
    keys: '',
    reason: waiting === undefined ? recovery.noTaskWaits : null,
    run: () => {
      if (waiting !== undefined) openDialog({ kind: 'recover', task: waiting.header.id });
    },
  };
};
