import type {
  EvacuationImage,
  RecoveryAction,
  RecoveryAssessment,
  RecoveryFacts,
  RecoveryObstacle,
  RestoreTarget,
} from '../../shared/domain/evacuation.ts';
import { nothingColdYet } from '../../shared/domain/fold-cold.ts';
import { plannedSteps } from '../../shared/domain/fold-task.ts';
import { taskId } from '../../shared/domain/ids.ts';
import type { Move } from '../../shared/domain/migration.ts';
import type { ColdProgress, TaskStep, TaskView } from '../../shared/domain/task.ts';
import { aColdMoveOf } from './cold-moves.ts';
import { anImage, anImageRecord } from './evacuation-builders.ts';
import { aPool, aVm, destinationOf, GIB } from './inventory-builders.ts';
import { aTaskView, type TaskViewFacts } from './task-views.ts';

export const aTarget = (facts: Partial<RestoreTarget> = {}): RestoreTarget => ({
  destination: destinationOf(aPool({ name: 'pool-03' })),
  host: null,
  datastore: null,
  networkMap: {},
  ...facts,
});

/** What can be chosen when a restore failed: all safe but what needs the source to be gone. */
const usualObstacles: Readonly<Record<RecoveryAction, RecoveryObstacle | null>> = {
  resume: null,
  'roll-back': null,
  'restore-elsewhere': null,
  'keep-image': null,
  'restore-to-origin': 'source-exists',
};

export interface AssessmentFacts extends Partial<Omit<RecoveryAssessment, 'facts' | 'options'>> {
  readonly facts?: Partial<RecoveryFacts>;
  /** Those that differ from after a failed restore. */
  readonly obstacles?: Partial<Record<RecoveryAction, RecoveryObstacle | null>>;
}

/** After a restore that failed: the source parked, the image sealed, nothing at the destination. */
export const anAssessment = ({ facts, obstacles, ...rest }: AssessmentFacts = {}): RecoveryAssessment => ({
  task: taskId(12),
  facts: { source: 'parked', image: 'sealed', restored: 'none', ...facts },
  sourceHeldBy: null,
  imagePath: '/evac-01/crm-db-01 T-12',
  options: Object.entries({ ...usualObstacles, ...obstacles }).map(([action, obstacle]) => ({
    action: action as RecoveryAction,
    obstacle,
  })),
  advised: 'resume',
  assessedAt: Date.now() - 20_000,
  ...rest,
});

export const aColdMove = (vmName: string, facts: Partial<Move> = {}): Move => ({
  ...aColdMoveOf(aVm({ name: vmName, powerState: 'off' }), destinationOf(aPool({ name: 'pool-02' })), {
    folder: '/evac-01',
  }),
  ...facts,
});

export interface ColdTaskFacts extends Omit<TaskViewFacts, 'cold'> {
  readonly cold?: Partial<ColdProgress>;
}

/** A cold migration as the window gets it: waiting, of which only the named facts matter. */
export const aColdTask = ({ vmName = 'crm-db-01', move, steps, cold, ...facts }: ColdTaskFacts = {}): TaskView => {
  const coldMove = move ?? aColdMove(vmName);
  return {
    ...aTaskView({ number: 12, vmName, ...facts, move: coldMove, cold: { ...nothingColdYet, ...cold } }),
    steps: plannedSteps(coldMove).map(
      (name): TaskStep => ({ name, state: 'pending', startedAt: null, endedAt: null, ...steps?.[name] }),
    ),
  };
};

export const sealedImage = {
  folder: '/evac-01',
  name: 'crm-db-01 T-12',
  id: '0b8c4f0e-8f3f-4f0e-9c57-3a6c2b1d5e70',
  state: 'sealed',
  bytes: 94 * GIB,
} as const;

/** One whose restore failed and that waits for a person. */
export const aTaskToRecover = ({ cold, ...facts }: ColdTaskFacts = {}): TaskView =>
  aColdTask({
    state: 'needs-attention',
    startedAt: Date.now() - 30 * 60_000,
    error: { code: 'transfer-broken', data: { vmName: 'crm-db-01', file: 'disk-2', reason: 'Connection reset' } },
    steps: {
      check: { state: 'done' },
      export: { state: 'done' },
      seal: { state: 'done' },
      park: { state: 'done' },
      restore: { state: 'failed', startedAt: Date.now() - 60_000, endedAt: Date.now() - 20_000 },
    },
    cold: {
      image: sealedImage,
      parkedName: 'crm-db-01 (parked T-12)',
      awaitsDecision: true,
      ...cold,
    },
    ...facts,
  });

/** The sealed image of a VM of that name, in the folder of these tasks. */
export const anImageOf = (vmName = 'crm-db-01', facts: Partial<EvacuationImage> = {}): EvacuationImage =>
  anImage({
    folder: sealedImage.folder,
    name: `${vmName} T-12`,
    record: anImageRecord(aVm({ name: vmName, powerState: 'off' }), { createdAt: Date.now() - 2 * 3_600_000 }),
    bytes: sealedImage.bytes,
    ...facts,
  });
