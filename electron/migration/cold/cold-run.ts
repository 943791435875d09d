import type { EvacuationPlan, FollowUp } from '../../../shared/domain/evacuation.ts';
import type { EntityId, SiteId } from '../../../shared/domain/ids.ts';
import type { InventoryView } from '../../../shared/domain/inventory.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import type { StepName, TaskEventBody, TaskView } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { FolderService, ImageStore } from '../../evacuation/ports.ts';
import type { HypervisorSession, VmIdentity } from '../../hypervisors/port.ts';
import type { LiveTask, TaskTools } from '../live-task.ts';

/** What cold migrations work with beside what every task has. */
export interface ColdTools {
  readonly images: ImageStore;
  readonly folders: FolderService;
  readonly inventory: () => InventoryView;
  readonly siteName: (site: SiteId) => string;
  readonly platformOf: (site: SiteId) => Platform | undefined;
  readonly newUuid: () => string;
  /** How many files of one VM are copied at the same time. */
  readonly filesAtATime: () => number;
  /** What people said of a VM follows it to its new id. */
  readonly carryAnnotations: (from: EntityId, to: EntityId) => void;
}

/** One pass over the steps of a cold migration: the first, or one that a person asked for after it was interrupted. */
export interface ColdRun {
  readonly task: LiveTask;
  /** The present session of the VM's site. @throws `site-not-connected` */
  readonly session: HypervisorSession;
  readonly tools: TaskTools;
  readonly plan: EvacuationPlan;
  /** Aborted when the task is cancelled or the console closes: for what can be broken off at any byte. */
  readonly interruption: AbortSignal;
  /** All of the VM was copied in this pass, and is described on disk: whatever becomes of its source, it can be sealed. */
  copied: boolean;
}

export const coldRun = (task: LiveTask, session: () => HypervisorSession | null, tools: TaskTools): ColdRun => {
  const plan = task.header.move.evacuation;
  if (plan === undefined) throw new AppError('invalid-input', { issues: [{ path: 'evacuation', message: 'missing' }] });
  const interruption = AbortSignal.any([task.transfer.signal, tools.stopping]);
  return {
    task,
    tools,
    plan,
    interruption,
    copied: false,
    get session() {
      const present = session();
      if (present === null) throw new AppError('site-not-connected', { siteName: tools.cold.siteName(task.site) });
      return present;
    },
  };
};

export const append = ({ task, tools }: ColdRun, ...bodies: readonly TaskEventBody[]): TaskView =>
  tools.log.append(task.header.id, ...bodies);

export const viewOf = ({ task, tools }: ColdRun): TaskView => {
  const view = tools.log.view(task.header.id);
  if (view === null) throw new Error(`task ${task.header.id} cannot be read`);
  return view;
};

/** Writes down what is left to people; what a pass before this one has told already is not told again. */
export const leaveToPeople = (run: ColdRun, ...items: readonly FollowUp[]): void => {
  const told = viewOf(run).cold.followUps.map((item) => JSON.stringify(item));
  const untold = items.filter((item) => !told.includes(JSON.stringify(item)));
  if (untold.length > 0) append(run, ...untold.map((item): TaskEventBody => ({ kind: 'follow-up', item })));
};

export const vmNameOf = ({ task }: ColdRun): string => task.header.move.vmName;

/** How the source is found, whatever it is called now. */
export const sourceIdentity = ({ task }: ColdRun): VmIdentity => ({
  id: task.header.move.vm,
  ...(task.header.vmInstanceUuid === undefined ? {} : { instanceUuid: task.header.vmInstanceUuid }),
});

export const isDone = (view: TaskView, step: StepName): boolean =>
  view.steps.some(({ name, state }) => name === step && state === 'done');

export const hasBegun = (view: TaskView, step: StepName): boolean =>
  view.steps.some(({ name, state }) => name === step && state !== 'pending');
