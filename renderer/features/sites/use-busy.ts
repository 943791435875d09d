import { useCallback, useEffect, useRef, useState } from 'react';

export interface Busy {
  /** What is going on, in words; null when nothing is. */
  readonly what: string | null;
  /** Runs one thing at a time: another one cancels it. `act` must not reject. */
  readonly run: (what: string, act: (signal: AbortSignal) => Promise<void>) => void;
  /** Cancels it, in the main process too. */
  readonly stop: () => void;
}

/** Something a dialog waits for and can stop; closing the dialog stops it. */
export const useBusy = (): Busy => {
  const [what, setWhat] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(() => stop, [stop]);
  const run = useCallback<Busy['run']>((words, act) => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setWhat(words);
    void act(mine.signal).then(() => {
      if (running.current === mine) setWhat(null);
    });
  }, []);
  return { what, run, stop };
};
