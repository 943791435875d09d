import { describe, expect, it } from 'vitest';
import type { Journal } from '../../../electron/storage/ports.ts';
import { isOpen, type TaskState } from '../../../shared/domain/task.ts';
import { idOf } from '../../support/inventory-builders.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { aPlatformWith, poolOf, type RunnerBench, runnerBench } from '../../support/runner-bench.ts';
import { type CallHook, platformFault, type ScriptedPlatform } from '../../support/scripted-session.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/**
 * A process that dies at the n-th thing it does to the outside, before or after that is done: a write to the journal,
 * or a call of the platform. From then on it does nothing any more.
 */
interface MortalProcess {
  readonly journal: (journal: Journal) => Journal;
  readonly hook: CallHook;
  readonly isDead: () => boolean;
  /** What it did last, for the messages of the test. */
  readonly last: () => string;
}

const dieAt = (point: number): MortalProcess => {
  let acts = 0;
  let last = '';
  const reach = (what: string): boolean => {
    if (acts >= point) return true;
    acts += 1;
    last = what;
    return acts >= point;
  };
  const killed = (): never => {
    throw new Error('killed');
  };
  let inTransaction = false;
  const write = <Result>(work: () => Result): Result => {
    if (inTransaction) return work();
    if (reach('before a write')) return killed();
    inTransaction = true;
    try {
      const result = work();
      return reach('after a write') ? killed() : result;
    } finally {
      inTransaction = false;
    }
  };
  return {
    journal: (journal) => ({
      ...journal,
      transaction: (work) => write(() => journal.transaction(work)),
      createTask: (header, at) => write(() => journal.createTask(header, at)),
      append: (task, body, at) => write(() => journal.append(task, body, at)),
    }),
    // A call that never comes back: nobody is there to get the answer.
    hook: (call, moment) => (reach(`${moment} ${call}`) ? new Promise(() => undefined) : undefined),
    isDead: () => acts >= point,
    last: () => last,
  };
};

interface Story {
  /** Returns what lets the platform go on. */
  readonly prepare: (platform: ScriptedPlatform) => () => void;
  /** What people do while it runs. */
  readonly meanwhile: (bench: RunnerBench) => void;
}

const nothing = (): void => undefined;

const stories: Readonly<Record<string, Story>> = {
  'a move that succeeds': { prepare: () => nothing, meanwhile: () => undefined },
  'a move that fails': {
    prepare: (platform) => {
      platform.nextMoveEnds({ kind: 'failed', error: platformFault });
      return nothing;
    },
    meanwhile: () => undefined,
  },
  'a move that is cancelled': {
    prepare: (platform) => platform.holdMoves(),
    meanwhile: (bench) => {
      const id = bench.told.at(-1)?.header.id;
      if (id !== undefined && bench.told.at(-1)?.state === 'running' && bench.told.at(-1)?.platformTask) {
        void bench.runner.cancel(id).catch(() => undefined);
      }
    },
  },
};

const meanwhileOnThePlatform: Readonly<Record<string, (platform: ScriptedPlatform, letOn: () => void) => void>> = {
  'goes on': (platform, letOn) => {
    letOn();
    platform.passTime();
  },
  'stands still': () => undefined,
  'forgets its tasks': (platform) => platform.forgetTasks(),
};

/** Lets everything run on until the process is dead or has nothing left to do. */
const runOut = async (isDead: () => boolean, isDone: () => boolean): Promise<void> => {
  while (!isDead() && !isDone()) await new Promise(setImmediate);
};

interface World {
  readonly directory: string;
  readonly platform: ScriptedPlatform;
  readonly letOn: () => void;
}

const newWorld = (story: Story): World => {
  const platform = aPlatformWith('web-01');
  return { directory: temporaryDirectory(), platform, letOn: story.prepare(platform) };
};

/** @returns the dead process, or null when it did not live long enough to die at this point */
const firstLife = async (
  { directory, platform }: World,
  story: Story,
  point: number,
): Promise<MortalProcess | null> => {
  const process = dieAt(point);
  const storage = openTestStorage(directory);
  const bench = runnerBench({
    platform,
    journal: process.journal(storage.journal),
    session: platform.session(process.hook),
    onTask: () => queueMicrotask(() => story.meanwhile(bench)),
    mortal: true,
  });
  try {
    bench.submitOne();
  } catch {
    // Killed while the task was made.
  }
  await runOut(process.isDead, () => bench.told.some((view) => !isOpen(view.state)));
  storage.close();
  return process.isDead() ? process : null;
};

/** The console is started again with its site connected, and dies again while it finds out what had happened. */
const secondLife = async ({ directory, platform }: World, point: number): Promise<boolean> => {
  const process = dieAt(point);
  const storage = openTestStorage(directory);
  const bench = runnerBench({
    platform,
    journal: process.journal(storage.journal),
    session: platform.session(process.hook),
    mortal: true,
  });
  let quiet = false;
  try {
    bench.runner.takeOver();
    void bench.runner.quiet().then(() => {
      quiet = true;
    });
  } catch {
    // Killed while it took over what was open.
  }
  await runOut(process.isDead, () => quiet);
  storage.close();
  return process.isDead();
};

/** The console is started again, and in the end everything is known and true. */
const lastLife = async ({ directory, platform, letOn }: World, where: string): Promise<void> => {
  const bench = runnerBench({ platform, journal: openTestStorage(directory).journal, session: null });
  expect(bench.runner.takeOver(), where).toBe(true);
  await bench.runner.quiet();
  const [task] = bench.runner.log.list({ limit: 2, before: null });
  if (!task) {
    expect(platform.starts, where).toEqual([]);
    return;
  }
  const afterRecovery: readonly TaskState[] = ['interrupted', 'unknown', 'cancelled', 'completed', 'failed'];
  expect(afterRecovery, where).toContain(task.state);

  bench.session = platform.session();
  bench.runner.reconcile(bench.session.site);
  letOn();
  await bench.runner.quiet();
  const view = bench.view(task.header.id);
  expect(`${where}: ${view.state} in ${poolOf(platform)}`).toMatch(
    /: (completed in pool-02|(cancelled|failed) in pool-01)$/,
  );
  expect(platform.starts.length, where).toBeLessThanOrEqual(1);
  expect(platform.vm(idOf('vm', 'web-01'))?.busyWith, where).toBeNull();
  expect(bench.journal.openTasks(), where).toEqual([]);
};

describe.each(Object.entries(stories))('a console that dies at any moment of %s', (_, story) => {
  it.each(Object.entries(meanwhileOnThePlatform))(
    'tells the truth about the VM afterwards, when the platform %s',
    async (_name, after) => {
      let point = 0;
      for (;;) {
        point += 1;
        const world = newWorld(story);
        const dead = await firstLife(world, story, point);
        if (!dead) break;
        after(world.platform, world.letOn);
        await lastLife(world, `died at ${point}, ${dead.last()}`);
      }
      // Every write and every call was met, both before and after.
      expect(point).toBeGreaterThan(20);
    },
    30_000,
  );
});

describe('a console that dies again while it finds out what had happened', () => {
  it.each(['after startRelocation', 'before followTask', 'after followTask'])(
    'tells the truth all the same, when it had died %s',
    async (firstDeath) => {
      const story = stories['a move that succeeds'];
      if (!story) throw new Error('no story');
      let firstPoint = 0;
      for (let dead: MortalProcess | null = null; dead?.last() !== firstDeath; ) {
        firstPoint += 1;
        dead = await firstLife(newWorld(story), story, firstPoint);
      }
      let point = 0;
      for (;;) {
        point += 1;
        const world = newWorld(story);
        await firstLife(world, story, firstPoint);
        const diedAgain = await secondLife(world, point);
        if (!diedAgain) break;
        await lastLife(world, `died ${firstDeath}, and again at ${point}`);
      }
      expect(point).toBeGreaterThan(8);
    },
    30_000,
  );
});
