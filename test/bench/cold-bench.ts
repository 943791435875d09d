import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVcsim } from '../support/vcsim.ts';
import { goIsAvailable } from '../support/vcsim-build.ts';
import { soapClient } from '../support/vcsim-soap.ts';
import { openMovingConsole } from './cold/console-moves.ts';
import { place, type TransferRound, transferRound } from './cold/transfer-round.ts';
import { type Benchmark, type Figure, figure, type Measured, median, number } from './report.ts';

const MIB = 1024 ** 2;

/** Off, and in nobody else's way; the console moves another one each time, so that each is read as it was made. */
const moved = ['vm-0004', 'vm-0006', 'vm-0010', 'vm-0012'] as const;

interface SmallDisk {
  readonly bytes: number;
  readonly peakMemoryBytes: number;
}

const inMiB = (bytes: number): string => `${number(bytes / MIB)} MiB`;

const compared = (diskBytes: number, rounds: readonly TransferRound[], smallDisk: SmallDisk): Measured => {
  const column = (pick: (round: TransferRound) => number): readonly number[] => rounds.map(pick);
  const thereAndBack = (): Figure => {
    const govc = median(column(({ govcFlushed, govcIn }) => govcFlushed + govcIn));
    return figure(
      'out and in again, these two steps together',
      column(({ consoleOut, consoleIn }) => consoleOut + consoleIn),
      'ms',
      { peer: { name: 'govc', median: govc }, aim: govc },
    );
  };
  const plain = (name: string, of: keyof TransferRound): Figure =>
    figure(
      name,
      column((round) => round[of]),
      'ms',
    );
  /** @param share of the peer's rate that is wanted */
  const beside = (
    name: string,
    own: keyof TransferRound,
    peerName: string,
    other: keyof TransferRound,
    share: number,
  ): Figure => {
    const peer = { name: peerName, median: median(column((round) => round[other])) };
    return figure(
      name,
      column((round) => round[own]),
      'ms',
      { peer, aim: peer.median / share },
    );
  };
  const rates = (own: keyof TransferRound, other: keyof TransferRound): string => {
    const each = column((round) => round[other] / round[own]);
    return `${median(each).toFixed(2)} (${each.map((rate) => rate.toFixed(2)).join(' ')})`;
  };
  return {
    figures: [
      beside(`out: step "export" of a disk of ${inMiB(diskBytes)}`, 'consoleOut', 'curl', 'curlFlushed', 0.9),
      beside('  the same beside govc', 'consoleOut', 'govc', 'govcFlushed', 1),
      plain('  curl to a file, and until that is on disk', 'curlFlushed'),
      plain('  of that until curl has ended', 'curlOut'),
      plain('  govc export.ovf, whole process, and until that is on disk', 'govcFlushed'),
      plain('  of that until govc has ended', 'govcOut'),
      beside('in: step "restore" of the same', 'consoleIn', 'curl', 'curlIn', 0.9),
      beside('  the same beside govc', 'consoleIn', 'govc', 'govcIn', 1),
      plain('  curl from a file', 'curlIn'),
      plain('  govc import.ovf, whole process', 'govcIn'),
      thereAndBack(),
      plain('all of vmmigrate evacuate, whole process', 'evacuateWall'),
      plain('  of that step "seal": reading the image back', 'consoleSeal'),
      plain('all of vmmigrate restore, whole process', 'restoreWall'),
      figure(
        '  peak memory of these processes',
        column((round) => round.peakMemoryBytes / 1e6),
        'MB',
        { peer: { name: `a disk of ${inMiB(smallDisk.bytes)}`, median: smallDisk.peakMemoryBytes / 1e6 } },
      ),
    ],
    notes: [
      'compared: vmmigrate evacuate and vmmigrate restore of a stopped VM. The step "export" opens the lease, hashes the disk while it writes it (SHA-256), flushes it to disk, compares with what the server counted, writes the descriptor; the step "restore" asks the server to try, reads the disk again, hashes it, sends it, compares, and gives the VM its addresses',
      'curl hashes nothing; a bare lease is opened before its time begins and ended after it; its file is flushed to disk after it, as the console does it while it writes. govc hashes nothing either; its file is flushed after it in the same way',
      `share of the rate of curl reached, round by round: out ${rates('consoleOut', 'curlFlushed')}, in ${rates('consoleIn', 'curlIn')}`,
      `share of the rate of govc reached, round by round: out ${rates('consoleOut', 'govcFlushed')}, in ${rates('consoleIn', 'govcIn')}`,
      'server, for all of them: test/vcsim, which makes up the disk, or throws away what it gets, and hashes it twice, on the same processors: the copies into it take about as long as it does',
    ],
  };
};

/** Copying a stopped VM's disk out of a platform and in again, beside others that copy the same and do less. */
export const coldBench: Benchmark = {
  name: 'Evacuate and restore',
  run: async ({ quick }) => {
    if (!goIsAvailable()) return { cannotRun: 'the vCenter simulator and govc need Go, https://go.dev/dl/' };
    if (spawnSync('curl', ['--version'], { stdio: 'ignore' }).status !== 0) return { cannotRun: 'there is no curl' };
    const [smallBytes, diskBytes] = quick ? [32 * MIB, 256 * MIB] : [256 * MIB, 2_048 * MIB];
    const { bavail, bsize } = statfsSync(tmpdir());
    // The copies of govc, of curl and of the console, and some air.
    const neededBytes = 4 * diskBytes;
    if (bavail * bsize < neededBytes) return { cannotRun: `less than ${inMiB(neededBytes)} are free in ${tmpdir()}` };
    const folder = mkdtempSync(join(tmpdir(), 'bench-cold-'));
    const vcsim = await startVcsim({ vms: 40, scenarios: false });
    try {
      const client = soapClient(vcsim);
      await client.login();
      const stage = { vcsim, folder, diskBytes, client, console: await openMovingConsole(vcsim, folder) };
      const disksOf = (bytes: number) =>
        vcsim.control('/transfers', { diskBytes: bytes, leaseTimeoutSeconds: 3_600, discardUploads: true });
      const [first, ...others] = moved;
      await disksOf(smallBytes);
      const small = [await stage.console.evacuate(first), await stage.console.restore(place.pool)];
      const peakMemoryBytes = Math.max(...small.map((way) => way.peakMemoryBytes));
      stage.console.dropImages();
      await disksOf(diskBytes);
      const rounds: TransferRound[] = [];
      for (const vm of quick ? others.slice(1) : others) rounds.push(await transferRound(stage, vm));
      return compared(diskBytes, rounds, { bytes: smallBytes, peakMemoryBytes });
    } finally {
      await vcsim.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
