import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, ipcMain, nativeTheme, protocol } from 'electron';
import { toWire, type WireError } from '../shared/errors/app-error.ts';
import { bridgeChannels } from '../shared/ipc/bridge.ts';
import { catalog } from '../shared/messages/catalog.ts';
import { errorText } from '../shared/messages/errors.ts';
import type { Language } from '../shared/messages/topic.ts';
import { createAdapters, labSpeedFrom } from './adapters.ts';
import { systemClock } from './clock.ts';
import { type ConsoleServices, composeConsole, sqliteBindingFrom } from './compose.ts';
import { createBroadcast } from './ipc/broadcast.ts';
import { serveWindow } from './ipc/serve-window.ts';
import { pageScheme } from './ipc/trusted-sender.ts';
import { createLogFile } from './log-file.ts';
import { setMenu } from './menu.ts';
import { servePage } from './page-files.ts';
import { createPreferenceStore, languageOfLocale, type PreferenceStore } from './preferences.ts';
import { openSystemKeychain } from './secrets/system-keychain.ts';
import { startConsole } from './start-console.ts';
import { dataDirectory } from './storage/data-directory.ts';
import type { ExportFormat } from './task-export.ts';
import { confine, keepWindowState, openWindow } from './window.ts';

/* The composition root of the window. What can run without Electron lives elsewhere and is handed its ports here. */

const environment = process.env;
/** Asks nothing, shows no message box, and fails loudly. */
const underTest = environment.VM_CONSOLE_TEST === '1';
/** How long logging out may hold up quitting, ms. */
const farewellMs = 5_000;

const directory = dataDirectory({ platform: process.platform, environment, homeDirectory: homedir() });
const log = createLogFile(join(directory, 'console.log'), systemClock.now);
const outFolder = dirname(dirname(fileURLToPath(import.meta.url)));

app.setName(catalog.en.common.productName);
app.setPath('userData', directory);
// Chromium's own files apart from ours.
app.setPath('sessionData', join(directory, 'chromium'));
// As root the sandbox cannot work; whoever starts it so has said --no-sandbox.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.on('web-contents-created', (_event, contents) => confine(contents));

let window: BrowserWindow | null = null;
let preferences: PreferenceStore | null = null;

const systemLanguage = (): Language => languageOfLocale(app.getPreferredSystemLanguages()[0] ?? app.getLocale());
const language = (): Language =>
  preferences?.language() ?? languageOfLocale(environment.VM_CONSOLE_LANGUAGE ?? systemLanguage());

/** A message box in the reader's language: what happened, what follows, what to do. Under test: the error stream. */
const showError = async (error: WireError, buttons: readonly string[]): Promise<number> => {
  log.write(`${error.code} ${JSON.stringify(error.data)}`);
  const text = errorText(error, language());
  const detail = [text.consequence, ...text.remedy].filter((line) => line !== '').join('\n');
  if (underTest) {
    process.stderr.write(`${error.code}: ${text.cause}\n${detail}\n`);
    return buttons.length - 1;
  }
  const title = catalog[language()].desktop.cannotStart;
  const last = buttons.length - 1;
  const options = { type: 'error' as const, title, message: text.cause, detail, buttons: [...buttons], cancelId: last };
  return (await dialog.showMessageBox(options)).response;
};

const onFatal = (error: unknown): void => {
  log.write('uncaught', error);
  if (underTest) process.stderr.write(`uncaught ${error instanceof Error ? error.stack : String(error)}\n`);
  else {
    const text = errorText(toWire(error), language());
    dialog.showErrorBox(catalog[language()].common.productName, [text.cause, ...text.remedy].join('\n'));
  }
  app.exit(1);
};
process.on('uncaughtException', onFatal);
process.on('unhandledRejection', (reason) => {
  log.write('unhandled rejection', reason);
  if (underTest) onFatal(reason);
});

const send = (name: string, payload: unknown): boolean => {
  if (window === null || window.isDestroyed() || window.webContents.isCrashed()) return false;
  window.webContents.send(bridgeChannels.event, name, payload);
  return true;
};
const broadcast = createBroadcast({ send, parseEvents: underTest });

const compose = (options: { readonly startNewJournal?: boolean }): ConsoleServices =>
  composeConsole({
    directory,
    adapters: createAdapters({ labSpeed: labSpeedFrom(environment) }),
    credentials: openSystemKeychain(join(directory, 'passwords.json')),
    clock: systemClock,
    processId: process.pid,
    remembersOffline: true,
    ...sqliteBindingFrom(environment, app.isPackaged),
    ...options,
    onTask: broadcast.taskChanged,
    onProgress: broadcast.taskProgressed,
    onFault: log.write,
  });

const chooseFile = async (format: ExportFormat): Promise<string | null> => {
  const options = {
    title: catalog[language()].desktop.exportTitle,
    defaultPath: join(app.getPath('documents'), `vm-migration-tasks.${format}`),
    filters: [{ name: format.toUpperCase(), extensions: [format] }],
  };
  const forced = underTest ? environment.VM_CONSOLE_TEST_EXPORT_FILE : undefined;
  if (forced !== undefined) return forced;
  const choice = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options));
  return choice.canceled ? null : choice.filePath;
};

const chooseFolder = async (): Promise<string | null> => {
  const options = {
    title: catalog[language()].desktop.chooseFolderTitle,
    properties: ['openDirectory' as const, 'createDirectory' as const],
  };
  const forced = underTest ? environment.VM_CONSOLE_TEST_FOLDER : undefined;
  if (forced !== undefined) return forced;
  const choice = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  return choice.canceled ? null : (choice.filePaths[0] ?? null);
};

/** Tasks of this console that closing it would leave alone. */
const tasksUnderWay = ({ runner, journal }: ConsoleServices): number =>
  journal.openTasks().filter(({ id }) => {
    const state = runner.log.view(id)?.state;
    return state === 'running' || state === 'cancelling' || state === 'waiting';
  }).length;

const mayQuit = async (services: ConsoleServices): Promise<boolean> => {
  const count = tasksUnderWay(services);
  if (count === 0 || underTest) return true;
  const words = catalog[language()].desktop;
  const options = {
    type: 'warning' as const,
    message: words.tasksRun(count),
    detail: words.tasksRunDetail,
    buttons: [words.stay, words.quitAnyway],
    defaultId: 0,
    cancelId: 0,
  };
  const { response } = await (window === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  return response === 1;
};

/** Quitting waits for the log-outs: sessions left behind fill up a vCenter. */
const quitCleanly = (services: ConsoleServices, conversation: { close(): void }): void => {
  let leaving = false;
  const leave = async (): Promise<void> => {
    if (leaving) return;
    leaving = true;
    if (!(await mayQuit(services))) {
      leaving = false;
      return;
    }
    try {
      if (window !== null) keepWindowState(window, services.settings);
    } catch (error) {
      log.write('keeping the window', error);
    }
    conversation.close();
    broadcast.stop();
    const late = new Promise((resolve) => setTimeout(resolve, farewellMs));
    await Promise.race([services.close().catch((error) => log.write('closing', error)), late]);
    app.exit(0);
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    void leave();
  });
};

const watchPage = (opened: BrowserWindow, pageStarts: () => void): void => {
  opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) pageStarts();
  });
  opened.webContents.on('render-process-gone', async (_event, { reason }) => {
    log.write(`the page stopped: ${reason}`);
    if (underTest || reason === 'clean-exit') return;
    const words = catalog[language()].desktop;
    const buttons = [words.reload, words.quit];
    const options = { type: 'error', message: words.pageFailed, detail: words.pageFailedDetail, buttons } as const;
    const { response } = await dialog.showMessageBox(options);
    if (response === 0) opened.reload();
    else app.quit();
  });
  opened.on('close', (event) => {
    event.preventDefault();
    app.quit();
  });
};

const run = async (): Promise<void> => {
  await app.whenReady();
  const services = await startConsole(compose, {
    tell: async (error) => {
      await showError(error, [catalog[language()].desktop.quit]);
    },
    askToBeginAnew: async (error) => {
      const words = catalog[language()].desktop;
      return (await showError(toWire(error), [words.startEmpty, words.quit])) === 0;
    },
  });
  if (services === null) {
    app.exit(1);
    return;
  }

  preferences = createPreferenceStore({ settings: services.settings, environment, systemLanguage: systemLanguage() });
  nativeTheme.themeSource = preferences.read().theme;
  setMenu(language(), app.isPackaged);
  protocol.handle(pageScheme, servePage(join(outFolder, 'renderer')));

  const conversation = serveWindow({
    services,
    broadcast,
    preferences,
    ipc: ipcMain,
    info: {
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      evaluationRuntime: environment.VM_CONSOLE_EVALUATION_RUNTIME === '1',
      systemLanguage: systemLanguage(),
      keychain: services.credentials.canRemember,
      startNotices: [...services.notices],
    },
    chooseFile,
    chooseFolder,
    onPreferences: ({ theme }) => {
      nativeTheme.themeSource = theme;
      setMenu(language(), app.isPackaged);
    },
    onFault: (request, error) => log.write(`request ${request}`, error),
    parseReplies: underTest,
  });
  quitCleanly(services, conversation);

  const preload = join(outFolder, 'preload', 'preload.cjs');
  window = openWindow({ preload, settings: services.settings, title: catalog.en.common.productName });
  watchPage(window, conversation.pageStarts);
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });

  // The window is on its way; now what may take long.
  try {
    services.runner.takeOver();
  } catch (error) {
    // Looked into again when a site is connected.
    log.write('recovering', error);
  }
  await services.sites.start();
};

if (app.requestSingleInstanceLock()) run().catch(onFatal);
else app.quit();
