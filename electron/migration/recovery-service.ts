import type { EvacuationImage, LostVm, RecoveryAssessment, RecoveryChoice } from '../../shared/domain/evacuation.ts';
import type { EntityId, SiteId, TaskId } from '../../shared/domain/ids.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import type { FolderService, ImageStore } from '../evacuation/ports.ts';
import type { Journal } from '../storage/ports.ts';
import { findLost, taskOfImage } from './cold/find-lost.ts';
import type { TaskRunner } from './task-runner.ts';

/** Cold migrations that did not end by themselves: what is known of them, and what a person decides. */
export interface RecoveryService {
  /**
   * Looks at source, image and restored VM now; changes nothing.
   * @throws `not-found`
   */
  assess(task: TaskId): Promise<RecoveryAssessment>;
  /**
   * Looks once more, writes the choice down and begins to carry it out.
   * @param signal ends the looking; what is written down is carried out all the same
   * @returns the task as it is then
   * @throws `not-found`, `recovery-not-safe`, `cancelled`
   */
  choose(task: TaskId, choice: RecoveryChoice, signal?: AbortSignal): Promise<TaskView>;
  /** Compares images, task log and inventories; sites that are not connected count as they were read last. */
  findLost(): Promise<readonly LostVm[]>;
}

export interface RecoveryServiceParts {
  readonly runner: TaskRunner;
  readonly journal: Journal;
  readonly folders: FolderService;
  readonly images: ImageStore;
  readonly sites: () => readonly SiteId[];
  /** VMs of a site; null when its inventory was never read. */
  readonly vmsOf: (site: SiteId) => readonly { readonly id: EntityId; readonly name: string }[] | null;
  readonly uuidOf: (vm: EntityId) => string | undefined;
}

export const createRecoveryService = (parts: RecoveryServiceParts): RecoveryService => {
  const { runner, journal, folders, images } = parts;
  const never = new AbortController().signal;

  return {
    assess: (task) => runner.assess(task, never),
    choose: (task, choice, signal = never) => runner.recover(task, choice, signal),
    findLost: async () => {
      const found = await images.list(folders.folders().map(({ path }) => path));
      const open = journal.openTasks().flatMap(({ id }) => runner.log.view(id) ?? []);
      return findLost({
        images: found.map((image): EvacuationImage => ({ ...image, task: taskOfImage(image, open) })),
        open,
        taskOf: (task) => runner.log.view(task),
        vmsOf: parts.vmsOf,
        uuidOf: parts.uuidOf,
        sites: parts.sites(),
      });
    },
  };
};
