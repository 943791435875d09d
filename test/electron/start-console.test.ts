import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../electron/clock.ts';
import { type ConsoleServices, composeConsole, sqliteBindingFrom } from '../../electron/compose.ts';
import { createMemoryCredentialStore } from '../../electron/secrets/credential-store.ts';
import { startConsole } from '../../electron/start-console.ts';
import { inventoryCacheFile, journalFile, openStorage } from '../../electron/storage/open-storage.ts';
import { aSite } from '../support/inventory-builders.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const compose = (directory: string) => (options: { readonly startNewJournal?: boolean }) => {
  const services = composeConsole({
    directory,
    adapters: [],
    credentials: createMemoryCredentialStore(),
    clock: systemClock,
    processId: process.pid,
    remembersOffline: true,
    onTask: () => undefined,
    onProgress: () => undefined,
    onFault: () => undefined,
    ...options,
  });
  onTestFinished(() => services.close());
  return services;
};

const start = async (directory: string, beginAnew: boolean) => {
  const tell = vi.fn(async () => undefined);
  const askToBeginAnew = vi.fn(async () => beginAnew);
  const services: ConsoleServices | null = await startConsole(compose(directory), { tell, askToBeginAnew });
  return { services, tell, askToBeginAnew };
};

test('a first start needs nothing', async () => {
  const { services, tell } = await start(temporaryDirectory(), false);
  expect(services?.notices).toEqual([]);
  expect(tell).not.toHaveBeenCalled();
});

test('a damaged inventory cache is mended without asking, and told', async () => {
  const directory = temporaryDirectory();
  writeFileSync(inventoryCacheFile(directory), 'this is no database, however long one looks at it'.repeat(100));
  const { services, askToBeginAnew } = await start(directory, false);
  expect(services?.notices).toEqual([expect.objectContaining({ code: 'storage-damaged' })]);
  expect(askToBeginAnew).not.toHaveBeenCalled();
});

test.each([true, false])('a damaged task log is a question to the person, answered %j', async (beginAnew) => {
  const directory = temporaryDirectory();
  const { settings, close } = openStorage(directory, { now: Date.now });
  settings.saveSite(aSite());
  close();
  writeFileSync(journalFile(directory), 'this is no database, however long one looks at it'.repeat(100));
  const { services, tell, askToBeginAnew } = await start(directory, beginAnew);
  expect(askToBeginAnew).toHaveBeenCalledWith(expect.objectContaining({ code: 'storage-damaged' }));
  expect(tell).not.toHaveBeenCalled();
  expect(services?.settings.sites() ?? null).toEqual(beginAnew ? [] : null);
});

test('any other trouble is told, and the console does not start', async () => {
  const directory = `${temporaryDirectory()}/file`;
  writeFileSync(directory, 'not a folder');
  const { services, tell } = await start(directory, true);
  expect(services).toBeNull();
  expect(tell).toHaveBeenCalledWith(expect.objectContaining({ code: 'storage-failed' }));
});

test('an installed console never lets the environment choose native code', () => {
  const environment = { VM_CONSOLE_SQLITE_BINDING: '/somewhere/better_sqlite3.node' };
  expect(sqliteBindingFrom(environment, true)).toEqual({});
  expect(sqliteBindingFrom(environment, false)).toEqual({ nativeBinding: '/somewhere/better_sqlite3.node' });
  expect(sqliteBindingFrom({}, false)).toEqual({});
});
