import type { AnnotationChange, AnnotationEvent, AnnotationState } from '../../shared/domain/annotation.ts';
import type { Fix, FixEventBody, FixedDevice, FixRecord } from '../../shared/domain/fix.ts';
import type { EntityId, SiteId, TaskId } from '../../shared/domain/ids.ts';
import type { Entity, InfrastructureEntity } from '../../shared/domain/inventory.ts';
import type { AboutPlatform, Site } from '../../shared/domain/site.ts';
import type { TaskEvent, TaskEventBody, TaskHeader } from '../../shared/domain/task.ts';
import type { VirtualMachine, VmSummary } from '../../shared/domain/virtual-machine.ts';

/** The task log. Events are on disk (fsynced) when `append` returns; they are never changed or removed. */
export interface Journal {
  /** Writes the header and its `created` event in one transaction and gives the task its number. */
  createTask(header: Omit<TaskHeader, 'id'>, at: number): TaskHeader;
  append(task: TaskId, body: TaskEventBody, at: number): TaskEvent;
  /** Several writes as one: all of them are on disk when it returns, or none. An error in `work` undoes them. */
  transaction<Result>(work: () => Result): Result;
  header(task: TaskId): TaskHeader | null;
  events(task: TaskId): readonly TaskEvent[];
  /** Newest first. `before` pages on: only tasks with a smaller number. */
  listTasks(page: { readonly limit: number; readonly before: TaskId | null }): readonly TaskHeader[];
  /** Tasks that left something to people, newest first, paged as {@link listTasks}; `open`: which nobody ticked off. */
  tasksWithFollowUps(page: {
    readonly limit: number;
    readonly before: TaskId | null;
    readonly which: 'open' | 'all';
  }): readonly TaskHeader[];
  /** Grows with each event of any task, whichever process wrote it. */
  lastEvent(): number;
  /** Tasks that left something, or were ticked off, by events later than that number of {@link lastEvent}. */
  followUpsChangedSince(event: number): readonly TaskId[];
  /** Tasks whose last ending event is missing: what a start after a crash has to look at. Oldest first. */
  openTasks(): readonly TaskHeader[];
  /**
   * Makes this process the only runner of tasks, until it ends or releases. Another process that still lives and
   * runs tasks makes it false: then this one may read, and may not resume what the other is doing.
   */
  claimRunner(processId: number, at: number): boolean;
  releaseRunner(processId: number): void;
  close(): void;
}

/** What the last contact with a site left behind. May be thrown away at any time. */
export interface InventoryCache {
  /** Inserts or replaces, in one transaction. `readAt` in ms since 1970. */
  upsert(entities: readonly Entity[], readAt: number): void;
  remove(ids: readonly EntityId[]): void;
  /** After a full sync: whatever of this site was read before `startedAt` is gone from the server. Returns those ids. */
  removeOlderThan(site: SiteId, startedAt: number): readonly EntityId[];
  markRead(site: SiteId, about: AboutPlatform, readAt: number): void;
  siteState(site: SiteId): { readonly readAt: number; readonly about: AboutPlatform } | null;
  infrastructure(site: SiteId): readonly InfrastructureEntity[];
  /** Small rows, in pages of at most `pageSize`, without parsing the whole facts. */
  summaries(site: SiteId, pageSize: number): Iterable<readonly VmSummary[]>;
  vmCount(site: SiteId): number;
  /** Full facts with the time they were read. Ids not in the cache are left out. */
  virtualMachines(ids: readonly EntityId[]): readonly { readonly vm: VirtualMachine; readonly readAt: number }[];
  forgetSite(site: SiteId): void;
  close(): void;
}

/** Sites and preferences. Holds no secret. Kept in the journal's file, because they must not be lost with the cache. */
export interface Settings {
  sites(): readonly Site[];
  saveSite(site: Site): void;
  removeSite(site: SiteId): void;
  preference(key: string): string | null;
  setPreference(key: string, value: string): void;
}

/**
 * Locks, guest-cluster marks and waivers. Kept in the journal's file: they must not be lost with the cache. Statements
 * are on disk (fsynced) when `append` returns; they are never changed or removed.
 */
export interface Annotations {
  append(
    change: AnnotationChange,
    said: { readonly vmName: string | null; readonly by: string; readonly at: number },
  ): AnnotationEvent;
  /** What holds now, with what another process has said meanwhile. The same object as long as nobody says more. */
  present(): AnnotationState;
  /** Who said what and when, newest first: of one VM, or (`vm` null) everything. */
  history(wanted: { readonly vm: EntityId | null; readonly limit: number }): readonly AnnotationEvent[];
}

/**
 * What the console changed of VMs because a person asked for it. Kept in the journal's file. Each event is on disk
 * (fsynced) when its method returns; none is ever changed or removed.
 */
export interface Fixes {
  /** Before anything is done. @returns the number of the fix */
  begin(fix: Fix, before: readonly FixedDevice[], said: { readonly by: string; readonly at: number }): number;
  append(
    number: number,
    body: Exclude<FixEventBody, { readonly kind: 'asked' }>,
    said: { readonly by: string; readonly at: number },
  ): void;
  record(number: number): FixRecord | null;
  /** Newest first. */
  list(limit: number): readonly FixRecord[];
  /** Grows with each event, whichever process wrote it. */
  lastEvent(): number;
}
