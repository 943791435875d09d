import type { SiteStatus } from '../../shared/domain/site.ts';
import type { TaskProgress, TaskView } from '../../shared/domain/task.ts';
import { type EventName, type EventOf, events } from '../../shared/ipc/contract.ts';

/** Puts an event on the wire to the window; false when there is no window to take it. */
export type SendEvent = (name: EventName, payload: unknown) => boolean;

/** Speaks to the window. Never throws because of a window that is gone: whatever it missed it asks for when it opens. */
export interface Broadcast {
  send<Name extends EventName>(name: Name, payload: EventOf<Name>): boolean;
  sitesChanged(statuses: () => readonly SiteStatus[]): void;
  taskChanged(task: TaskView): void;
  taskProgressed(progress: TaskProgress): void;
  /** Forgets what is waiting to be sent. */
  stop(): void;
}

export interface BroadcastOptions {
  readonly send: SendEvent;
  /** Parse every event before it is sent. Under test, where a wrong one has to be found before a window meets it. */
  readonly parseEvents: boolean;
}

/** How long changes gather before they are sent, ms: below what a person sees, above what floods the window. */
export const gatherMs = 30;
/** Progress is worth looking at ten times a second, ms. */
export const progressMs = 100;

export const createBroadcast = ({ send: put, parseEvents }: BroadcastOptions): Broadcast => {
  const timers = new Map<string, NodeJS.Timeout>();
  const tasks = new Map<number, TaskView>();
  const progress = new Map<number, TaskProgress>();

  const send = <Name extends EventName>(name: Name, payload: EventOf<Name>): boolean => {
    if (parseEvents) events[name].parse(payload);
    return put(name, payload);
  };

  const later = (name: EventName, ms: number, flush: () => void): void => {
    if (timers.has(name)) return;
    timers.set(
      name,
      setTimeout(() => {
        timers.delete(name);
        flush();
      }, ms),
    );
  };

  const flush = <Value>(waiting: Map<number, Value>): readonly Value[] => {
    const values = [...waiting.values()];
    waiting.clear();
    return values;
  };

  return {
    send,
    sitesChanged: (statuses) => later('sites.changed', gatherMs, () => send('sites.changed', statuses())),
    taskChanged: (task) => {
      tasks.set(task.header.id, task);
      // Progress of a task that has ended would be shown on top of its end.
      if (task.state !== 'running' && task.state !== 'cancelling') progress.delete(task.header.id);
      later('tasks.changed', gatherMs, () => send('tasks.changed', flush(tasks)));
    },
    taskProgressed: (step) => {
      progress.set(step.task, step);
      later('tasks.progress', progressMs, () => {
        if (progress.size > 0) send('tasks.progress', flush(progress));
      });
    },
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
};
