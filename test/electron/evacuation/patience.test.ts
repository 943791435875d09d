import { describe, expect, test } from 'vitest';
import { createPatience } from '../../../electron/evacuation/patience.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const unreachable = (folder: string) => ({ code: 'folder-unusable', data: { folder, problem: 'unreachable' } });

/** An answer that comes when it is told to. */
const pending = () => {
  let answer: (value: string) => void = () => {};
  const promise = new Promise<string>((resolve) => {
    answer = resolve;
  });
  return { promise, answer };
};

/** Waits for the outcome without anybody handling it yet. */
const outcome = (asked: Promise<unknown>): Promise<unknown> => asked.catch((error: unknown) => error);

describe('patience', () => {
  test('gives the answer, or what the work fails with, and leaves no timer behind', async () => {
    const clock = createFakeClock();
    const patience = createPatience(clock);
    expect(await patience('/a', async () => 7)).toBe(7);
    await expect(patience('/a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(clock.waits()).toEqual([]);
  });

  test('ends for a folder that does not answer, asks it no more, and comes back when it has answered', async () => {
    const clock = createFakeClock();
    const patience = createPatience(clock);
    const slow = pending();
    const first = outcome(patience('/dead', () => slow.promise));
    await clock.advance(60_000);
    expect(await first).toMatchObject(unreachable('/dead'));
    let asked = false;
    const work = async (): Promise<string> => {
      asked = true;
      return 'here';
    };
    await expect(patience('/dead', work)).rejects.toMatchObject(unreachable('/dead'));
    expect(asked).toBe(false);
    expect(await patience('/alive', work)).toBe('here');
    slow.answer('late');
    await clock.advance(0);
    expect(await patience('/dead', work)).toBe('here');
  });

  test('never holds more than three threads, however many folders are dead', async () => {
    const clock = createFakeClock();
    const patience = createPatience(clock);
    let running = 0;
    const dead = [1, 2, 3, 4, 5].map((number) =>
      outcome(
        patience(`/dead-${number}`, () => {
          running += 1;
          return new Promise(() => {});
        }),
      ),
    );
    await clock.advance(1);
    expect(running).toBe(3);
    await clock.advance(60_000);
    expect(await Promise.all(dead)).toMatchObject([1, 2, 3, 4, 5].map((number) => unreachable(`/dead-${number}`)));
    expect(running).toBe(3);
  });

  test('who waits in line gets his turn as soon as another is served', async () => {
    const clock = createFakeClock();
    const patience = createPatience(clock);
    const slow = pending();
    const others = [1, 2, 3].map((number) => patience(`/slow-${number}`, () => slow.promise));
    const last = patience('/quick', async () => 'served');
    slow.answer('done');
    expect(await Promise.all(others)).toEqual(['done', 'done', 'done']);
    expect(await last).toBe('served');
  });
});
