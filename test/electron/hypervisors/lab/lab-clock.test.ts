import { describe, expect, it } from 'vitest';
import { createManualClock, realClock } from '../../../../electron/hypervisors/lab/lab-clock.ts';

describe('the manual clock', () => {
  it('calls back in the order of the times asked for, each at its time', () => {
    const clock = createManualClock(1000);
    const called: [string, number][] = [];
    clock.after(300, () => called.push(['late', clock.now()]));
    clock.after(100, () => called.push(['early', clock.now()]));
    clock.after(100, () => called.push(['early too', clock.now()]));
    clock.advance(250);
    expect(called).toEqual([
      ['early', 1100],
      ['early too', 1100],
    ]);
    expect(clock.now()).toBe(1250);
    clock.advance(50);
    expect(called.at(-1)).toEqual(['late', 1300]);
  });

  it('calls back what is asked for while it advances', () => {
    const clock = createManualClock(0);
    const beats: number[] = [];
    const beat = (): void => {
      beats.push(clock.now());
      clock.after(10, beat);
    };
    clock.after(10, beat);
    clock.advance(35);
    expect(beats).toEqual([10, 20, 30]);
    expect(clock.pending()).toBe(1);
  });

  it('forgets what was taken back', () => {
    const clock = createManualClock();
    let called = false;
    const cancel = clock.after(10, () => {
      called = true;
    });
    cancel();
    clock.advance(100);
    expect(called).toBe(false);
    expect(clock.pending()).toBe(0);
  });
});

describe('the real clock', () => {
  it('tells the time of the machine and calls back', async () => {
    const before = Date.now();
    await new Promise<void>((resolve) => {
      realClock.after(0, resolve);
    });
    expect(realClock.now()).toBeGreaterThanOrEqual(before);
  });

  it('can be told not to call back', () => {
    const cancel = realClock.after(60_000, () => undefined);
    expect(cancel).not.toThrow();
  });
});
