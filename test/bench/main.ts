import { cpus, loadavg } from 'node:os';
import { changeBench } from './change-bench.ts';
import { coldBench } from './cold-bench.ts';
import { type Benchmark, figureLine } from './report.ts';
import { rulesBench } from './rules-bench.ts';
import { syncBench } from './sync-bench.ts';
import { treeBench } from './tree-bench.ts';

/*
 * npm run bench [-- --quick] [names]
 * Prints medians with their range, and ratios to a peer measured in the same run. It judges nothing: machines differ.
 * It fails only when a benchmark breaks.
 */
const benchmarks: readonly Benchmark[] = [rulesBench, syncBench, coldBench, changeBench, treeBench];

const quick = process.argv.includes('--quick');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const chosen = benchmarks.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.toLowerCase().includes(part.toLowerCase())),
);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const load = (): string => `${(loadavg()[0] ?? 0).toFixed(1)} processes ready to run (last minute)`;

// What benchmarks start ends with this process; that needs an orderly end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

say(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}${quick ? ', quick' : ''}`);
if (chosen.length === 0) {
  say(`No benchmark has that name. There are: ${benchmarks.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
for (const benchmark of chosen) {
  say(`\n${benchmark.name}  [${load()}]`);
  const begun = performance.now();
  try {
    const result = await benchmark.run({ quick });
    if ('cannotRun' in result) say(`  cannot run here: ${result.cannotRun}`);
    else {
      for (const each of result.figures) say(figureLine(each));
      for (const note of result.notes ?? []) say(`  - ${note}`);
      say(`  took ${((performance.now() - begun) / 1000).toFixed(0)} s`);
    }
  } catch (error) {
    say(`  broke: ${error instanceof Error ? error.stack : String(error)}`);
    process.exitCode = 1;
  }
}
