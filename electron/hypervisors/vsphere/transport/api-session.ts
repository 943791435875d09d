import type { Agent } from 'node:https';
import type { Site } from '../../../../shared/domain/site.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { currentTime, login, logout } from '../requests/session-requests.ts';
import type { SoapRequest } from '../requests/xml-writer.ts';
import type { ServiceContent } from '../service-content.ts';
import type { Timing } from '../timing.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import type { HttpAnswer } from './http-post.ts';
import type { LoginGuard } from './login-guard.ts';
import { type CallOptions, createSoapClient } from './soap-client.ts';
import { isFault } from './soap-fault.ts';

/** One log-in at the server. It logs in when first needed, and again when the server has ended the session. */
export interface ApiSession {
  readonly content: ServiceContent;
  /**
   * @throws VimFault, and AppErrors: `login-refused`, `session-expired`, `connection-lost`, `server-timeout`, `cancelled`
   */
  call(request: SoapRequest, options: CallOptions): Promise<XmlValue | undefined>;
  /** Like {@link call}, with the answer unread. */
  fetch(request: SoapRequest, options: CallOptions): Promise<HttpAnswer>;
  /**
   * Runs work that consists of calls, and runs it once more after a new log-in when it throws NotAuthenticated.
   * For work that a new session does not disturb.
   */
  loggedIn<Result>(signal: AbortSignal, work: (calls: RawCalls) => Promise<Result>): Promise<Result>;
  /** For work that a new session would disturb: nobody logs in again. */
  readonly raw: RawCalls;
  /** The cookie of the present session, for files the server itself hands out. Secret. */
  cookie(): string;
  /** Something to tell the server before logging out. Returns how to take that back. */
  beforeLogout(act: (signal: AbortSignal) => Promise<void>): () => void;
  /** Logs out. Never rejects. */
  close(): Promise<void>;
}

/** Calls in the present session; they throw NotAuthenticated when it has ended. */
export type RawCalls = Pick<ApiSession, 'call' | 'fetch'>;

export interface ApiSessionOptions {
  readonly site: Site;
  readonly password: string;
  readonly content: ServiceContent;
  readonly agent: Agent;
  readonly guard: LoginGuard;
  readonly timing: Timing;
}

export const createApiSession = ({ site, password, content, agent, guard, timing }: ApiSessionOptions): ApiSession => {
  const { address, userName } = site;
  const client = createSoapClient(site, agent);
  client.speakVersion(content.apiVersion);
  client.contacted();
  const ending = new AbortController();
  /** Counts log-ins, so that of several calls that find the session ended, one logs in and the others go on. */
  let generation = 0;
  let loggingIn: Promise<void> | null = null;
  let keepAlive: NodeJS.Timeout | null = null;
  const withDeadline = (options: CallOptions): CallOptions => ({ deadlineMs: timing.callDeadlineMs, ...options });
  const raw: RawCalls = {
    call: (request, options) => client.call(request, withDeadline(options)),
    fetch: (request, options) => client.fetch(request, withDeadline(options)),
  };
  const lastActs = new Set<(signal: AbortSignal) => Promise<void>>();

  const tryLogin = async (): Promise<void> => {
    for (;;) {
      guard.admit();
      const wait = guard.waitMs();
      if (wait > 0) await timing.wait(wait, ending.signal);
      try {
        await client.call(login(content.sessionManager, { userName, password }), {
          signal: ending.signal,
          deadlineMs: timing.callDeadlineMs,
          once: true,
        });
        break;
      } catch (error) {
        if (!isFault(error, 'InvalidLogin') && !isFault(error, 'NoPermission')) throw error;
        guard.refused();
        // The first log-in of a person's typing is not repeated; one that has worked before may fail for a moment.
        if (generation === 0 || !guard.mayTryAgain()) {
          throw new AppError('login-refused', { address, userName }, error);
        }
      }
    }
    guard.accepted();
    generation += 1;
    // They were about the session before, which has ended with all it held.
    lastActs.clear();
    keepAlive ??= startKeepAlive();
  };

  const logIn = (): Promise<void> => {
    loggingIn ??= tryLogin().finally(() => {
      loggingIn = null;
    });
    return loggingIn;
  };

  const startKeepAlive = (): NodeJS.Timeout => {
    const timer = setInterval(() => {
      // When it fails, the next real call finds out, and says so to somebody.
      session.call(currentTime(), { signal: ending.signal }).catch(() => undefined);
    }, timing.keepAliveMs);
    return timer.unref();
  };

  const loggedIn: ApiSession['loggedIn'] = async (signal, work) => {
    if (generation === 0) await unlessAborted(logIn(), signal);
    const before = generation;
    try {
      return await work(raw);
    } catch (error) {
      if (!isFault(error, 'NotAuthenticated')) throw error;
      if (generation === before) await unlessAborted(logIn(), signal);
    }
    return work(raw);
  };

  const session: ApiSession = {
    content,
    call: (request, options) => loggedIn(options.signal, (calls) => calls.call(request, options)),
    fetch: (request, options) => loggedIn(options.signal, (calls) => calls.fetch(request, options)),
    loggedIn,
    raw,
    cookie: () => client.cookie(),
    beforeLogout: (act) => {
      lastActs.add(act);
      return () => lastActs.delete(act);
    },
    close: async () => {
      if (keepAlive) clearInterval(keepAlive);
      ending.abort();
      if (generation === 0) return;
      // Short, because somebody waits for the console to close; a server that hangs ends the session by itself.
      const signal = AbortSignal.timeout(timing.logoutDeadlineMs);
      await Promise.allSettled([...lastActs].map((act) => act(signal)));
      await client.call(logout(content.sessionManager), { signal }).catch(() => undefined);
    },
  };

  return session;
};

/** Waits for something that goes on for others when this caller gives up. */
const unlessAborted = async <Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> => {
  if (signal.aborted) throw new AppError('cancelled', {});
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new AppError('cancelled', {}));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
};
