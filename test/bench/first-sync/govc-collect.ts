import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWatchpoint } from '../../../electron/hypervisors/vsphere/inventory/inventory-filter.ts';
import type { ManagedRef } from '../../../electron/hypervisors/vsphere/managed-ref.ts';
import { envelope, type SoapRequest } from '../../../electron/hypervisors/vsphere/requests/xml-writer.ts';
import type { ServiceContent } from '../../../electron/hypervisors/vsphere/service-content.ts';
import type { RawCalls } from '../../../electron/hypervisors/vsphere/transport/api-session.ts';
import type { Vcsim } from '../../support/vcsim.ts';
import { buildVcsim } from '../../support/vcsim-build.ts';
import { type BareSession, bareSession } from './bare-session.ts';
import { timedProcess } from './timed-process.ts';

/** Lets govc collect what the console reads: the request with which the console sets up its watch, replayed. */
export interface GovcCollector {
  /** One `govc object.collect` from start to end, its JSON written to a file. Returns ms. */
  collect(): Promise<number>;
  /** What the last run wrote. */
  collected(): { readonly vms: number; readonly bytes: number };
  /** The same pages fetched and thrown away: what the server and the way to it take. */
  serverAlone(): Promise<{ readonly ms: number; readonly bytes: number }>;
  close(): void;
}

/** Where the simulator's managers are; a real server is asked. */
const content = {
  rootFolder: { type: 'Folder', value: 'group-d1' },
  viewManager: { type: 'ViewManager', value: 'ViewManager' },
  propertyCollector: { type: 'PropertyCollector', value: 'propertyCollector' },
  taskManager: { type: 'TaskManager', value: 'TaskManager' },
} as Partial<ServiceContent> as ServiceContent;

/**
 * The console's filter selects the objects of a container view, and a view belongs to a session. So the console's own
 * code makes the view in a session of govc's, which govc then keeps using.
 */
export const prepareGovc = async (vcsim: Vcsim, folder: string): Promise<GovcCollector> => {
  const { govc: program } = await buildVcsim();
  const env = {
    ...process.env,
    GOVC_URL: vcsim.url,
    GOVC_USERNAME: vcsim.username,
    GOVC_PASSWORD: vcsim.password,
    GOVC_INSECURE: '1',
    GOVC_PERSIST_SESSION: 'true',
    GOVMOMI_HOME: folder,
  };
  const { output: cookie } = await timedProcess({ program, args: ['session.login', '-l'], env });
  const session = bareSession(vcsim.url, cookie.trim());
  const { filter, collector } = await watchpointOfConsole(session);
  const requestFile = join(folder, 'create-filter.xml');
  writeFileSync(requestFile, envelope(filter));

  const args = ['object.collect', '-json', '-R', requestFile];
  const outputPath = join(folder, 'collected.json');
  return {
    collect: async () => {
      const outputFile = openSync(outputPath, 'w');
      try {
        return (await timedProcess({ program, args, env, outputFile })).wallMs;
      } finally {
        closeSync(outputFile);
      }
    },
    collected: () => ({
      vms: readFileSync(outputPath, 'utf8').split('"name": "config.instanceUuid"').length - 1,
      bytes: statSync(outputPath).size,
    }),
    serverAlone: () => session.drain(collector),
    close: session.close,
  };
};

interface RecordedWatchpoint {
  /** Over the whole inventory. The console has a second filter, over running tasks, of which there are none here. */
  readonly filter: SoapRequest;
  readonly collector: ManagedRef;
}

const watchpointOfConsole = async (session: BareSession): Promise<RecordedWatchpoint> => {
  const filters: SoapRequest[] = [];
  const recording: Pick<RawCalls, 'call'> = {
    call: (asked) => {
      if (asked.method === 'CreateFilter') filters.push(asked);
      return session.call(asked);
    },
  };
  const { signal } = new AbortController();
  const { collector } = await createWatchpoint(recording as RawCalls, content, new Set(), { signal });
  const filter = filters.find(({ body }) => body.includes('<type>VirtualMachine</type>'));
  if (filter === undefined) throw new Error('the console made no filter over virtual machines');
  return { filter, collector };
};
