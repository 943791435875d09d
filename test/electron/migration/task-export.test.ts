import { describe, expect, it } from 'vitest';
import { type TaskRecord, tasksAsCsv, tasksAsJson } from '../../../electron/migration/task-export.ts';
import { foldTask, newTaskView } from '../../../shared/domain/fold-task.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import type { TaskEvent, TaskEventBody, TaskHeader, TaskView } from '../../../shared/domain/task.ts';
import { aMove, aVm, idOf } from '../../support/inventory-builders.ts';
import { platformFault } from '../../support/scripted-session.ts';
import { aHeader } from '../../support/task-samples.ts';

const failedTask = (vmName: string): TaskRecord => {
  const header: TaskHeader = {
    ...aHeader(vmName, {
      move: aMove(aVm({ name: vmName })),
      acknowledgements: [{ vm: idOf('vm', vmName), ruleId: 'X5', reason: 'agreed' }],
      rerunOf: taskId(41),
    }),
    id: taskId(42),
  };
  const bodies: readonly TaskEventBody[] = [
    { kind: 'created' },
    { kind: 'started' },
    { kind: 'step-started', step: 'check' },
    { kind: 'step-ended', step: 'check', outcome: 'done' },
    { kind: 'step-started', step: 'relocate' },
    { kind: 'platform-task', step: 'relocate', ref: { id: 'task-7' } },
    { kind: 'step-ended', step: 'relocate', outcome: 'failed' },
    { kind: 'failed', error: platformFault },
  ];
  const events: readonly TaskEvent[] = bodies.map((body, index) => ({
    task: header.id,
    sequence: index + 1,
    at: Date.UTC(2026, 0, 31, 9, 45, index),
    body,
  }));
  return { view: foldTask(header, events), events };
};

/** Reads one line of CSV back. */
const cellsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'),
  );
const rowOf = (view: TaskView): Readonly<Record<string, string>> => {
  const [headings, cells] = tasksAsCsv([view]).replace('\uFEFF', '').split('\r\n').map(cellsOf);
  return Object.fromEntries((headings ?? []).map((heading, index) => [heading, cells?.[index] ?? '']));
};

describe('the task log as CSV', () => {
  it('has a line for every task, with times, steps and the error', () => {
    expect(rowOf(failedTask('web-01').view)).toEqual({
      task: 'T-42',
      operation: 'op-1',
      rerunOf: 'T-41',
      vm: 'web-01',
      method: 'hot',
      origin: 'pool-01',
      destinationKind: 'resource-pool',
      destination: 'pool-02',
      state: 'failed',
      place: '',
      createdAt: '1970-01-01T00:00:01.000Z',
      startedAt: '2026-01-31T09:45:01.000Z',
      endedAt: '2026-01-31T09:45:07.000Z',
      seconds: '6',
      steps: 'check done; relocate failed; verify pending',
      platformTask: 'task-7',
      errorCode: 'platform-fault',
      errorData: JSON.stringify(platformFault.data),
      findings: '',
      acknowledgements: 'X5: agreed',
    });
    const waiting = rowOf(newTaskView({ ...aHeader('web-01'), id: taskId(43) }));
    expect(waiting).toMatchObject({
      task: 'T-43',
      rerunOf: '',
      startedAt: '',
      seconds: '',
      errorCode: '',
      errorData: '',
    });
  });

  it('reads as UTF-8 in a spreadsheet and keeps every name as it is', () => {
    const csv = tasksAsCsv([failedTask('業務サーバー, "本番"').view]);
    expect(csv.charCodeAt(0)).toBe(0xfeff);
    expect(rowOf(failedTask('業務サーバー, "本番"').view).vm).toBe('業務サーバー, "本番"');
  });

  it.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx'])('lets no spreadsheet run the name %s', (name) => {
    expect(rowOf(failedTask(name).view).vm).toBe(`'${name}`);
  });

  it('is a heading alone when there is no task', () => {
    expect(tasksAsCsv([]).split('\r\n')).toHaveLength(2);
  });
});

describe('the task log as JSON', () => {
  it('holds the whole history, and times that people can read', () => {
    const [task] = JSON.parse(tasksAsJson([failedTask('web-01')]));
    expect(task).toMatchObject({
      task: 'T-42',
      rerunOf: 'T-41',
      state: 'failed',
      move: { vmName: 'web-01', destination: { name: 'pool-02' } },
      startedAt: '2026-01-31T09:45:01.000Z',
      error: platformFault,
    });
    expect(task.steps[1]).toEqual({
      name: 'relocate',
      state: 'failed',
      startedAt: '2026-01-31T09:45:04.000Z',
      endedAt: '2026-01-31T09:45:06.000Z',
    });
    expect(task.events.map((event: { readonly kind: string }) => event.kind)).toHaveLength(8);
    expect(task.events[5]).toEqual({
      sequence: 6,
      at: '2026-01-31T09:45:05.000Z',
      kind: 'platform-task',
      step: 'relocate',
      ref: { id: 'task-7' },
    });
  });
});
