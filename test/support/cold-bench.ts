import { onTestFinished } from 'vitest';
import { type ColdConsole, type ColdConsoleOptions, openColdConsole } from './cold-console.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export type ColdBench = ColdConsole;
export type ColdBenchOptions = Partial<ColdConsoleOptions>;

/** A console for cold migrations that ends with its test. */
export const coldBench = async (options: ColdBenchOptions = {}): Promise<ColdBench> => {
  const directory = options.directory ?? temporaryDirectory();
  const bench = await openColdConsole({ ...options, directory });
  onTestFinished(async () => {
    await bench.runner.stop();
    bench.closeFiles();
  });
  return bench;
};
