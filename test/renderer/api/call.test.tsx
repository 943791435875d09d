import { beforeEach, describe, expect, test } from 'vitest';
import { call } from '../../../renderer/api/call.ts';
import { onEvent, onEventProblem } from '../../../renderer/api/events.ts';
import { entityId, siteId } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Bridge } from '../../../shared/ipc/bridge.ts';
import type { EventName, RequestName } from '../../../shared/ipc/contract.ts';

let calls: { id: string; name: RequestName; payload: unknown }[] = [];
let cancelled: string[] = [];
let answer: () => Promise<unknown> = async () => ({ ok: true, value: {} });
const listeners = new Set<(name: EventName, payload: unknown) => void>();
let subscriptions = 0;

const bridge: Bridge = {
  call: (id, name, payload) => {
    calls.push({ id, name, payload });
    return answer() as ReturnType<Bridge['call']>;
  },
  cancel: (id) => {
    cancelled.push(id);
  },
  onEvent: (listener) => {
    subscriptions += 1;
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

const emit = (name: EventName, payload: unknown) => {
  for (const listener of listeners) listener(name, payload);
};
const errorOf = async (promise: Promise<unknown>): Promise<AppError> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('it did not fail as it should');
};

beforeEach(() => {
  Object.assign(window, { vmConsole: bridge });
  calls = [];
  cancelled = [];
  answer = async () => ({ ok: true, value: {} });
});

describe('a call', () => {
  test('goes to the bridge and brings the parsed reply', async () => {
    answer = async () => ({ ok: true, value: { language: 'ja', theme: 'dark', unheardOf: 1 } });
    const reply = await call('app.setPreferences', { language: 'ja', theme: 'dark' });
    expect(reply).toEqual({ language: 'ja', theme: 'dark' });
    expect(calls).toMatchObject([{ name: 'app.setPreferences', payload: { language: 'ja', theme: 'dark' } }]);
  });

  test('each has an id of its own', async () => {
    await call('inventory.refresh', { site: siteId('a') });
    await call('inventory.refresh', { site: siteId('a') });
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
  });

  test('an error in the envelope is thrown with its code and data', async () => {
    answer = async () => ({ ok: false, error: { code: 'not-found', data: { what: 'site', name: 'x' } } });
    const error = await errorOf(call('inventory.refresh', { site: siteId('x') }));
    expect(error).toMatchObject({ code: 'not-found', data: { what: 'site', name: 'x' } });
  });

  test('a reply of the wrong shape is an error that names the call', async () => {
    answer = async () => ({ ok: true, value: { language: 'klingon' } });
    const error = await errorOf(call('app.setPreferences', { language: 'en', theme: 'dark' }));
    expect(error.code).toBe('internal');
    expect(error.message).toContain('app.setPreferences');
    expect(error.message).toContain('language');
  });

  test('aborting cancels it on the other side, and is heard as cancelled', async () => {
    let end: (value: unknown) => void = () => {};
    answer = () =>
      new Promise((resolve) => {
        end = resolve;
      });
    const stop = new AbortController();
    const promise = errorOf(call('inventory.facts', { ids: [] }, { signal: stop.signal }));
    stop.abort();
    expect(cancelled).toEqual([calls[0]?.id]);
    end({ ok: false, error: { code: 'cancelled', data: {} } });
    expect((await promise).code).toBe('cancelled');
  });

  test('one that was aborted before it began is not made at all', async () => {
    const error = await errorOf(call('inventory.facts', { ids: [] }, { signal: AbortSignal.abort() }));
    expect(error.code).toBe('cancelled');
    expect(calls).toEqual([]);
  });

  test('an abort after the end cancels nothing', async () => {
    const stop = new AbortController();
    await call('inventory.refresh', { site: siteId('a') }, { signal: stop.signal });
    stop.abort();
    expect(cancelled).toEqual([]);
  });

  test('a page without its bridge says so', async () => {
    Object.assign(window, { vmConsole: undefined });
    expect((await errorOf(call('sites.list', {}))).message).toContain('no bridge');
  });
});

describe('events', () => {
  test('reach all who listen for that name, parsed, over one subscription', () => {
    const heard: unknown[] = [];
    const stopFirst = onEvent('preferences.changed', (event) => heard.push(['first', event]));
    const stopSecond = onEvent('preferences.changed', (event) => heard.push(['second', event]));
    emit('preferences.changed', { language: 'en', theme: 'dark', more: true });
    stopFirst();
    emit('preferences.changed', { language: 'ja', theme: 'dark' });
    stopSecond();
    emit('preferences.changed', { language: 'ja', theme: 'light' });
    expect(heard).toEqual([
      ['first', { language: 'en', theme: 'dark' }],
      ['second', { language: 'en', theme: 'dark' }],
      ['second', { language: 'ja', theme: 'dark' }],
    ]);
    expect(subscriptions).toBe(1);
  });

  test('one of the wrong shape is dropped and told', () => {
    const heard: unknown[] = [];
    const problems: AppError[] = [];
    const stop = onEvent('inventory.batch', (event) => heard.push(event));
    const stopProblems = onEventProblem((problem) => problems.push(problem));
    emit('inventory.batch', {
      site: 'a',
      reset: true,
      infrastructure: [],
      vms: [{ kind: 'cat' }],
      removals: [],
      complete: true,
    });
    emit('inventory.batch', {
      site: 'a',
      reset: true,
      infrastructure: [],
      vms: [],
      removals: [entityId(siteId('a'), 'x')],
      complete: true,
    });
    stop();
    stopProblems();
    expect(heard).toHaveLength(1);
    expect(problems[0]?.message).toContain('inventory.batch');
  });
});
