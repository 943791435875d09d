import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBroadcast } from '../../../electron/ipc/broadcast.ts';
import { nothingColdYet } from '../../../shared/domain/fold-cold.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import type { SiteStatus } from '../../../shared/domain/site.ts';
import type { TaskProgress, TaskState, TaskView } from '../../../shared/domain/task.ts';
import type { EventName } from '../../../shared/ipc/contract.ts';
import { aMove, aSite } from '../../support/inventory-builders.ts';

const aTask = (id: number, state: TaskState = 'running'): TaskView => ({
  header: {
    id: taskId(id),
    operation: 'op-1' as TaskView['header']['operation'],
    createdAt: 0,
    move: aMove(),
    origin: { host: null, pool: null, datastores: [] },
    originName: 'pool-01',
    acknowledgements: [],
    atATime: 1,
    rerunOf: null,
  },
  state,
  steps: [],
  waitReason: null,
  startedAt: null,
  endedAt: null,
  error: null,
  platformTask: null,
  findings: [],
  placeName: null,
  cold: nothingColdYet,
});

const progress = (task: number, percent: number): TaskProgress => ({ task: taskId(task), percent, step: 'relocate' });

const status: SiteStatus = {
  site: aSite(),
  connection: { kind: 'offline' },
  about: null,
  inventoryReadAt: null,
  vmCount: 0,
  passwordKnown: false,
};

const aBroadcast = () => {
  const sent: [EventName, unknown][] = [];
  const send = vi.fn((name: EventName, payload: unknown) => {
    sent.push([name, payload]);
    return true;
  });
  return { broadcast: createBroadcast({ send, parseEvents: true }), sent, send };
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what the window hears', () => {
  test('the state of sites at the moment it is sent, once for many changes', () => {
    const { broadcast, sent } = aBroadcast();
    let now = status;
    for (const vmCount of [1, 2, 3]) {
      now = { ...status, vmCount };
      broadcast.sitesChanged(() => [now]);
    }
    vi.advanceTimersByTime(30);
    expect(sent).toEqual([['sites.changed', [{ ...status, vmCount: 3 }]]]);
  });

  test('the newest state of each task', () => {
    const { broadcast, sent } = aBroadcast();
    broadcast.taskChanged(aTask(1, 'waiting'));
    broadcast.taskChanged(aTask(2, 'waiting'));
    broadcast.taskChanged(aTask(1, 'running'));
    vi.advanceTimersByTime(30);
    expect(sent).toEqual([['tasks.changed', [aTask(1, 'running'), aTask(2, 'waiting')]]]);
  });

  test('progress ten times a second, however often the platform tells it', () => {
    const { broadcast, sent } = aBroadcast();
    for (let percent = 0; percent < 100; percent += 1) {
      broadcast.taskProgressed(progress(1, percent));
      broadcast.taskProgressed(progress(2, percent));
      vi.advanceTimersByTime(10);
    }
    expect(sent.length).toBe(10);
    expect(sent[0]).toEqual(['tasks.progress', [progress(1, 9), progress(2, 9)]]);
  });

  test('no progress of a task after its end', () => {
    const { broadcast, sent } = aBroadcast();
    broadcast.taskProgressed(progress(1, 99));
    broadcast.taskChanged(aTask(1, 'completed'));
    vi.advanceTimersByTime(1_000);
    expect(sent.map(([name]) => name)).toEqual(['tasks.changed']);
  });

  test('nothing after the end', () => {
    const { broadcast, sent } = aBroadcast();
    broadcast.taskChanged(aTask(1));
    broadcast.stop();
    vi.advanceTimersByTime(1_000);
    expect(sent).toEqual([]);
  });
});

test('a window that is gone is no error', () => {
  const broadcast = createBroadcast({ send: () => false, parseEvents: true });
  expect(broadcast.send('preferences.changed', { language: 'en', theme: 'dark' })).toBe(false);
});

test('under test an event that breaks the contract is found before a window meets it', () => {
  const { broadcast, send } = aBroadcast();
  expect(() => broadcast.send('preferences.changed', { language: 'xx' } as never)).toThrow();
  expect(send).not.toHaveBeenCalled();
});
