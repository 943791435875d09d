/*
 * One clock for the whole window: everything that shows an age ticks together, and nothing ticks when nothing shows one.
 */

const second = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let present = Date.now();

const tick = (): void => {
  present = Date.now();
  for (const listener of listeners) listener();
};

/** Calls the listener once a second. Returns a function that ends it. */
export const onTick = (listener: () => void): (() => void) => {
  if (timer === null) {
    present = Date.now();
    timer = setInterval(tick, second);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
};

/** The time of the last tick, ms since 1970: the same for everything drawn together. */
export const now = (): number => {
  if (timer === null) present = Date.now();
  return present;
};
