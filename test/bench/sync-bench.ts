import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { siteId } from '../../shared/domain/ids.ts';
import { startVcsim, type Vcsim } from '../support/vcsim.ts';
import { goIsAvailable } from '../support/vcsim-build.ts';
import { type GovcCollector, prepareGovc } from './first-sync/govc-collect.ts';
import type { SyncJob, SyncReport } from './first-sync/sync-job.ts';
import { timedProcess } from './first-sync/timed-process.ts';
import { type Benchmark, figure, type Measured, median, number } from './report.ts';

const consoleProgram = fileURLToPath(new URL('first-sync/console-sync.ts', import.meta.url));

interface Round {
  readonly govcMs: number;
  readonly processMs: number;
  readonly serverMs: number;
  readonly report: SyncReport;
}

const consoleSync = async (
  vcsim: Vcsim,
  directory: string,
): Promise<{ readonly wallMs: number; readonly report: SyncReport }> => {
  const job: SyncJob = {
    site: {
      id: siteId('site-bench'),
      name: 'Bench',
      kind: 'vsphere',
      address: vcsim.address,
      port: vcsim.port,
      userName: vcsim.username,
      pinnedCertificate: vcsim.fingerprint,
    },
    password: vcsim.password,
    directory,
  };
  const { wallMs, output } = await timedProcess({
    program: process.execPath,
    args: [consoleProgram],
    input: JSON.stringify(job),
  });
  return { wallMs, report: JSON.parse(output) as SyncReport };
};

/** govc, console, server alone, govc, …: whatever else the machine does meets all of them alike. */
const roundsOf = async (
  vcsim: Vcsim,
  govc: GovcCollector,
  folder: string,
  count: number,
): Promise<readonly Round[]> => {
  const rounds: Round[] = [];
  for (let round = 0; round < count; round += 1) {
    const govcMs = await govc.collect();
    const { wallMs: processMs, report } = await consoleSync(vcsim, join(folder, `console-${round}`));
    const { ms: serverMs } = await govc.serverAlone();
    rounds.push({ govcMs, processMs, serverMs, report });
  }
  return rounds;
};

const compared = (vmCount: number, rounds: readonly Round[], collected: ReturnType<GovcCollector['collected']>) => {
  const column = (pick: (round: Round) => number): readonly number[] => rounds.map(pick);
  const govcMs = column((round) => round.govcMs);
  const peer = { name: 'govc', median: median(govcMs) };
  const vms = `${vmCount.toLocaleString('en-US')} VMs`;
  const measured: Measured = {
    figures: [
      figure(
        `first sync of ${vms} into the cache, whole process`,
        column((round) => round.processMs),
        'ms',
        {
          peer,
          aim: peer.median,
        },
      ),
      figure(
        '  of that from log-in until everything is in the cache',
        column((round) => round.report.completeMs),
        'ms',
        {
          peer,
          aim: peer.median,
        },
      ),
      figure(
        '  of that until the first page is in the cache',
        column((round) => round.report.firstPageMs),
        'ms',
      ),
      figure(
        '  of that in the inventory service and SQLite',
        column((round) => round.report.applyingMs),
        'ms',
      ),
      figure(
        '  processor time of that process, all threads',
        column((round) => round.report.processorMs),
        'ms',
      ),
      figure('govc object.collect of the same, whole process', govcMs, 'ms'),
      figure(
        'the server alone: the same pages fetched and thrown away',
        column((round) => round.serverMs),
        'ms',
      ),
    ],
    notes: [
      `compared: the console's own CreateFilter request (same types, same properties) replayed by govc object.collect -json -R in a session that is logged in, ${number(collected.bytes / 1e6)} MB of JSON to a file, against a new process that logs in twice, reads, maps, and commits ${vms} and ${rounds[0]?.report.others} other objects to a new SQLite file`,
      `round by round, whole process to govc: ${rounds.map((round) => (round.processMs / round.govcMs).toFixed(2)).join(' ')}`,
      ...(vmCount < 5_000 ? ['with so few VMs the start of the process, about 0.3 s, weighs most'] : []),
      "server, for all of them: WaitForUpdatesEx paging of test/vcsim (collector*.go, 100 objects a page); govmomi's simulator reads every object and writes the XML",
    ],
  };
  return measured;
};

const checkCounts = (vmCount: number, rounds: readonly Round[], collectedVms: number): void => {
  for (const { report } of rounds) {
    if (report.vms !== vmCount || report.vmsInFile !== vmCount || collectedVms !== vmCount) {
      throw new Error(
        `${vmCount} VMs were there, the console read ${report.vms} and kept ${report.vmsInFile}, govc wrote ${collectedVms}`,
      );
    }
  }
};

/** A console that meets a vCenter for the first time, against govc reading the same from the same server. */
export const syncBench: Benchmark = {
  name: 'First sync',
  run: async ({ quick }) => {
    if (!goIsAvailable()) return { cannotRun: 'the vCenter simulator and govc need Go, https://go.dev/dl/' };
    const vmCount = quick ? 500 : 5_000;
    const folder = mkdtempSync(join(tmpdir(), 'bench-sync-'));
    const vcsim = await startVcsim({ vms: vmCount });
    try {
      const govc = await prepareGovc(vcsim, folder);
      try {
        const rounds = await roundsOf(vcsim, govc, folder, quick ? 2 : 7);
        const collected = govc.collected();
        checkCounts(vmCount, rounds, collected.vms);
        return compared(vmCount, rounds, collected);
      } finally {
        govc.close();
      }
    } finally {
      await vcsim.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
