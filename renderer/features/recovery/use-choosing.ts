import { useState } from 'react';
import type { RecoveryChoice } from '../../../shared/domain/evacuation.ts';
import type { TaskId } from '../../../shared/domain/ids.ts';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { setTaskPanelOpen } from '../../stores/layout.ts';
import { addTasks } from '../../stores/tasks.ts';

export interface Choosing {
  readonly busy: boolean;
  /** Why nothing was begun; null as long as that did not happen. */
  readonly error: WireError | null;
  readonly choose: (choice: RecoveryChoice) => Promise<void>;
}

/** Hands a choice to the main process, which looks once more before it begins. What was shown may be old by then. */
export const useChoosing = (task: TaskId, onRefused: () => void): Choosing => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const choose = async (choice: RecoveryChoice): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      addTasks([await call('recovery.choose', { task, choice })]);
      setTaskPanelOpen(true);
      closeDialog();
    } catch (cause) {
      setBusy(false);
      setError(toWire(cause));
      onRefused();
    }
  };
  return { busy, error, choose };
};
