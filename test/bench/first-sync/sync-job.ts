import type { Site } from '../../../shared/domain/site.ts';

/** What the process of a first sync is told, as JSON on its stdin. */
export interface SyncJob {
  readonly site: Site;
  readonly password: string;
  /** Where the console's files are to be made. */
  readonly directory: string;
}

/** What it tells when it is done, as JSON on its stdout. Times in ms since its own work began, modules loaded. */
export interface SyncReport {
  readonly vms: number;
  /** Objects that are no VMs. */
  readonly others: number;
  /** VMs found in the cache file afterwards. */
  readonly vmsInFile: number;
  readonly logInMs: number;
  /** The first page is in the cache. */
  readonly firstPageMs: number;
  /** Everything is in the cache. */
  readonly completeMs: number;
  /** Of that, in the inventory service and the cache. */
  readonly applyingMs: number;
  /** Of the whole process, all threads. */
  readonly processorMs: number;
}
