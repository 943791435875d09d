import type { TaskId } from '../../shared/domain/ids.ts';
import type { TaskView } from '../../shared/domain/task.ts';

/** Bytes promised to a task which it has not written yet. */
export interface Reservation {
  readonly task: TaskId;
  readonly folder: string;
  readonly bytes: number;
}

export interface Reservations {
  /** What is still promised to open tasks. */
  open(): readonly Reservation[];
  /** So that bytes are not counted twice: as promised and as no longer free. */
  wrote(task: TaskId, bytes: number): void;
}

/** What was written is not in the task log: after a restart all of a promise counts until the task says more. */
export const createReservations = (openTasks: () => readonly TaskView[]): Reservations => {
  const written = new Map<TaskId, number>();

  const promised = (): readonly Reservation[] =>
    openTasks().flatMap(({ header, cold }) =>
      cold.reservation === null ? [] : [{ task: header.id, ...cold.reservation }],
    );

  return {
    open: () => {
      const all = promised();
      const tasks = new Set(all.map(({ task }) => task));
      for (const task of written.keys()) if (!tasks.has(task)) written.delete(task);
      return all.map(({ task, folder, bytes }) => ({
        task,
        folder,
        bytes: Math.max(0, bytes - (written.get(task) ?? 0)),
      }));
    },
    wrote: (task, bytes) => {
      written.set(task, bytes);
    },
  };
};

/** Whether an open task works with that folder, or is going to. */
export const usesFolder = ({ header, cold }: TaskView, folder: string): boolean =>
  header.move.evacuation?.folder === folder || cold.reservation?.folder === folder || cold.image?.folder === folder;

/** Whether an open task works with that image, or is going to. */
export const usesImage = ({ header, cold }: TaskView, folder: string, name: string): boolean =>
  (cold.image?.folder === folder && cold.image.name === name) ||
  (header.move.evacuation?.folder === folder && header.move.evacuation.image === name);
