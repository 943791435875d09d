import { nothingColdYet } from '../../shared/domain/fold-cold.ts';
import { type OperationId, operationId, taskId } from '../../shared/domain/ids.ts';
import type { Move } from '../../shared/domain/migration.ts';
import { hotSteps, type TaskStep, type TaskView } from '../../shared/domain/task.ts';
import { aHeader } from './task-samples.ts';

export interface TaskViewFacts extends Partial<Omit<TaskView, 'header' | 'steps'>> {
  readonly number?: number;
  readonly vmName?: string;
  readonly move?: Move;
  readonly operation?: OperationId;
  readonly createdAt?: number;
  readonly rerunOf?: TaskView['header']['rerunOf'];
  readonly acknowledgements?: TaskView['header']['acknowledgements'];
  /** Steps that differ from "to come". */
  readonly steps?: Partial<Record<TaskStep['name'], Partial<TaskStep>>>;
}

/** A task as the window gets it: a hot migration that waits, of which only the named facts matter. */
export const aTaskView = ({
  number = 1,
  vmName = 'web-01',
  move,
  operation = operationId('op-1'),
  createdAt = 1_000,
  rerunOf = null,
  acknowledgements = [],
  steps = {},
  ...facts
}: TaskViewFacts = {}): TaskView => {
  const header = aHeader(vmName, { operation, createdAt, rerunOf, acknowledgements });
  return {
    header: { ...header, id: taskId(number), ...(move === undefined ? {} : { move }) },
    state: 'waiting',
    steps: hotSteps.map((name) => ({ name, state: 'pending', startedAt: null, endedAt: null, ...steps[name] })),
    waitReason: null,
    startedAt: null,
    endedAt: null,
    error: null,
    platformTask: null,
    findings: [],
    placeName: null,
    cold: nothingColdYet,
    ...facts,
  };
};
