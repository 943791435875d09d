import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { liveElsewhere } from './live-elsewhere.ts';
import { liveHere, pointsOf, runSchedule, scheduleOf } from './schedule.ts';
import { stories } from './stories.ts';

/*
 * npm run test:crash -- [--schedules N] [--seed S] [--in-process]
 * Runs N random schedules, made from seeds S, S+1, …: cold migrations whose process is killed one to three times, at any
 * write, call, byte or file operation. Says what went wrong with the seed that shows it again. A process of its own for
 * each life unless told otherwise.
 */

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    'in-process': { type: 'boolean', default: false },
  },
});
const count = Number(values.schedules);
const firstSeed = Number(values.seed);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(firstSeed)) {
  process.stderr.write('usage: npm run test:crash -- --schedules N --seed S [--in-process]\n');
  process.exit(2);
}
const live = values['in-process'] ? liveHere : liveElsewhere;

const inDirectory = async <Result>(work: (directory: string) => Promise<Result>): Promise<Result> => {
  const directory = mkdtempSync(join(tmpdir(), 'vm-migration-crash-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const points = new Map<string, number>();
for (const story of stories) {
  points.set(story.name, await inDirectory((directory) => pointsOf(directory, story)));
}

let next = firstSeed;
let deaths = 0;
const failures: string[] = [];

const worker = async (): Promise<void> => {
  while (next < firstSeed + count) {
    const seed = next;
    next += 1;
    const schedule = scheduleOf(seed, points);
    const words = `seed ${seed}: ${schedule.story.name}, dies at ${schedule.points.join(', ')}`;
    try {
      const { where, problems } = await inDirectory((directory) =>
        runSchedule(directory, schedule.story, schedule.points, seed, live),
      );
      deaths += where.filter((one) => one !== 'lived').length;
      if (problems.length > 0) failures.push(`${words}\n  ${where.join(' | ')}\n  ${problems.join('\n  ')}`);
    } catch (error) {
      failures.push(`${words}\n  ${error instanceof Error ? error.stack : String(error)}`);
    }
    const done = seed - firstSeed + 1;
    if (done % 100 === 0) process.stdout.write(`${done} schedules begun, ${failures.length} failed\n`);
  }
};

await Promise.all(Array.from({ length: availableParallelism() }, worker));
for (const failure of failures) process.stdout.write(`\n${failure}\n`);
process.stdout.write(`\n${count} schedules, ${deaths} deaths, ${failures.length} failed\n`);
process.stdout.write(`${count - failures.length} passed, ${failures.length} failed\n`);
process.exit(failures.length === 0 ? 0 : 1);
