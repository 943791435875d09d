import { writeFile } from 'node:fs/promises';
import type { AppInfo, Preferences } from '../../shared/ipc/contract.ts';
import type { ImageCatalog } from '../evacuation/image-catalog.ts';
import type { FolderService, ImageStore } from '../evacuation/ports.ts';
import type { InventoryService } from '../inventory/inventory-service.ts';
import type { AnnotationService } from '../migration/annotation-service.ts';
import type { FixService } from '../migration/fix-service.ts';
import type { PrecautionGuard } from '../migration/guard.ts';
import type { LimitService } from '../migration/limit-service.ts';
import type { OverviewService } from '../migration/overview-service.ts';
import type { RecoveryService } from '../migration/recovery-service.ts';
import type { TaskFollowUps } from '../migration/task-follow-ups.ts';
import type { TaskRunner } from '../migration/task-runner.ts';
import type { PreferenceStore } from '../preferences.ts';
import type { SiteService } from '../sites/site-service.ts';
import type { Journal } from '../storage/ports.ts';
import type { ExportFormat } from '../task-export.ts';
import type { Broadcast } from './broadcast.ts';
import { annotationHandlers } from './handlers/annotation-handlers.ts';
import { appHandlers } from './handlers/app-handlers.ts';
import { evacuationHandlers } from './handlers/evacuation-handlers.ts';
import { fixHandlers } from './handlers/fix-handlers.ts';
import { inventoryHandlers } from './handlers/inventory-handlers.ts';
import { limitHandlers } from './handlers/limit-handlers.ts';
import { migrationHandlers } from './handlers/migration-handlers.ts';
import { precautionHandlers } from './handlers/precaution-handlers.ts';
import { recoveryHandlers } from './handlers/recovery-handlers.ts';
import { siteHandlers } from './handlers/site-handlers.ts';
import { taskHandlers } from './handlers/task-handlers.ts';
import { createInventoryStream } from './inventory-stream.ts';
import { type IpcPort, registerHandlers } from './register.ts';

export interface WindowServices {
  readonly journal: Journal;
  readonly inventory: InventoryService;
  readonly sites: SiteService;
  readonly annotations: AnnotationService;
  readonly fixes: FixService;
  readonly folders: FolderService;
  readonly catalog: ImageCatalog;
  readonly guard: PrecautionGuard;
  readonly overview: OverviewService;
  readonly runner: TaskRunner;
  readonly recovery: RecoveryService;
  readonly images: ImageStore;
  readonly taskFollowUps: TaskFollowUps;
  readonly limits: LimitService;
}

export interface WindowParts {
  readonly services: WindowServices;
  readonly broadcast: Broadcast;
  readonly preferences: PreferenceStore;
  readonly ipc: IpcPort;
  readonly info: Omit<AppInfo, 'preferences'>;
  /** Asks the person where to save; null when they cancel. */
  readonly chooseFile: (format: ExportFormat) => Promise<string | null>;
  /** Asks the person for a folder of this machine; null when they cancel. */
  readonly chooseFolder: () => Promise<string | null>;
  readonly onPreferences: (preferences: Preferences) => void;
  readonly onFault: (request: string, error: unknown) => void;
  /** Parse what goes out as well as what comes in. */
  readonly parseReplies: boolean;
}

export interface WindowConversation {
  /** The page begins anew and has asked for nothing yet; what the old one asked for is aborted. */
  pageStarts(): void;
  close(): void;
}

/** How often the ages of inventories are told although nothing happens, ms. */
const agesEveryMs = 10_000;

/** How often it is looked whether the command line has locked, waived or changed something meanwhile, ms. */
const othersEveryMs = 2_000;

/** Puts the services behind the contract. Runs under plain Node; only who hands in the ports knows Electron. */
export const serveWindow = (parts: WindowParts): WindowConversation => {
  const { services, broadcast, preferences } = parts;
  const stream = createInventoryStream(services.inventory, broadcast);
  const abortCalls = registerHandlers({
    ipc: parts.ipc,
    parseReplies: parts.parseReplies,
    onFault: parts.onFault,
    handlers: {
      ...appHandlers({
        info: parts.info,
        preferences,
        onPreferences: (now) => {
          parts.onPreferences(now);
          broadcast.send('preferences.changed', now);
        },
      }),
      ...siteHandlers(services.sites),
      ...inventoryHandlers(services.inventory, stream, services.sites),
      ...annotationHandlers(services.annotations),
      ...fixHandlers(services.fixes),
      ...limitHandlers(services.limits),
      ...evacuationHandlers({
        folders: services.folders,
        catalog: services.catalog,
        chooseFolder: parts.chooseFolder,
      }),
      ...recoveryHandlers(services.recovery),
      ...precautionHandlers(services.overview, services.inventory, services.sites),
      ...migrationHandlers(services.guard, services.runner, services.images),
      ...taskHandlers({
        runner: services.runner,
        journal: services.journal,
        followUps: services.taskFollowUps,
        chooseFile: parts.chooseFile,
        writeFile: (file, content) => writeFile(file, content, 'utf8'),
      }),
    },
  });
  const tellSites = (): void => broadcast.sitesChanged(services.sites.list);
  // A site that is in sync and quiet gets no older, and the window has to hear that too.
  const ages = setInterval(tellSites, agesEveryMs);
  const others = setInterval(() => {
    try {
      services.annotations.hearOthers();
      services.fixes.hearOthers();
      services.taskFollowUps.hearOthers();
      services.limits.hearOthers();
    } catch {
      // The file is locked for a moment, or damaged: whoever asks for it is told; here the next look comes soon.
    }
  }, othersEveryMs);
  const subscriptions = [
    () => clearInterval(ages),
    () => clearInterval(others),
    services.sites.onChange(tellSites),
    services.annotations.onChange((state) => broadcast.send('annotations.changed', state)),
    services.limits.onChange((limits) => broadcast.send('limits.changed', limits)),
    services.taskFollowUps.onChange(broadcast.taskChanged),
    services.fixes.onChange(() => broadcast.send('fixes.changed', {})),
  ];

  return {
    pageStarts: () => {
      abortCalls();
      stream.forgetAll();
    },
    close: () => {
      for (const unsubscribe of subscriptions) unsubscribe();
      abortCalls();
      stream.close();
    },
  };
};
