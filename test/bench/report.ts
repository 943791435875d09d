/** One figure of a benchmark: the median of its rounds, and how it compares. */
export interface Figure {
  readonly name: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly unit: 'ms' | 'MB' | 'frames' | 'tasks';
  /** The peer measured in the same run; the ratio printed is median / peer median. */
  readonly peer?: { readonly name: string; readonly median: number };
  /** What this figure should stay under, in the same unit; printed, never asserted. */
  readonly aim?: number;
}

export interface BenchOptions {
  /** Fewer rounds and smaller inventories: to see that the benchmark itself works. */
  readonly quick: boolean;
}

export interface Measured {
  readonly figures: readonly Figure[];
  /** What one has to know to read the figures: what was compared with what, under which conditions. */
  readonly notes?: readonly string[];
}

/** A benchmark; resolves with its figures, or with the reason why it cannot run on this machine. */
export interface Benchmark {
  readonly name: string;
  run(options: BenchOptions): Promise<Measured | { readonly cannotRun: string }>;
}

/** The value that `share` (0 to 1) of all values do not exceed; NaN of none. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** Sums rounds up into a figure. */
export const figure = (
  name: string,
  rounds: readonly number[],
  unit: Figure['unit'],
  more: Pick<Figure, 'peer' | 'aim'> = {},
): Figure => ({ name, median: median(rounds), least: Math.min(...rounds), most: Math.max(...rounds), unit, ...more });

/** As it is printed: `1,234`, `8.25`. */
export const number = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 });

/** A figure as one line: median, range, ratio to its peer, aim. */
export const figureLine = ({ name, median: middle, least, most, unit, peer, aim }: Figure): string => {
  const range = `${number(middle)} ${unit} (${number(least)} to ${number(most)})`;
  const ratio =
    peer === undefined
      ? ''
      : `  ratio ${(middle / peer.median).toFixed(2)} to ${peer.name} (${number(peer.median)} ${unit})`;
  const against = aim === undefined ? '' : `  aim ${number(aim)} ${unit}: ${middle <= aim ? 'met' : 'NOT met'}`;
  return `  ${name.padEnd(64)} ${range}${ratio}${against}`;
};
