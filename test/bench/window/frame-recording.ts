import { cpus } from 'node:os';
import type { Page } from 'playwright-core';
import { type Frames, recordFrames } from './page-probes.ts';

export interface FrameRound extends Frames {
  /** Processor time of the page's thread meanwhile, ms. Unlike gaps it hardly depends on what else the machine does. */
  readonly threadMs: number;
  /** How busy the machine's processors were meanwhile, with everything on it, 0 to 1. */
  readonly busy: number;
}

export interface FrameRecording {
  readonly ms: number;
  /** Pixels to scroll in each frame; 0 to leave the tree alone. */
  readonly scrollBy: number;
}

/** Records frames for a while; `meanwhile` is done in that time. */
export const recordRound = async (
  page: Page,
  recording: FrameRecording,
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<FrameRound> => {
  const devtools = await page.context().newCDPSession(page);
  try {
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const threadMs = async (): Promise<number> => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
    };
    const busyBefore = processorTimes();
    const threadBefore = await threadMs();
    await page.evaluate(recordFrames, recording);
    await meanwhile();
    const frames = await page.evaluate(() => window.benchFrames);
    if (frames === undefined) throw new Error('nobody recorded frames');
    const busyAfter = processorTimes();
    const busy = 1 - (busyAfter.idle - busyBefore.idle) / (busyAfter.all - busyBefore.all);
    return { ...frames, threadMs: (await threadMs()) - threadBefore, busy };
  } finally {
    await devtools.detach();
  }
};

const processorTimes = (): { readonly idle: number; readonly all: number } => {
  const times = cpus().map((each) => each.times);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  return { idle, all: times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0) };
};
