import { useCallback, useEffect, useMemo, useState } from 'react';
import type { TaskId } from '../../../shared/domain/ids.ts';
import type { TaskEvent, TaskView } from '../../../shared/domain/task.ts';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import { useTasks } from '../../stores/tasks.ts';

export interface TaskDetails {
  /** Null until the first answer. */
  readonly view: TaskView | null;
  readonly events: readonly TaskEvent[];
  readonly error: WireError | null;
  readonly read: () => void;
}

/** A task with its whole journal, read anew whenever the task changes. */
export const useTaskDetails = (task: TaskId): TaskDetails => {
  const listed = useTasks((state) => state.tasks.find((view) => view.header.id === task));
  const [answer, setAnswer] = useState<Pick<TaskDetails, 'view' | 'events'>>({ view: null, events: [] });
  const [error, setError] = useState<WireError | null>(null);
  const [round, setRound] = useState(0);
  // A changed task and another round each mean reading anew.
  const reading = useMemo(() => ({ task, listed, round }), [task, listed, round]);
  useEffect(() => {
    const life = new AbortController();
    call('tasks.details', { task: reading.task }, { signal: life.signal }).then(
      (details) => {
        if (life.signal.aborted) return;
        setAnswer(details);
        setError(null);
      },
      (cause: unknown) => {
        if (!life.signal.aborted) setError(toWire(cause));
      },
    );
    return () => life.abort();
  }, [reading]);
  const read = useCallback(() => setRound((before) => before + 1), []);
  return { ...answer, error, read };
};
