import { create } from 'zustand';
import type { TaskId } from '../../shared/domain/ids.ts';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';

export interface Notice {
  readonly id: number;
  readonly error: WireError;
}

interface NoticesState {
  /** Newest last; shown in a corner of the window until the person closes them. */
  readonly notices: readonly Notice[];
  /** Tasks that wait for a person, until they no longer do or the person closes that. */
  readonly waitingTasks: readonly TaskId[];
}

export const useNotices = create<NoticesState>(() => ({ notices: [], waitingTasks: [] }));

let lastNotice = 0;
const kept = 3;

/** Shows a failed command to the person. A command the person cancelled is no failure. */
export const notifyError = (error: unknown): void => {
  const wire = toWire(error);
  if (wire.code !== 'cancelled') addNotice(wire);
};

/** Shows an error until the person closes it; the oldest gives way. */
export const addNotice = (error: WireError): void => {
  lastNotice += 1;
  const notice = { id: lastNotice, error };
  useNotices.setState(({ notices }) => ({ notices: [...notices, notice].slice(-kept) }));
};

export const closeNotice = (id: number): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));

/** Says that a task waits for a person. */
export const addTaskNotice = (task: TaskId): void =>
  useNotices.setState(({ waitingTasks }) =>
    waitingTasks.includes(task) ? {} : { waitingTasks: [...waitingTasks, task] },
  );

export const closeTaskNotice = (task: TaskId): void =>
  useNotices.setState(({ waitingTasks }) =>
    waitingTasks.includes(task) ? { waitingTasks: waitingTasks.filter((one) => one !== task) } : {},
  );

/** Runs a command nobody waits for; what goes wrong becomes a notice. */
export const runCommand = (command: () => Promise<unknown>): void => {
  command().catch(notifyError);
};
