import { figure, type Measured, number, percentile } from '../report.ts';
import type { FrameRound } from './frame-recording.ts';

/** A frame that takes longer is seen as a jerk, ms. */
const jerkMs = 50;

/** What rounds of recorded frames come to. */
export const frameFigures = (doing: string, rounds: readonly FrameRound[], aim?: number): Measured => {
  const jerks = rounds.map((round) => round.gaps.filter((gap) => gap > jerkMs).length);
  const perFrame = rounds.map((round) => round.threadMs / round.gaps.length);
  const gaps = rounds.flatMap((round) => round.gaps);
  const spread = [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${number(percentile(gaps, share))}`).join(', ');
  const longTasks = rounds.map((round) => round.longTasks.length);
  const longest = Math.max(0, ...rounds.flatMap((round) => round.longTasks));
  const busy = rounds.map((round) => `${Math.round(round.busy * 100)} %`);
  return {
    figures: [
      figure(`${doing}: frames over ${jerkMs} ms`, jerks, 'frames', aim === undefined ? {} : { aim }),
      figure('  processor time of the page in each frame', perFrame, 'ms'),
    ],
    notes: [
      `${doing}: ${gaps.length} frames, ${spread}, longest ${number(Math.max(...gaps))} ms; tasks over ${jerkMs} ms: ${longTasks.join(' ')}, longest ${number(longest)} ms; the machine was ${busy.join(' ')} busy`,
    ],
  };
};
