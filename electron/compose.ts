import { randomUUID } from 'node:crypto';
import { type SiteId, siteOf, taskLabel } from '../shared/domain/ids.ts';
import { type Platform, platformOf } from '../shared/domain/platform.ts';
import type { TaskProgress, TaskView } from '../shared/domain/task.ts';
import type { WireError } from '../shared/errors/app-error.ts';
import type { Clock } from './clock.ts';
import { consoleVersion } from './console-version.ts';
import { readFolders } from './evacuation/folder-list.ts';
import { createFolderService } from './evacuation/folder-service.ts';
import { createImageCatalog, type ImageCatalog } from './evacuation/image-catalog.ts';
import { createImageStore } from './evacuation/image-store.ts';
import { createPatience } from './evacuation/patience.ts';
import type { FolderService, ImageStore } from './evacuation/ports.ts';
import type { HypervisorAdapter } from './hypervisors/port.ts';
import { createAdapterRegistry } from './hypervisors/site-registry.ts';
import { createInventoryService, type InventoryService } from './inventory/inventory-service.ts';
import { type AnnotationService, createAnnotationService } from './migration/annotation-service.ts';
import { createFixService, type FixService } from './migration/fix-service.ts';
import { createGuard, type PrecautionGuard } from './migration/guard.ts';
import { createLimitService, type LimitService } from './migration/limit-service.ts';
import { limitsFrom } from './migration/limits.ts';
import { createOverviewService, type OverviewService } from './migration/overview-service.ts';
import { createPlaceBook } from './migration/place-book.ts';
import type { ContextParts } from './migration/precaution-context.ts';
import { createRecoveryService, type RecoveryService } from './migration/recovery-service.ts';
import { createTaskFollowUps, type TaskFollowUps } from './migration/task-follow-ups.ts';
import { createTaskRunner, type TaskRunner } from './migration/task-runner.ts';
import type { CredentialStore } from './secrets/credential-store.ts';
import { createSiteService, type SiteService } from './sites/site-service.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Journal, Settings } from './storage/ports.ts';
import { systemUserName } from './system-user.ts';

export interface ConsoleParts {
  /** Where the console keeps its files; made when missing. */
  readonly directory: string;
  readonly adapters: readonly HypervisorAdapter[];
  readonly credentials: CredentialStore;
  readonly clock: Clock;
  readonly processId: number;
  /** Who is kept as having locked, marked or waived; otherwise the user of the operating system. */
  readonly userName?: string;
  /** Path of another SQLite binding, see {@link sqliteBindingFrom}. */
  readonly nativeBinding?: string;
  /** Whether working offline is remembered for the next start of the window. */
  readonly remembersOffline: boolean;
  /** A person decided to begin anew after the task log was found damaged. */
  readonly startNewJournal?: boolean;
  readonly onTask: (view: TaskView) => void;
  readonly onProgress: (progress: TaskProgress) => void;
  /** Something went wrong beside what was asked for; it goes to the console's own log. */
  readonly onFault: (what: string, error: unknown) => void;
}

/** Everything behind the window and the command line alike. */
export interface ConsoleServices {
  readonly journal: Journal;
  readonly settings: Settings;
  readonly inventory: InventoryService;
  readonly sites: SiteService;
  readonly annotations: AnnotationService;
  readonly fixes: FixService;
  readonly folders: FolderService;
  readonly images: ImageStore;
  readonly catalog: ImageCatalog;
  readonly guard: PrecautionGuard;
  readonly overview: OverviewService;
  readonly runner: TaskRunner;
  readonly recovery: RecoveryService;
  readonly taskFollowUps: TaskFollowUps;
  readonly limits: LimitService;
  readonly credentials: CredentialStore;
  /** What was wrong with the console's own files and has been mended. */
  readonly notices: readonly WireError[];
  /** Stops watching tasks, logs out everywhere, closes the files. What runs on a platform runs on. */
  close(): Promise<void>;
}

/** Facts older than this are called old (X18): an hour, ms. */
const maxFactAgeMs = 60 * 60 * 1_000;

/** Dynamic memory came to SCVMM with version 3 (2012); 2.0 has it with a service pack that its version hides. */
const knowsDynamicMemory = (version: string | undefined): boolean | undefined => {
  const major = Number.parseInt(version ?? '', 10);
  return major >= 3 ? true : undefined;
};

/**
 * A SQLite binding built for an older runtime, for evaluation on closed networks. It is native code, so an installed
 * console never lets an environment variable choose it.
 */
export const sqliteBindingFrom = (
  environment: Readonly<Record<string, string | undefined>>,
  isPackaged: boolean,
): { readonly nativeBinding?: string } => {
  const path = environment.VM_CONSOLE_SQLITE_BINDING;
  return isPackaged || !path ? {} : { nativeBinding: path };
};

/**
 * Puts the services together. Nothing is connected and no task is resumed yet.
 * @throws `storage-newer`, `storage-damaged`, `storage-locked`, `storage-failed`
 */
export const composeConsole = (parts: ConsoleParts): ConsoleServices => {
  const { clock, credentials } = parts;
  const storage = openStorage(parts.directory, {
    now: clock.now,
    ...(parts.nativeBinding === undefined ? {} : { nativeBinding: parts.nativeBinding }),
    ...(parts.startNewJournal === undefined ? {} : { startNewJournal: parts.startNewJournal }),
  });
  const { journal, settings, cache, annotations: storedAnnotations, fixes: storedFixes } = storage;
  const inventory = createInventoryService({ cache, now: clock.now });
  const sites = createSiteService({
    adapters: createAdapterRegistry(parts.adapters),
    inventory,
    settings,
    credentials,
    clock,
    remembersOffline: parts.remembersOffline,
    openTasks: (site) =>
      journal.openTasks().flatMap(({ id, move }) => (siteOf(move.vm) === site ? [taskLabel(id)] : [])),
    onInSync: (site) => {
      try {
        runner.reconcile(site);
      } catch (error) {
        // The task log cannot be written. The inventory goes on, and the next connection tries again.
        parts.onFault(`reconciling ${site}`, error);
      }
    },
  });
  const siteName = (site: SiteId): string => sites.site(site)?.name ?? site;

  const platformOfSite = (site: SiteId): Platform | undefined => {
    const kind = sites.site(site)?.kind;
    return kind === undefined ? undefined : platformOf(kind);
  };

  const userName = parts.userName ?? systemUserName();
  const annotations = createAnnotationService({
    annotations: storedAnnotations,
    entity: (id) => inventory.view().get(id),
    platformOf: platformOfSite,
    userName,
    now: clock.now,
  });

  const fixes = createFixService({
    fixes: storedFixes,
    session: sites.session,
    siteName,
    hasTask: (vm) => journal.openTasks().some(({ move }) => move.vm === vm),
    userName,
    now: clock.now,
  });

  const patience = createPatience(clock);
  const images = createImageStore({ version: consoleVersion(), patience });
  const openTasks = (): readonly TaskView[] => journal.openTasks().flatMap(({ id }) => runner.log.view(id) ?? []);
  const folders = createFolderService({ settings, openTasks, patience, now: clock.now });
  const catalog = createImageCatalog({ images, folders, openTasks });
  const notices: readonly WireError[] =
    readFolders(settings) === null ? [...storage.notices, { code: 'folder-list-damaged', data: {} }] : storage.notices;

  const context: ContextParts = {
    siteName,
    platformOf: platformOfSite,
    vmsNamed: (name, site) => [...inventory.site(site).vms.values()].flatMap((vm) => (vm.name === name ? [vm.id] : [])),
    vmsWithMac: inventory.vmsWithMac,
    managerSupportsDynamicMemory: (site) => knowsDynamicMemory(inventory.about(site)?.version),
    said: annotations.present,
    maxFactAgeMs,
    now: clock.now,
  };
  const facts = { ...context, known: inventory, learnAddresses: inventory.learnAddresses };
  const guard = createGuard({ ...facts, session: sites.session, folderSpace: folders.space, wholeImage: images.whole });
  const overview = createOverviewService(facts);

  const runner: TaskRunner = createTaskRunner({
    journal,
    sessions: sites.session,
    guard: guard.beforeStart,
    places: createPlaceBook(inventory, siteName),
    limits: () => limitsFrom(settings),
    clock,
    processId: parts.processId,
    onTask: parts.onTask,
    onProgress: parts.onProgress,
    userName,
    cold: {
      images,
      folders,
      inventory: inventory.view,
      siteName,
      platformOf: platformOfSite,
      newUuid: randomUUID,
      filesAtATime: () => limitsFrom(settings).filesPerVm,
      carryAnnotations: annotations.carryOver,
    },
  });

  const recovery = createRecoveryService({
    runner,
    journal,
    folders,
    images,
    sites: () => sites.list().map(({ site }) => site.id),
    vmsOf: (site) => (inventory.readAt(site) === null ? null : [...inventory.site(site).vms.values()]),
    uuidOf: (vm) => inventory.facts([vm])[0]?.vm.instanceUuid,
  });

  return {
    journal,
    settings,
    inventory,
    sites,
    annotations,
    fixes,
    folders,
    images,
    catalog,
    guard,
    overview,
    runner,
    recovery,
    limits: createLimitService({ settings, together: journal.transaction, reconsider: runner.reconsider }),
    taskFollowUps: createTaskFollowUps({ log: runner.log, journal, by: userName }),
    credentials,
    notices,
    close: async () => {
      await runner.stop();
      await sites.close();
      inventory.close();
      storage.close();
    },
  };
};
