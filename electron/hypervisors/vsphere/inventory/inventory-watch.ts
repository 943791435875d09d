import type { SiteId } from '../../../../shared/domain/ids.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { InventoryBatch } from '../../port.ts';
import { asAppError } from '../fault-mapping.ts';
import {
  destroyPropertyCollector,
  destroyView,
  retrievePropertiesEx,
  waitForUpdatesEx,
} from '../requests/property-requests.ts';
import type { Timing } from '../timing.ts';
import type { ApiSession } from '../transport/api-session.ts';
import type { HttpAnswer } from '../transport/http-post.ts';
import { isFault } from '../transport/soap-fault.ts';
import { createBatchQueue } from './batch-queue.ts';
import { createWatchpoint, type InventoryWatchpoint } from './inventory-filter.ts';
import type { ParseThread } from './parse-thread.ts';
import type { TaskLabels } from './task-labels.ts';
import { pollFigures } from './unannounced-figures.ts';

export interface InventoryWatchOptions {
  readonly site: SiteId;
  readonly address: string;
  readonly session: ApiSession;
  readonly thread: ParseThread;
  readonly timing: Timing;
  /** Properties this server does not know, as found out so far. Added to. */
  readonly unknown: Set<string>;
  readonly taskLabels: (signal: AbortSignal) => Promise<TaskLabels>;
  readonly signal: AbortSignal;
}

/** The most objects asked for in one page. Servers give fewer (vCenter 100). */
const pageSize = 250;

/**
 * The inventory as the server's property collector tells it. The next page is asked for as soon as the beginning of
 * the present one has arrived, so that server, network and parsing work at the same time.
 * @throws `session-expired`, `connection-lost`, `server-timeout`, `unexpected-answer`, `cancelled`
 */
export async function* watchInventory(options: InventoryWatchOptions): AsyncGenerator<InventoryBatch, void> {
  const { session, thread, unknown, signal, address } = options;
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const queue = createBatchQueue<InventoryBatch>();
  const failed = (error: unknown): void => queue.fail(brokenOff(error, address));
  let release: () => void = () => undefined;
  try {
    const watchpoint = await session.loggedIn(signal, (calls) =>
      createWatchpoint(calls, session.content, unknown, { signal }),
    );
    release = releaseLater(session, watchpoint, options.timing);
    await thread.begin({
      site: options.site,
      rootFolder: session.content.rootFolder,
      unknownProperties: [...unknown],
      taskLabels: await options.taskLabels(signal),
    });
    const total = { count: null as number | null };
    countObjects(options, watchpoint, stop).then(
      (count) => {
        total.count = count;
      },
      // Only an announcement: without it, progress is shown without a total.
      () => undefined,
    );
    followUpdates(options, watchpoint, queue.push, stop).catch(failed);
    for await (const batch of queue.values()) {
      if (batch.kind === 'complete')
        pollFigures({ ...options, signal: stop }, watchpoint.views, queue.push).catch(failed);
      yield batch.kind === 'page' ? { ...batch, total: total.count } : batch;
    }
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', {});
    throw asAppError(error, { address, operation: 'WaitForUpdatesEx' });
  } finally {
    ended.abort();
    release();
  }
}

/** What the server held for this iteration may vanish though the session lives: after a restart of its services. */
const brokenOff = (error: unknown, address: string): AppError =>
  isFault(error, 'InvalidCollectorVersion') || isFault(error, 'ManagedObjectNotFound')
    ? new AppError('connection-lost', { address, reason: error.fault }, error)
    : asAppError(error, { address, operation: 'WaitForUpdatesEx' });

/** A question for changes, with its answer on the way. */
interface Asked {
  /** The version the answer begins with, told before the rest has arrived; null when it does not tell. */
  readonly version: Promise<string | null>;
  readonly answer: Promise<HttpAnswer>;
}

/**
 * Runs until something goes wrong. The server has finished the calculation of an answer when the answer begins, so
 * there are never two calculations at a time, which one of the two would lose (API reference of WaitForUpdatesEx).
 */
const followUpdates = async (
  { session, thread, timing, address }: InventoryWatchOptions,
  { collector }: InventoryWatchpoint,
  push: (batch: InventoryBatch) => Promise<void>,
  signal: AbortSignal,
): Promise<never> => {
  const deadlineMs = Math.max(timing.pageDeadlineMs, timing.longPollMs + timing.callDeadlineMs);
  const ask = (after: string): Asked => {
    const request = waitForUpdatesEx(collector, after, {
      maxWaitSeconds: Math.ceil(timing.longPollMs / 1000),
      maxObjectUpdates: pageSize,
    });
    let tell: (version: string | null) => void = () => undefined;
    const version = new Promise<string | null>((resolve) => {
      tell = resolve;
    });
    const onBeginning = (text: string): void => tell(versionIn(text));
    // Not through `session.fetch`: after a new log-in, collector and version mean nothing any more.
    const answer = session.raw.fetch(request, { signal, deadlineMs, onBeginning });
    answer.catch(() => tell(null));
    return { version, answer };
  };
  let version = '';
  let asked = ask(version);
  for (;;) {
    const early = await asked.version;
    const next = early === null ? null : ask(early);
    let room = Promise.resolve();
    const told = await thread.news(await asked.answer, (batch) => {
      room = push(batch);
    });
    if (early !== null && early !== told.version) {
      const detail = 'its beginning does not fit its content';
      throw new AppError('unexpected-answer', { address, operation: 'WaitForUpdatesEx', detail });
    }
    version = told.version ?? version;
    await room;
    asked = next ?? ask(version);
  }
};

/** An UpdateSet begins with its version (schema of UpdateSet). Only a hint: the whole is read strictly afterwards. */
const versionIn = (beginning: string): string | null =>
  /<returnval[^>]*>\s*<version>([^<&]*)<\/version>/.exec(beginning)?.[1] ?? null;

const countObjects = async (
  { session, thread }: InventoryWatchOptions,
  { views }: InventoryWatchpoint,
  signal: AbortSignal,
): Promise<number> => {
  const request = retrievePropertiesEx(session.content.propertyCollector, {
    properties: [{ type: 'ContainerView', paths: ['view'] }],
    objects: views.map((object) => ({ object })),
  });
  return thread.count(await session.raw.fetch(request, { signal }));
};

/** Tells the server that nobody watches any more: when the returned function is called, and at the log-out at the latest. */
const releaseLater = (session: ApiSession, { views, collector }: InventoryWatchpoint, timing: Timing): (() => void) => {
  let tidyingUp: Promise<void> | null = null;
  const tidyUp = async (signal: AbortSignal): Promise<void> => {
    // Ends a question that is still open, too.
    await session.raw.call(destroyPropertyCollector(collector), { signal });
    for (const view of views) await session.raw.call(destroyView(view), { signal });
  };
  const once = (signal: AbortSignal): Promise<void> => {
    tidyingUp ??= tidyUp(signal).catch((error: unknown) => {
      tidyingUp = null;
      throw error;
    });
    return tidyingUp;
  };
  const forget = session.beforeLogout(once);
  return () => {
    // When that fails, the server cannot be reached just now; it is told again when logging out.
    once(AbortSignal.timeout(timing.logoutDeadlineMs)).then(forget, () => undefined);
  };
};
