import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdapters, labSpeedFrom } from './adapters.ts';
import { runCommandLine, type TaskListeners } from './cli/run-command-line.ts';
import { systemTerminal } from './cli/terminal.ts';
import { systemClock } from './clock.ts';
import { type ConsoleServices, composeConsole, sqliteBindingFrom } from './compose.ts';
import { createMemoryCredentialStore } from './secrets/credential-store.ts';
import { dataDirectory } from './storage/data-directory.ts';

/* The composition root of the command line: the same services as behind the window, without Electron. */

const environment = process.env;

// Output that nobody reads any more (`vmmigrate … | head`) ends the command quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const compose = (directory: string, listeners: TaskListeners): ConsoleServices =>
  composeConsole({
    directory,
    adapters: createAdapters({ labSpeed: labSpeedFrom(environment) }),
    credentials: createMemoryCredentialStore(),
    clock: systemClock,
    processId: process.pid,
    remembersOffline: false,
    ...sqliteBindingFrom(environment, false),
    ...listeners,
    onFault: (what, error) => process.stderr.write(`${what}: ${String(error)}\n`),
  });

const composeTemporary = (listeners: TaskListeners): ConsoleServices => {
  const directory = mkdtempSync(join(tmpdir(), 'vmmigrate-'));
  const services = compose(directory, listeners);
  return {
    ...services,
    close: async () => {
      await services.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

process.exitCode = await runCommandLine({
  words: process.argv.slice(2),
  terminal: systemTerminal(),
  environment,
  now: systemClock.now,
  onInterrupt: (handle) => process.on('SIGINT', handle),
  compose: (place, listeners) =>
    place === 'temporary'
      ? composeTemporary(listeners)
      : compose(dataDirectory({ platform: process.platform, environment, homeDirectory: homedir() }), listeners),
});
