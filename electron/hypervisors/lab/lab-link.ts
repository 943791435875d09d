import type { LabClock } from './lab-clock.ts';

export type LinkEvent = 'cut' | 'expired';

/** The way between the console and a lab site: it can break, and the site can forget who is logged in. */
export interface LabLink {
  isUp(): boolean;
  /** Changes when the site forgets its sessions: one that was opened at another number is no longer known. */
  sessionNumber(): number;
  /** Cuts every connection; none can be made until it is restored. @param backAfterMs null: by {@link restore} only */
  cut(backAfterMs: number | null): void;
  restore(): void;
  expireSessions(): void;
  /** @returns stops the telling. */
  subscribe(listener: (event: LinkEvent) => void): () => void;
}

export const createLabLink = (clock: LabClock): LabLink => {
  let up = true;
  let number = 1;
  let stopWaiting: () => void = () => undefined;
  const listeners = new Set<(event: LinkEvent) => void>();
  const tell = (event: LinkEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };
  const restore = (): void => {
    stopWaiting();
    stopWaiting = () => undefined;
    up = true;
  };

  return {
    isUp: () => up,
    sessionNumber: () => number,
    cut: (backAfterMs) => {
      restore();
      up = false;
      if (backAfterMs !== null) stopWaiting = clock.after(backAfterMs, restore);
      tell('cut');
    },
    restore,
    expireSessions: () => {
      number += 1;
      tell('expired');
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};
