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
import { pollFigures } from './unannounced-figures.ts';

export interface InventoryWatchOptions {
  readonly site: SiteId;
  readonly address: string;
  readonly session: ApiSession;
  readonly thread: ParseThread;
  readonly timing: Timing;
  /** Properties this server does not know, as found out so far. Added to. */
  readonly unknown: Set<string>;
  readonly signal: AbortSignal;
}

/** The most objects asked for in one page. Servers give fewer (vCenter 100). */
const pageSize = 250;

/**
 * The inventory as the server's property collector tells it. The next page is asked for as soon as the beginning of
 * the present one has been read, so that server, network and parsing work at the same time.
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
        pollFigures({ ...options, signal: stop }, watchpoint.view, queue.push).catch(failed);
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

/** Runs until something goes wrong. */
const followUpdates = async (
  { session, thread, timing }: InventoryWatchOptions,
  { collector }: InventoryWatchpoint,
  push: (batches: readonly InventoryBatch[]) => Promise<void>,
  signal: AbortSignal,
): Promise<never> => {
  let truncated = true;
  const ask = (version: string): Promise<HttpAnswer> => {
    const request = waitForUpdatesEx(collector, version, {
      maxWaitSeconds: Math.ceil(timing.longPollMs / 1000),
      maxObjectUpdates: pageSize,
    });
    // Not through `session.fetch`: after a new log-in, collector and version mean nothing any more.
    const deadlineMs = truncated ? timing.pageDeadlineMs : timing.longPollMs + timing.callDeadlineMs;
    return session.raw.fetch(request, { signal, deadlineMs });
  };
  let version = '';
  let asked = ask(version);
  for (;;) {
    const reading = thread.news(await asked);
    const head = await reading.head;
    version = head.version ?? version;
    truncated = head.truncated;
    asked = ask(version);
    // Looked at in the next round; until then a rejection is not an accident.
    asked.catch(() => undefined);
    const { batches } = await reading.whole;
    await push(batches);
  }
};

const countObjects = async (
  { session, thread }: InventoryWatchOptions,
  { view }: InventoryWatchpoint,
  signal: AbortSignal,
): Promise<number> => {
  const request = retrievePropertiesEx(session.content.propertyCollector, {
    properties: [{ type: 'ContainerView', paths: ['view'] }],
    objects: [{ object: view }],
  });
  return thread.count(await session.raw.fetch(request, { signal }));
};

/** Tells the server that nobody watches any more: when the returned function is called, and at the log-out at the latest. */
const releaseLater = (session: ApiSession, { view, collector }: InventoryWatchpoint, timing: Timing): (() => void) => {
  const tidyUp = async (signal: AbortSignal): Promise<void> => {
    // Ends a question that is still open, too.
    await session.raw.call(destroyPropertyCollector(collector), { signal });
    await session.raw.call(destroyView(view), { signal });
  };
  const forget = session.beforeLogout(tidyUp);
  return () => {
    // When that fails, the server cannot be reached just now; it is told again when logging out.
    tidyUp(AbortSignal.timeout(timing.logoutDeadlineMs)).then(forget, () => undefined);
  };
};
