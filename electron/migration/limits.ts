import type { EntityId, OperationId } from '../../shared/domain/ids.ts';
import { defaultLimits, type Limits, limitNames, type MigrationLimits } from '../../shared/domain/limits.ts';
import type { TaskHeader, WaitReason } from '../../shared/domain/task.ts';
import { mostAtATime } from '../../shared/ipc/schemas/limits.ts';
import type { Settings } from '../storage/ports.ts';

const preferences: Readonly<Record<keyof Limits, string>> = {
  perHost: 'limits.movesPerHost',
  perDatastore: 'limits.movesPerDatastore',
  perFolder: 'limits.movesPerFolder',
  filesPerVm: 'limits.filesPerMove',
};

/** What a person set; what cannot be understood counts as not set. */
export const limitsFrom = (settings: Pick<Settings, 'preference'>): Limits => {
  const limit = (name: keyof Limits): number => {
    const value = Number(settings.preference(preferences[name]) ?? Number.NaN);
    return Number.isInteger(value) && value >= 1 ? Math.min(value, mostAtATime) : defaultLimits[name];
  };
  return {
    perHost: limit('perHost'),
    perDatastore: limit('perDatastore'),
    perFolder: limit('perFolder'),
    filesPerVm: limit('filesPerVm'),
  };
};

/** Keeps those that are named. */
export const keepLimits = (settings: Pick<Settings, 'setPreference'>, limits: Partial<Limits>): void => {
  for (const name of limitNames) {
    const limit = limits[name];
    if (limit !== undefined) settings.setPreference(preferences[name], String(limit));
  }
};

/** A task that has begun and has not ended, as far as anybody knows. */
export interface UnderWay {
  readonly operation: OperationId;
  readonly hosts: readonly EntityId[];
  readonly datastores: readonly EntityId[];
  /** The evacuation image folder it writes to or reads from; null when it has none. */
  readonly folder: string | null;
}

/** The hosts a move puts load on, as far as they are known before the platform chooses. */
export const hostsOf = ({ move, origin }: Pick<TaskHeader, 'move' | 'origin'>): readonly EntityId[] => {
  const chosen = move.destination.kind === 'host' ? move.destination.id : move.host;
  return [...new Set([origin.host, chosen])].filter((host) => host !== null);
};

/** The datastores whose disks a move copies, as far as they are known before the platform chooses. */
export const datastoresOf = ({ move, origin }: Pick<TaskHeader, 'move' | 'origin'>): readonly EntityId[] => {
  // A hot or direct move without another datastore leaves the disks where they are.
  if (move.method !== 'cold-evacuate')
    return move.datastore === null ? [] : [...new Set([...origin.datastores, move.datastore])];
  const from = move.evacuation?.part === 'restore' ? [] : origin.datastores;
  return [...new Set([...from, move.datastore])].filter((datastore) => datastore !== null);
};

export const folderOf = ({ move }: Pick<TaskHeader, 'move'>): string | null => move.evacuation?.folder ?? null;

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
  nameOf: (entity: EntityId) => string,
): WaitReason | null => {
  if (offlineSite !== null) return { kind: 'site-offline', siteName: offlineSite };
  const sameOperation = underWay.filter((task) => task.operation === header.operation).length;
  if (sameOperation >= header.atATime) return { kind: 'operation-limit', limit: header.atATime };
  const full = hostsOf(header).find(
    (host) => underWay.filter((task) => task.hosts.includes(host)).length >= limits.perHost,
  );
  if (full !== undefined) return { kind: 'host-limit', host: full, hostName: nameOf(full), limit: limits.perHost };
  const fullStore = datastoresOf(header).find(
    (datastore) => underWay.filter((task) => task.datastores.includes(datastore)).length >= limits.perDatastore,
  );
  if (fullStore !== undefined) {
    const limit = limits.perDatastore;
    return { kind: 'datastore-limit', datastore: fullStore, datastoreName: nameOf(fullStore), limit };
  }
  const folder = folderOf(header);
  return folder !== null && underWay.filter((task) => task.folder === folder).length >= limits.perFolder
    ? { kind: 'folder-limit', folder, limit: limits.perFolder }
    : null;
};
