import { writeSync } from 'node:fs';
import { mortal } from './mortal.ts';
import { liveThrough, openLife } from './schedule.ts';
import { stories } from './stories.ts';

/*
 * One life of a console, in a process of its own that really ends at its point of death: SIGKILL, nothing is tidied up.
 * Its argument is JSON: the directory, the story's name, the point, whether it is the first life, the seed.
 */

interface Life {
  readonly directory: string;
  readonly story: string;
  /** Null for a life that is not killed. */
  readonly point: number | null;
  readonly first: boolean;
  readonly seed: number;
}

const { directory, story: name, point, first, seed } = JSON.parse(process.argv[2] ?? '{}') as Life;
const story = stories.find((one) => one.name === name);
if (story === undefined) throw new Error(`no story ${name}`);

const life = mortal(point ?? Number.POSITIVE_INFINITY, () => {
  writeSync(1, life.last());
  process.kill(process.pid, 'SIGKILL');
});
const console_ = await openLife(directory, story, life);
await liveThrough(console_, life, story, first, seed);
console_.closeFiles();
process.exit(0);
