import type { Site } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { LabServer } from './lab-server.ts';

/** How long the console waits for an answer, ms; the same as with a real server. */
export const answerTimeoutMs = 30_000;

/** What errors call the place of a site that has no address. */
export const addressOf = (site: Site): string => (site.address === '' ? 'lab' : site.address);

/** The way of every call of one session to its server: may it go, does the answer come back. */
export interface SessionGate {
  /**
   * Lets the server do the work, then waits as long as the answer takes.
   * @throws AppError `site-not-connected`, `cancelled`, `connection-lost`, `session-expired`, `server-timeout`, and
   *   what the work throws
   */
  call<Answer>(operation: string, signal: AbortSignal, work: () => Answer): Promise<Answer>;
  /**
   * Throws as {@link call} does when a call could not go out now. A session that the server has forgotten logs in
   * again by itself.
   */
  pass(signal: AbortSignal): void;
  /** Lets lab time pass; none at all for 0. @throws as {@link call}, as soon as waiting has no use any longer */
  delay(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Tells when waiting has no use any longer: aborted, closed, cut, or (with `orExpiry`) forgotten by the server.
   * @returns stops the telling
   */
  onInterruption(signal: AbortSignal, orExpiry: boolean, interrupted: (error: AppError) => void): () => void;
  isClosed(): boolean;
  close(): void;
}

export const createSessionGate = (server: LabServer, site: Site): SessionGate => {
  const { link, faults, clock, pace } = server;
  const address = addressOf(site);
  let known = link.sessionNumber();
  let closed = false;
  const closing = new Set<() => void>();

  const notConnected = (): AppError => new AppError('site-not-connected', { siteName: site.name });
  const lost = (): AppError => new AppError('connection-lost', { address, reason: 'the connection was cut' });
  const expired = (): AppError => new AppError('session-expired', { address });

  const pass = (signal: AbortSignal): void => {
    if (closed) throw notConnected();
    if (signal.aborted) throw new AppError('cancelled', {});
    if (!link.isUp()) throw lost();
    if (known === link.sessionNumber()) return;
    if (faults.take('login-refused', site.id) !== null) throw expired();
    known = link.sessionNumber();
  };

  const onInterruption: SessionGate['onInterruption'] = (signal, orExpiry, interrupted) => {
    const abort = (): void => interrupted(new AppError('cancelled', {}));
    const close = (): void => interrupted(notConnected());
    signal.addEventListener('abort', abort);
    closing.add(close);
    const stopListening = link.subscribe((event) => {
      if (event === 'cut') interrupted(lost());
      else if (orExpiry) interrupted(expired());
    });
    return () => {
      signal.removeEventListener('abort', abort);
      closing.delete(close);
      stopListening();
    };
  };

  const delay = (ms: number, signal: AbortSignal): Promise<void> => {
    if (ms === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        stopTimer();
        stopInterruption();
        act();
      };
      const stopTimer = clock.after(ms, () => settle(resolve));
      const stopInterruption = onInterruption(signal, false, (error) => settle(() => reject(error)));
    });
  };

  const wait = async (operation: string, signal: AbortSignal): Promise<void> => {
    const delayMs = pace.answerMs + (faults.standing('slow-answers', site.id)?.delayMs ?? 0);
    await delay(Math.min(delayMs, answerTimeoutMs), signal);
    if (delayMs > answerTimeoutMs) {
      throw new AppError('server-timeout', { address, operation, afterMs: answerTimeoutMs });
    }
  };

  return {
    call: async (operation, signal, work) => {
      pass(signal);
      const answer = work();
      await wait(operation, signal);
      return answer;
    },
    pass,
    delay,
    onInterruption,
    isClosed: () => closed,
    close: () => {
      closed = true;
      for (const tell of [...closing]) tell();
    },
  };
};
