import { setImmediate as turn } from 'node:timers/promises';
import type { HypervisorSession } from '../../../../../electron/hypervisors/port.ts';
import type { ExportFile, ExportLease } from '../../../../../electron/hypervisors/transfer.ts';
import { createVsphereAdapter } from '../../../../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { asEntityId } from '../../../../../shared/domain/ids.ts';
import { collected } from '../../../../support/byte-streams.ts';
import { type FakeServer, startFakeServer } from '../fake-server.ts';
import { unaborted } from '../vcsim-site.ts';
import { type FakeFileHost, startFakeFileHost } from './fake-file-host.ts';
import { type LeaseScene, leaseScene, ready, type ToldFile } from './lease-scene.ts';

export const vm = asEntityId('fake/VirtualMachine:vm-1');
/** What must not get out. */
export const ticket = '52f5c0de-ticket';

/** A connection to a server that knows a stopped VM, and a host its files are on. */
export interface LeaseBench {
  readonly server: FakeServer;
  readonly host: FakeFileHost;
  readonly scene: LeaseScene;
  session: HypervisorSession;
  /** Pauses that were asked for, ms. */
  readonly pauses: number[];
  /** How long a pause takes; none at first, and then nothing but the calls themselves is waited for. */
  pause: (signal: AbortSignal) => Promise<void>;
  connect(): Promise<HypervisorSession>;
  onHost(facts?: Partial<ToldFile>): ToldFile;
  /** A lease that is ready, and that nobody gives a sign of life. */
  open(...files: readonly ToldFile[]): Promise<ExportLease>;
  close(): Promise<void>;
}

/** As long as nothing aborts. */
export const forEver = (signal: AbortSignal): Promise<void> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

export const startLeaseBench = async (): Promise<LeaseBench> => {
  const server = await startFakeServer();
  const host = await startFakeFileHost();
  const scene = leaseScene(server);
  const pauses: number[] = [];
  const wait = async (ms: number, signal: AbortSignal): Promise<void> => {
    pauses.push(ms);
    await bench.pause(signal);
    signal.throwIfAborted();
  };
  const timing = { callDeadlineMs: 500, transferAnswerMs: 500, logoutDeadlineMs: 200, wait };
  const connect = (): Promise<HypervisorSession> =>
    createVsphereAdapter({ timing }).connect(server.site, 'x', unaborted());
  const bench: LeaseBench = {
    server,
    host,
    scene,
    session: await connect(),
    pauses,
    pause: () => turn(),
    connect,
    onHost: (facts = {}) => ({ url: `https://${host.address}/nfc/${ticket}/disk-0.vmdk`, ...facts }),
    open: (...files) => {
      scene.tellLease(ready(files));
      bench.pause = forEver;
      return bench.session.openExport(vm, unaborted());
    },
    close: async () => {
      await bench.session.close();
      await host.close();
      await server.close();
    },
  };
  return bench;
};

export const firstFile = ({ files: [file] }: ExportLease): ExportFile => {
  if (file === undefined) throw new Error('the lease has no file');
  return file;
};

export const readFirst = async (lease: ExportLease, signal = unaborted()): Promise<string> =>
  String(await collected((sink) => lease.read(firstFile(lease), sink, signal)));
