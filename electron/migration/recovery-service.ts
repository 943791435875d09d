import type { LostVm, RecoveryAssessment, RecoveryChoice } from '../../shared/domain/evacuation.ts';
import type { TaskId } from '../../shared/domain/ids.ts';
import type { TaskView } from '../../shared/domain/task.ts';

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
