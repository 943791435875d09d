import type { LaunchedConsole } from '../support/electron-app.ts';
import type { Benchmark } from './report.ts';
import { figure, type Measured } from './report.ts';
import { dragOverRows } from './tree/drag-over-rows.ts';
import { writeOfflineSite } from './tree/offline-site.ts';
import { pretendConnected } from './tree/pretend-connected.ts';
import { frameFigures } from './window/frame-figures.ts';
import { type FrameRecording, type FrameRound, recordRound } from './window/frame-recording.ts';
import { onStage, type WindowStage } from './window/measured-window.ts';
import { heapMb } from './window/page-memory.ts';
import { noteFirstPaints } from './window/page-probes.ts';
import { countRows, openWithSiblings } from './window/tree-hand.ts';

interface Sizes {
  readonly vms: number;
  readonly starts: number;
  readonly rounds: number;
  /** How long frames are recorded in each round, ms. */
  readonly ms: number;
}

const sizes = (quick: boolean): Sizes =>
  quick ? { vms: 10_000, starts: 2, rounds: 1, ms: 1_500 } : { vms: 50_000, starts: 5, rounds: 3, ms: 5_000 };

interface Start {
  readonly fromProcessMs: number;
  readonly rowsMs: number;
  readonly everythingMs: number;
}

interface Started {
  readonly console: LaunchedConsole;
  readonly start: Start;
}

const counted = (count: number): string => count.toLocaleString('en-US');

/** @returns null when the rows were there before the page could be watched */
const tryStart = async (stage: WindowStage, vms: number): Promise<Started | null> => {
  const console = await stage.open(`(${noteFirstPaints})(${JSON.stringify(`${counted(vms)} VM`)})`);
  await console.page.waitForFunction(() => {
    const { rows, everything, tooLate } = window.benchPaints ?? {};
    return everything !== undefined && (rows !== undefined || tooLate);
  });
  const { tooLate, rows, everything, navigatedAt } = await console.page.evaluate(() => ({
    ...window.benchPaints,
    navigatedAt: performance.timeOrigin,
  }));
  const createdAt = await console.app.evaluate(() => process.getCreationTime());
  if (!tooLate && rows !== undefined && everything !== undefined && createdAt !== null) {
    return {
      console,
      start: { fromProcessMs: navigatedAt + rows - createdAt, rowsMs: rows, everythingMs: everything },
    };
  }
  await console.close();
  return null;
};

const start = async (stage: WindowStage, vms: number): Promise<Started> => {
  for (let tries = 0; tries < 5; tries += 1) {
    const started = await tryStart(stage, vms);
    if (started !== null) return started;
  }
  throw new Error('five times the first rows were painted before the page could be watched');
};

const startFigures = (vms: number, starts: readonly Start[]): Measured => ({
  figures: [
    figure(
      'process start until rows from the cache are painted',
      starts.map(({ fromProcessMs }) => fromProcessMs),
      'ms',
    ),
    figure(
      'navigation start until rows from the cache are painted',
      starts.map(({ rowsMs }) => rowsMs),
      'ms',
    ),
    figure(
      `navigation start until the window counts all ${counted(vms)} VMs`,
      starts.map(({ everythingMs }) => everythingMs),
      'ms',
    ),
  ],
});

const record = async (
  { page }: LaunchedConsole,
  rounds: number,
  recording: FrameRecording,
): Promise<readonly FrameRound[]> => {
  const recorded: FrameRound[] = [];
  for (let round = 0; round < rounds; round += 1) recorded.push(await recordRound(page, recording));
  return recorded;
};

/** From the last cluster to the first: opening one leaves those above where they are. */
const openAllPools = async ({ page }: LaunchedConsole, vms: number): Promise<void> => {
  for (let cluster = Math.ceil(vms / 5_000); cluster >= 1; cluster -= 1) {
    await openWithSiblings(page, `rp-app-${String(cluster).padStart(2, '0')}`);
  }
};

const measureTree = async (stage: WindowStage, { vms, starts, rounds, ms }: Sizes): Promise<Measured> => {
  writeOfflineSite(stage.folder, vms);
  const measured: Start[] = [];
  for (let round = 1; round < starts; round += 1) {
    const { console, start: one } = await start(stage, vms);
    measured.push(one);
    await console.close();
  }
  const { console, start: lastStart } = await start(stage, vms);
  measured.push(lastStart);
  const loadedMb = await heapMb(console.page);

  await openAllPools(console, vms);
  const rows = await countRows(console.page);
  const idle = await record(console, 1, { ms: Math.min(ms, 3_000), scrollBy: 0 });
  const scrolled = await record(console, rounds, { ms, scrollBy: 400 });
  const flung = await record(console, rounds, { ms, scrollBy: 4_000 });
  await pretendConnected(console);
  const dragged: FrameRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    dragged.push(
      await dragOverRows(console.page, {
        first: 'app-00001',
        last: 'app-04951',
        count: 100,
        target: 'CL-PROD-02',
        ms,
      }),
    );
  }
  const usedMb = await heapMb(console.page);
  await console.close();

  const parts = [
    startFigures(vms, measured),
    frameFigures('doing nothing', idle),
    frameFigures('scrolling 400 px a frame', scrolled, 0),
    frameFigures('scrolling 4,000 px a frame: all rows new in each', flung, 0),
    frameFigures('dragging 100 VMs over a cluster and its hosts', dragged, 0),
  ];
  return {
    figures: [
      ...parts.flatMap(({ figures }) => figures),
      figure(`page heap after garbage collection, ${counted(vms)} VMs loaded`, [loadedMb], 'MB'),
      figure('page heap after garbage collection, at the end', [usedMb], 'MB'),
    ],
    notes: [
      ...parts.flatMap(({ notes = [] }) => notes),
      `${stage.electron}, software rendering on a virtual display, ${counted(rows)} rows open while scrolling and dragging, ${ms / 1000} s a round; the site is offline, and pretends to be connected while VMs are dragged`,
      'starts: the cache file was read before, so the system has it in memory',
    ],
  };
};

/** The real console on a cache with a very large site: what comes how soon, and whether anything jerks. */
export const treeBench: Benchmark = {
  name: 'Tree of 50,000 VMs',
  run: ({ quick }) => onStage((stage) => measureTree(stage, sizes(quick))),
};
