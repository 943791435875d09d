import { cpus } from 'node:os';
import { type Benchmark, figureLine } from './report.ts';
import { rulesBench } from './rules-bench.ts';

/*
 * npm run bench [-- --quick] [names]
 * Prints medians with their range, and ratios to a peer measured in the same run. It judges nothing: machines differ.
 */
const benchmarks: readonly Benchmark[] = [rulesBench];

const quick = process.argv.includes('--quick');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const chosen = benchmarks.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.toLowerCase().includes(part.toLowerCase())),
);

const say = (line: string): void => void process.stdout.write(`${line}\n`);

say(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}${quick ? ', quick' : ''}`);
for (const benchmark of chosen) {
  say(`\n${benchmark.name}`);
  const result = await benchmark.run({ quick });
  if ('cannotRun' in result) say(`  cannot run here: ${result.cannotRun}`);
  else for (const each of result) say(figureLine(each));
}
