import { figure, type Measured, number, percentile } from '../report.ts';
import type { Frames } from './page-probes.ts';

/** A frame that takes longer is seen as a jerk, ms. */
const jerkMs = 50;

/** What rounds of recorded frames come to. */
export const frameFigures = (doing: string, rounds: readonly Frames[], aim?: number): Measured => {
  const jerks = rounds.map(({ gaps }) => gaps.filter((gap) => gap > jerkMs).length);
  const gaps = rounds.flatMap((round) => round.gaps);
  const spread = [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${number(percentile(gaps, share))}`).join(', ');
  const longTasks = rounds.map((round) => round.longTasks.length);
  const longest = Math.max(0, ...rounds.flatMap((round) => round.longTasks));
  return {
    figures: [figure(`${doing}: frames over ${jerkMs} ms`, jerks, 'frames', aim === undefined ? {} : { aim })],
    notes: [
      `${doing}: ${gaps.length} frames, ${spread}, longest ${number(Math.max(...gaps))} ms; tasks over 50 ms: ${longTasks.join(' ')}, longest ${number(longest)} ms`,
    ],
  };
};
