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
  /** Of the disk that is copied. */
  readonly diskBytes: number;
  readonly console: MovingConsole;
  /** Logged in. */
  readonly client: SoapClient;
}

/** What each took for one disk, ms. */
export interface TransferRound {
  readonly consoleOut: number;
  readonly consoleSeal: number;
  readonly consoleIn: number;
  readonly evacuateWall: number;
  readonly restoreWall: number;
  readonly peakMemoryBytes: number;
  readonly govcOut: number;
  /** The same, and until the disk is on disk. */
  readonly govcFlushed: number;
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
  const ready = (): Promise<void> => freeMemory(stage);
  try {
    await ready();
    const govcOut = await timed(() => vcsim.govc('export.ovf', '-vm', copied, ofGovc));
    const govcFlushing = await timed(() => flush(join(ofGovc, copied, `${copied}-disk-0.vmdk`)));
    const download = await exportLease(client, copied);
    await ready();
    const curlOut = await curl(download, '--output', disk);
    const flushing = await timed(() => flush(disk));
    await ready();
    const out = await console.evacuate(vm);

    const into = ['-pool', place.pool, '-ds', place.datastore, '-name', 'by-govc'];
    await ready();
    const govcIn = await timed(() => vcsim.govc('import.ovf', ...into, join(ofGovc, copied, `${copied}.ovf`)));
    await vcsim.control('/destroy', { vm: 'by-govc' });
    const upload = await importLease(client, copied, { ...place, name: 'by-curl' });
    const header = 'Content-Type: application/x-vnd.vmware-streamVmdk';
    await ready();
    const curlIn = await curl(upload, '--request', 'POST', '--header', header, '--header', 'Expect:', '-T', disk);
    await ready();
    const back = await console.restore(place.pool);
    await vcsim.control('/destroy', { vm });
    console.dropImages();
    return {
      consoleOut: out.stepMs('export'),
      consoleSeal: out.stepMs('seal'),
      consoleIn: back.stepMs('restore'),
      evacuateWall: out.wallMs,
      restoreWall: back.wallMs,
      peakMemoryBytes: Math.max(out.peakMemoryBytes, back.peakMemoryBytes),
      govcOut,
      govcFlushed: govcOut + govcFlushing,
      govcIn,
      curlOut,
      curlFlushed: curlOut + flushing,
      curlIn,
    };
  } finally {
    for (const path of [ofGovc, disk]) rmSync(path, { recursive: true, force: true });
  }
};

/**
 * Has as much memory touched and set free as the copy will take. What a machine has not used for a while it may have
 * given back to its host, and to get it again takes longer than to copy into it: who comes after somebody that tidied
 * up would be ahead.
 */
const freeMemory = async ({ folder, diskBytes }: TransferStage): Promise<void> => {
  const path = join(folder, 'nothing');
  const file = await open(path, 'w');
  try {
    const zeros = Buffer.alloc(1024 * 1024);
    for (let written = 0; written < diskBytes; written += zeros.length) await file.write(zeros);
  } finally {
    await file.close();
    rmSync(path);
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
