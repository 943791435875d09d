import type { ManualClock } from '../../electron/hypervisors/lab/lab-clock.ts';

/** Steps after which a test is taken to wait for something that never happens: 100 simulated minutes. */
const patience = 60_000;
const stepMs = 100;

/** Lets everything that is ready run, without any time passing. */
export const settleMicrotasks = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Advances the clock until the promise settles, and settles likewise. No real time is waited for. */
export const whileClockRuns = async <Value>(clock: ManualClock, promise: Promise<Value>): Promise<Value> => {
  let settled = false;
  const mark = (): void => {
    settled = true;
  };
  promise.then(mark, mark);
  await settleMicrotasks();
  for (let step = 0; !settled; step += 1) {
    if (step > patience) throw new Error('nothing that was waited for happened in 100 minutes of simulated time');
    clock.advance(stepMs);
    await settleMicrotasks();
  }
  return promise;
};
