import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../electron/clock.ts';
import { type ConsoleParts, type ConsoleServices, composeConsole } from '../../electron/compose.ts';
import { createLabAdapter, type LabAdapter } from '../../electron/hypervisors/lab/lab-adapter.ts';
import { realClock } from '../../electron/hypervisors/lab/lab-clock.ts';
import { createBroadcast } from '../../electron/ipc/broadcast.ts';
import { serveWindow } from '../../electron/ipc/serve-window.ts';
import { createPreferenceStore } from '../../electron/preferences.ts';
import { createMemoryCredentialStore } from '../../electron/secrets/credential-store.ts';
import { labSites } from '../../electron/sites/lab-sites.ts';
import type { Envelope, EventName, EventOf, ReplyOf, RequestName, RequestOf } from '../../shared/ipc/contract.ts';
import { createFakeIpc } from './fake-ipc.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** What the page would know. */
export interface LabPage {
  readonly lab: LabAdapter;
  readonly services: ConsoleServices;
  readonly directory: string;
  call<Name extends RequestName>(name: Name, payload: RequestOf<Name>): Promise<ReplyOf<Name>>;
  tryCall<Name extends RequestName>(name: Name, payload: unknown): Promise<Envelope<ReplyOf<Name>>>;
  events<Name extends EventName>(name: Name): readonly EventOf<Name>[];
  reload(): void;
}

/** The services on the lab, spoken to as the page does, everything parsed by the contract. */
export const openLabPage = (options: Partial<ConsoleParts> = {}): LabPage => {
  const directory = temporaryDirectory();
  const sent: { readonly name: EventName; readonly payload: unknown }[] = [];
  const broadcast = createBroadcast({ send: (name, payload) => sent.push({ name, payload }) > 0, parseEvents: true });
  const lab = createLabAdapter({ clock: realClock, speed: 200 });
  const services = composeConsole({
    directory,
    adapters: [lab],
    credentials: createMemoryCredentialStore(),
    clock: systemClock,
    processId: process.pid,
    remembersOffline: true,
    onTask: broadcast.taskChanged,
    onProgress: broadcast.taskProgressed,
    onFault: (what, error) => {
      throw new Error(what, { cause: error });
    },
    ...options,
  });
  const ipc = createFakeIpc();
  const conversation = serveWindow({
    services,
    broadcast,
    preferences: createPreferenceStore({ settings: services.settings, environment: {}, systemLanguage: 'ja' }),
    ipc,
    info: {
      version: '0.1.0',
      electron: '45.0.0',
      evaluationRuntime: false,
      systemLanguage: 'ja',
      keychain: false,
      startNotices: [],
    },
    chooseFile: async (format) => join(directory, `tasks.${format}`),
    chooseFolder: async () => directory,
    onPreferences: () => undefined,
    onFault: (request, error) => {
      throw new Error(request, { cause: error });
    },
    parseReplies: true,
  });
  onTestFinished(async () => {
    conversation.close();
    broadcast.stop();
    await services.close();
  });
  let calls = 0;
  const tryCall: LabPage['tryCall'] = (name, payload) => {
    calls += 1;
    return ipc.call(`call-${calls}`, name, payload) as never;
  };
  return {
    lab,
    services,
    directory,
    tryCall,
    call: async (name, payload) => {
      const answer = await tryCall(name, payload);
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    events: (name) => sent.flatMap((event) => (event.name === name ? [event.payload as never] : [])),
    reload: conversation.pageStarts,
  };
};

/** A page over the lab, both sites connected and read. */
export const openLabPageInSync = async (options: Partial<ConsoleParts> = {}): Promise<LabPage> => {
  const page = openLabPage(options);
  await page.call('sites.addLab', {});
  const signal = new AbortController().signal;
  for (const { id } of labSites) await page.services.sites.inSync(id, signal);
  return page;
};
