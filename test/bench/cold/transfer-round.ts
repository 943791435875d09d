import { rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Vcsim } from '../../support/vcsim.ts';
import type { SoapClient } from '../../support/vcsim-soap.ts';
import { timedProcess } from '../first-sync/timed-process.ts';
import { type BareLease, exportLease, importLease } from './bare-lease.ts';
import type { MovingConsole } from './console-moves.ts';

/** Where everything that is moved goes to. */
export const place = { pool: 'development-1', datastore: 'datastore-1' };
/** What govc and curl copy; it stays where it is. */
const copied = 'vm-0002';

export interface TransferStage {
  readonly vcsim: Vcsim;
  /** On the disk that is copied to. */
  readonly folder: string;
  readonly console: MovingConsole;
  /** Logged in. */
  readonly client: SoapClient;
}

/** What each took for one disk, ms. */
export interface TransferRound {
  readonly consoleOut: number;
  readonly consoleSeal: number;
  readonly consoleIn: number;
  readonly consoleWall: number;
  readonly peakMemoryBytes: number;
  readonly govcOut: number;
  readonly govcIn: number;
  readonly curlOut: number;
  /** The same, and until the file is on disk. */
  readonly curlFlushed: number;
  readonly curlIn: number;
}

/** One after the other: whatever else the machine does meets all of them alike. @param vm stopped, for the console */
export const transferRound = async (stage: TransferStage, vm: string): Promise<TransferRound> => {
  const { vcsim, folder, console, client } = stage;
  const ofGovc = join(folder, 'govc');
  const disk = join(folder, 'curl.vmdk');
  try {
    const govcOut = await timed(() => vcsim.govc('export.ovf', '-vm', copied, ofGovc));
    // So that nothing of it is still being written while the next one is timed.
    await flush(join(ofGovc, copied, `${copied}-disk-0.vmdk`));
    const download = await exportLease(client, copied);
    const curlOut = await curl(download, '--output', disk);
    const flushing = await timed(() => flush(disk));
    const move = await console.move(vm, place.pool);
    await vcsim.control('/destroy', { vm });
    console.dropImages();

    const into = ['-pool', place.pool, '-ds', place.datastore, '-name', 'by-govc'];
    const govcIn = await timed(() => vcsim.govc('import.ovf', ...into, join(ofGovc, copied, `${copied}.ovf`)));
    await vcsim.control('/destroy', { vm: 'by-govc' });
    const upload = await importLease(client, copied, { ...place, name: 'by-curl' });
    const header = 'Content-Type: application/x-vnd.vmware-streamVmdk';
    const curlIn = await curl(upload, '--request', 'POST', '--header', header, '--header', 'Expect:', '-T', disk);
    return {
      consoleOut: move.stepMs('export'),
      consoleSeal: move.stepMs('seal'),
      consoleIn: move.stepMs('restore'),
      consoleWall: move.wallMs,
      peakMemoryBytes: move.peakMemoryBytes,
      govcOut,
      govcIn,
      curlOut,
      curlFlushed: curlOut + flushing,
      curlIn,
    };
  } finally {
    for (const path of [ofGovc, disk]) rmSync(path, { recursive: true, force: true });
  }
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

const flush = async (path: string): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Only the transfer is timed, not the lease. */
const curl = async (lease: BareLease, ...args: readonly string[]): Promise<number> => {
  const common = ['--silent', '--show-error', '--fail', '--insecure'];
  try {
    return (await timedProcess({ program: 'curl', args: [...common, ...args, lease.diskUrl] })).wallMs;
  } finally {
    await lease.abort();
  }
};
