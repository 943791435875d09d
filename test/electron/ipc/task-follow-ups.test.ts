import { describe, expect, test } from 'vitest';
import { taskId } from '../../../shared/domain/ids.ts';
import { type LabPage, openLabPage } from '../../support/lab-page.ts';
import { aColdMove } from '../../support/recovery-samples.ts';
import { aHeader } from '../../support/task-samples.ts';

const item = { kind: 'delete-checkpoint', name: 'T-1' } as const;

/** A cold migration that completed and left something to do. */
const withFollowUp = (page: LabPage) => {
  const { journal } = page.services;
  const { id } = journal.createTask(aHeader('crm-db-01', { move: aColdMove('crm-db-01') }), 1_000);
  journal.append(id, { kind: 'follow-up', item }, 2_000);
  journal.append(id, { kind: 'completed' }, 3_000);
  return id;
};

describe('what a task left to people', () => {
  test('is ticked off with who and when, once, and the task stays what it was', async () => {
    const page = openLabPage({ userName: 'sato' });
    const task = withFollowUp(page);
    const view = await page.call('tasks.followUpsDone', { task });
    expect(view).toMatchObject({
      state: 'completed',
      endedAt: 3_000,
      cold: { followUps: [item], followUpsDone: { by: 'sato' } },
    });
    expect(await page.call('tasks.followUpsDone', { task })).toEqual(view);
    const { events } = await page.call('tasks.details', { task });
    expect(events.filter(({ body }) => body.kind === 'follow-ups-done')).toHaveLength(1);
    expect(page.services.journal.openTasks()).toEqual([]);
  });

  test('comes back when more is left', async () => {
    const page = openLabPage({ userName: 'sato' });
    const task = withFollowUp(page);
    await page.call('tasks.followUpsDone', { task });
    page.services.journal.append(task, { kind: 'follow-up', item: { ...item, name: 'T-2' } }, 4_000);
    const { view } = await page.call('tasks.details', { task });
    expect(view.cold).toMatchObject({ followUps: [item, { name: 'T-2' }], followUpsDone: null });
  });

  test('cannot be ticked off where nothing is left', async () => {
    const page = openLabPage();
    expect(await page.tryCall('tasks.followUpsDone', { task: taskId(7) })).toMatchObject({
      ok: false,
      error: { code: 'not-found', data: { name: 'T-7' } },
    });
  });
});
