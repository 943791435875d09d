import { describe, expect, it } from 'vitest';
import { liveElsewhere } from '../../../crash/live-elsewhere.ts';
import { liveHere, pointsOf, runSchedule, scheduleOf } from '../../../crash/schedule.ts';
import { type Story, stories } from '../../../crash/stories.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

/** Every so many-th point of each story is met here; all of them, over and over, by `npm run test:crash`. */
const stride = 41;

const trace = async (story: Story, points: readonly number[], seed: number, live = liveHere): Promise<string> => {
  const { where, problems } = await runSchedule(temporaryDirectory(), story, points, seed, live);
  return problems.length === 0 ? 'holds' : `${where.join(' | ')}: ${problems.join('; ')}`;
};

describe('a console that dies at any moment of a cold migration', () => {
  it.each(stories)(
    'never loses the VM, never runs it twice, and tells the truth in the end: $name',
    async (story) => {
      const all = await pointsOf(temporaryDirectory(), story);
      expect(all).toBeGreaterThan(50);
      for (let point = 1 + (stories.indexOf(story) % stride); point <= all; point += stride) {
        expect(`${point}: ${await trace(story, [point], point)}`).toBe(`${point}: holds`);
      }
    },
    120_000,
  );

  it('the same when it dies again while it is being put right', async () => {
    const points = new Map(stories.map(({ name }) => [name, 250]));
    for (let seed = 1; seed <= 20; seed += 1) {
      const schedule = scheduleOf(seed, points);
      const deaths = [...schedule.points, 40 + seed];
      expect(`${seed}: ${await trace(schedule.story, deaths, seed)}`).toBe(`${seed}: holds`);
    }
  }, 120_000);

  it('the same when its process is really killed', async () => {
    const [story] = stories;
    if (story === undefined) throw new Error('no story');
    for (const point of [25, 60, 110, 150, 190, 230]) {
      expect(`${point}: ${await trace(story, [point], point, liveElsewhere)}`).toBe(`${point}: holds`);
    }
  }, 120_000);
});
