import { describe, expect, test, vi } from 'vitest';
import type { Handlers } from '../../../electron/ipc/handlers.ts';
import { registerHandlers } from '../../../electron/ipc/register.ts';
import type { SenderFrame } from '../../../electron/ipc/trusted-sender.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { bridgeChannels } from '../../../shared/ipc/bridge.ts';
import { createFakeIpc, ownPage } from '../../support/fake-ipc.ts';

const aDoor = (handlers: Partial<Handlers>, options: { readonly parseReplies?: boolean } = {}) => {
  const ipc = createFakeIpc();
  const onFault = vi.fn();
  const abortAll = registerHandlers({
    ipc,
    handlers: handlers as Handlers,
    onFault,
    parseReplies: options.parseReplies ?? true,
  });
  return { ipc, onFault, abortAll };
};

const refusal = (path: string) => ({
  ok: false,
  error: { code: 'invalid-input', data: { issues: expect.arrayContaining([expect.objectContaining({ path })]) } },
});

describe('a call', () => {
  test('reaches its handler with what the schema made of it, and its reply comes back', async () => {
    const list = vi.fn(() => []);
    const { ipc } = aDoor({ 'tasks.list': list });
    const answer = await ipc.call('1', 'tasks.list', { limit: 10, before: null, extra: 'dropped' });
    expect(answer).toEqual({ ok: true, value: [] });
    expect(list).toHaveBeenCalledWith({ limit: 10, before: null }, expect.anything());
  });

  test('that fails keeps the code and the data of its error', async () => {
    const { ipc, onFault } = aDoor({
      'sites.remove': () => {
        throw new AppError('site-unknown', { site: 's' });
      },
    });
    const answer = await ipc.call('1', 'sites.remove', { site: 's' });
    expect(answer).toEqual({ ok: false, error: { code: 'site-unknown', data: { site: 's' } } });
    expect(onFault).not.toHaveBeenCalled();
  });

  test('that fails by a fault of the console is told without its stack, and logged with it', async () => {
    const fault = new TypeError('x is not a function');
    const { ipc, onFault } = aDoor({ 'sites.list': () => Promise.reject(fault) });
    const answer = await ipc.call('1', 'sites.list', {});
    expect(answer).toEqual({ ok: false, error: { code: 'internal', data: { detail: 'x is not a function' } } });
    expect(onFault).toHaveBeenCalledWith('sites.list', fault);
  });

  test('whose reply breaks the contract is a fault, found before a window meets it', async () => {
    const { ipc, onFault } = aDoor({ 'sites.list': () => [{ broken: true }] as never });
    expect(await ipc.call('1', 'sites.list', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(onFault).toHaveBeenCalledOnce();
  });
});

describe('cancelling', () => {
  const waiting: Partial<Handlers> = {
    'sites.list': (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('cancelled', {})), { once: true });
      }),
  };
  const cancelled = { ok: false, error: { code: 'cancelled', data: {} } };

  test('aborts that call and no other', async () => {
    const { ipc } = aDoor(waiting);
    const one = ipc.call('1', 'sites.list', {});
    const other = ipc.call('2', 'sites.list', {});
    ipc.cancel('2');
    expect(await other).toEqual(cancelled);
    ipc.cancel('1');
    expect(await one).toEqual(cancelled);
  });

  test('by somebody else than the page does nothing', async () => {
    const { ipc, abortAll } = aDoor(waiting);
    const call = ipc.call('1', 'sites.list', {});
    ipc.cancel('1', { url: 'https://evil.example/', parent: null });
    ipc.cancel(Symbol('1'));
    ipc.cancel('unknown');
    const first = await Promise.race([call, Promise.resolve('still waiting')]);
    expect(first).toBe('still waiting');
    abortAll();
    expect(await call).toEqual(cancelled);
  });

  test('happens to everything under way when the page goes away', async () => {
    const { ipc, abortAll } = aDoor(waiting);
    const calls = [ipc.call('1', 'sites.list', {}), ipc.call('2', 'sites.list', {})];
    abortAll();
    expect(await Promise.all(calls)).toEqual([cancelled, cancelled]);
  });

  test('an id can be used again once its call has ended, not before', async () => {
    const { ipc, abortAll } = aDoor(waiting);
    const first = ipc.call('1', 'sites.list', {});
    expect(await ipc.call('1', 'sites.list', {})).toMatchObject(refusal('callId'));
    abortAll();
    await first;
    const again = ipc.call('1', 'sites.list', {});
    abortAll();
    expect(await again).toEqual(cancelled);
  });
});

describe('what a hostile page sends', () => {
  test.each<[string, SenderFrame | null]>([
    ['a page of the web', { url: 'https://console/index.html', parent: null }],
    ['another host of the scheme', { url: 'app://elsewhere/index.html', parent: null }],
    ['a host that begins alike', { url: 'app://console.evil.example/', parent: null }],
    ['a URL with a user in it', { url: 'app://console@evil.example/', parent: null }],
    ['a page of a file', { url: 'file:///index.html', parent: null }],
    ['a blank page', { url: 'about:blank', parent: null }],
    ['a frame within the page', { ...ownPage, parent: {} }],
    ['a frame that is gone', null],
    ['no URL at all', { url: '', parent: null }],
  ])('from %s is refused before it is looked at', async (_name, frame) => {
    const list = vi.fn(() => []);
    const { ipc } = aDoor({ 'sites.list': list });
    expect(await ipc.call('1', 'sites.list', {}, frame)).toMatchObject(refusal('sender'));
    expect(list).not.toHaveBeenCalled();
  });

  test.each([undefined, null, '', 'x'.repeat(101), 7, {}, ['1']])('%j as a call id is refused', async (callId) => {
    const { ipc } = aDoor({ 'sites.list': () => [] });
    expect(await ipc.call(callId, 'sites.list', {})).toMatchObject(refusal('callId'));
  });

  test.each([undefined, null, 'nope', '__proto__', 'constructor', 'toString', {}, ['sites.list'], 3])(
    '%j as a request is refused',
    async (name) => {
      const { ipc } = aDoor({ 'sites.list': () => [] });
      expect(await ipc.call('1', name, {})).toMatchObject(refusal('name'));
    },
  );

  test.each<[string, unknown, string]>([
    ['sites.connect', null, ''],
    ['sites.connect', { site: 'a/b' }, 'site'],
    ['sites.connect', { site: 's', password: 7 }, 'password'],
    ['sites.add', { kind: 'vsphere' }, 'name'],
    ['sites.probe', { kind: 'vsphere', address: 'a b; rm -rf /', port: 443 }, 'address'],
    ['sites.probe', { kind: 'vsphere', address: 'vc', port: 0 }, 'port'],
    ['sites.acceptCertificate', { site: 's', fingerprint: 'AA' }, 'fingerprint'],
    ['inventory.facts', { ids: Array.from({ length: 2_001 }, () => 's/x') }, 'ids'],
    ['tasks.list', { limit: Number.POSITIVE_INFINITY, before: null }, 'limit'],
    ['tasks.cancel', { task: '1' }, 'task'],
    ['tasks.export', { format: '../../etc/passwd' }, 'format'],
    ['migration.start', { operation: { moves: [] } }, 'operation.id'],
    ['app.setPreferences', { language: 'xx', theme: 'dark' }, 'language'],
  ])('%s with a wrong payload is refused and names the place', async (name, payload, path) => {
    const handler = vi.fn();
    const { ipc } = aDoor({ [name]: handler } as Partial<Handlers>);
    expect(await ipc.call('1', name, payload)).toMatchObject(refusal(path));
    expect(handler).not.toHaveBeenCalled();
  });
});

test('there are two raw channels to the main process and no other', () => {
  const { ipc } = aDoor({});
  expect(ipc.channels).toEqual([bridgeChannels.call, bridgeChannels.cancel]);
});
