/** How many moves may touch one thing at the same time. */
export interface MigrationLimits {
  readonly perHost: number;
  readonly perDatastore: number;
  /** How many VMs are evacuated to, or restored from, one evacuation image folder. */
  readonly perFolder: number;
}

/** All that a person can limit. */
export interface Limits extends MigrationLimits {
  /** How many files of one VM are copied at the same time. */
  readonly filesPerVm: number;
}

/** What holds where nobody has said otherwise. */
export const defaultLimits: Limits = {
  // What a vSphere host with 1 Gbit/s network takes ("Limits on Simultaneous Migrations", vSphere documentation).
  perHost: 4,
  // What a datastore takes of moves that copy disks is 8 (the same document); half of it leaves room for others.
  perDatastore: 4,
  // One stream keeps a 1 Gbit/s network busy; a second one fills the gaps between files.
  perFolder: 2,
  filesPerVm: 2,
};

export const limitNames = [
  'perHost',
  'perDatastore',
  'perFolder',
  'filesPerVm',
] as const satisfies readonly (keyof Limits)[];
