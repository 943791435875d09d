import type { EntityId, OperationId } from '../../shared/domain/ids.ts';
import type { TaskHeader, WaitReason } from '../../shared/domain/task.ts';
import type { Settings } from '../storage/ports.ts';

/** How many moves may touch one thing at the same time. */
export interface MigrationLimits {
  readonly perHost: number;
  readonly perDatastore: number;
  /** How many VMs are evacuated to, or restored from, one evacuation image folder. */
  readonly perFolder: number;
}

export const hostLimitPreference = 'limits.movesPerHost';
export const datastoreLimitPreference = 'limits.movesPerDatastore';
export const folderLimitPreference = 'limits.movesPerFolder';
export const filesLimitPreference = 'limits.filesPerMove';

/** What a vSphere host with 1 Gbit/s network takes ("Limits on Simultaneous Migrations", vSphere documentation). */
const defaultPerHost = 4;
/** What a datastore takes of moves that copy disks is 8 (the same document); half of it leaves room for others. */
const defaultPerDatastore = 4;
/** One stream keeps a 1 Gbit/s network busy; a second one fills the gaps between files. */
const defaultPerFolder = 2;
const defaultFilesAtATime = 2;
/** No limit is taken beyond this. */
export const mostAtATime = 32;

/** What a person set; what cannot be understood counts as not set. */
const set = (settings: Pick<Settings, 'preference'>, preference: string, otherwise: number): number => {
  const value = Number(settings.preference(preference) ?? Number.NaN);
  return Number.isInteger(value) && value >= 1 ? Math.min(value, mostAtATime) : otherwise;
};

export const limitsFrom = (settings: Pick<Settings, 'preference'>): MigrationLimits => {
  const limit = (preference: string, otherwise: number): number => set(settings, preference, otherwise);
  return {
    perHost: limit(hostLimitPreference, defaultPerHost),
    perDatastore: limit(datastoreLimitPreference, defaultPerDatastore),
    perFolder: limit(folderLimitPreference, defaultPerFolder),
  };
};

/** How many files of one VM are copied at the same time. */
export const filesAtATimeFrom = (settings: Pick<Settings, 'preference'>): number =>
  set(settings, filesLimitPreference, defaultFilesAtATime);

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
