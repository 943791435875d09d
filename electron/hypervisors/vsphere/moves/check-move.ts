import { entityId, type SiteId } from '../../../../shared/domain/ids.ts';
import type { Move } from '../../../../shared/domain/migration.ts';
import type { PlatformObjection } from '../../port.ts';
import { nativeIdOfRef } from '../managed-ref.ts';
import { objectionsIn } from '../objections.ts';
import { checkRelocate } from '../requests/move-requests.ts';
import { pauses, type Timing } from '../timing.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { VimFault } from '../transport/soap-fault.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asList, asRef, refAt } from '../xml/xml-values.ts';
import { prepareMove } from './hot-move.ts';
import { readTask } from './task-info.ts';

/**
 * The server's own opinion of a move (CheckRelocate_Task), for the same specification the move would be started with.
 * A move that only changes the pool, and a server that is one host, have nothing to check.
 */
export const checkMove = async (
  session: ApiSession,
  site: SiteId,
  move: Move,
  timing: Timing,
  signal: AbortSignal,
): Promise<readonly PlatformObjection[]> => {
  const { vm, spec } = await prepareMove(session, move, signal);
  const checker = session.content.provisioningChecker;
  if (spec === null || checker === null) return [];
  const task = asRef(await session.call(checkRelocate(checker, vm, spec), { signal }));
  if (task === undefined) return [];
  const pause = pauses(timing);
  for (;;) {
    const info = await readTask(session, task, signal);
    if (info === null) throw new VimFault('ManagedObjectNotFound', 'The task of the check is gone.', {});
    if (info.state === 'error') throw info.error ?? new VimFault('TaskError', '', {});
    if (info.state === 'success') return asList(info.result).flatMap((result) => objectionsOf(result, site));
    await pause(signal);
  }
};

/** One result for each host that was looked at (CheckResult). */
const objectionsOf = (result: XmlValue, site: SiteId): readonly PlatformObjection[] => {
  const host = refAt(result, 'host');
  return objectionsIn(result, host === undefined ? null : entityId(site, nativeIdOfRef(host)));
};
