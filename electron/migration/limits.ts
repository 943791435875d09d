import type { EntityId, OperationId } from '../../shared/domain/ids.ts';
import type { TaskHeader, WaitReason } from '../../shared/domain/task.ts';
import type { Settings } from '../storage/ports.ts';

/** How many moves may touch one thing at the same time. */
export interface MigrationLimits {
  readonly perHost: number;
}

export const hostLimitPreference = 'limits.movesPerHost';

/** What a vSphere host with 1 Gbit/s network takes ("Limits on Simultaneous Migrations", vSphere documentation). */
const defaultPerHost = 4;
const mostPerHost = 32;

/** The limits a person set; what cannot be understood counts as not set. */
export const limitsFrom = (settings: Pick<Settings, 'preference'>): MigrationLimits => {
  const perHost = Number(settings.preference(hostLimitPreference) ?? Number.NaN);
  return { perHost: Number.isInteger(perHost) && perHost >= 1 ? Math.min(perHost, mostPerHost) : defaultPerHost };
};

/** A task that has begun and has not ended, as far as anybody knows. */
export interface UnderWay {
  readonly operation: OperationId;
  readonly hosts: readonly EntityId[];
}

/** The hosts a move puts load on, as far as they are known before the platform chooses. */
export const hostsOf = ({ move, origin }: Pick<TaskHeader, 'move' | 'origin'>): readonly EntityId[] => {
  const chosen = move.destination.kind === 'host' ? move.destination.id : move.host;
  return [...new Set([origin.host, chosen])].filter((host) => host !== null);
};

/**
 * Why a task has to wait; null when it may begin.
 * @param underWay tasks of unknown outcome belong here too: the platform may still be at them
 * @param offlineSite name of the VM's site when it is not connected
 */
export const waitReasonOf = (
  header: TaskHeader,
  underWay: readonly UnderWay[],
  limits: MigrationLimits,
  offlineSite: string | null,
  hostName: (host: EntityId) => string,
): WaitReason | null => {
  if (offlineSite !== null) return { kind: 'site-offline', siteName: offlineSite };
  const sameOperation = underWay.filter((task) => task.operation === header.operation).length;
  if (sameOperation >= header.atATime) return { kind: 'operation-limit', limit: header.atATime };
  const full = hostsOf(header).find(
    (host) => underWay.filter((task) => task.hosts.includes(host)).length >= limits.perHost,
  );
  return full === undefined
    ? null
    : { kind: 'host-limit', host: full, hostName: hostName(full), limit: limits.perHost };
};
