import { describe, expect, test } from 'vitest';
import type { FollowUp } from '../../../shared/domain/evacuation.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import { type LabPage, openLabPage } from '../../support/lab-page.ts';
import { aColdMove } from '../../support/recovery-samples.ts';
import { aHeader } from '../../support/task-samples.ts';

const item = { kind: 'delete-checkpoint', name: 'T-1' } as const;

/** A cold migration that completed and left something to do. */
const withFollowUp = (page: LabPage, items: readonly FollowUp[] = [item]) => {
  const { journal } = page.services;
  const { id } = journal.createTask(aHeader('crm-db-01', { move: aColdMove('crm-db-01') }), 1_000);
  for (const each of items) journal.append(id, { kind: 'follow-up', item: each }, 2_000);
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

describe('what tasks left to people', () => {
  const numbers = async (page: LabPage, which: 'open' | 'all', limit = 1_000, before: number | null = null) =>
    (await page.call('tasks.followUps', { which, limit, before: before === null ? null : taskId(before) })).map(
      ({ header }) => Number(header.id),
    );

  test('is listed newest first and page by page, without tasks that left nothing', async () => {
    const page = openLabPage({ userName: 'sato' });
    const first = withFollowUp(page);
    withFollowUp(page, []);
    withFollowUp(page, [item, { ...item, name: 'T-2' }]);
    withFollowUp(page);
    expect(await numbers(page, 'open')).toEqual([4, 3, 1]);
    expect(await numbers(page, 'all', 2)).toEqual([4, 3]);
    expect(await numbers(page, 'all', 2, 3)).toEqual([1]);

    await page.call('tasks.followUpsDone', { task: first });
    expect(await numbers(page, 'open')).toEqual([4, 3]);
    expect(await numbers(page, 'all')).toEqual([4, 3, 1]);
    page.services.journal.append(first, { kind: 'follow-up', item: { ...item, name: 'T-3' } }, 5_000);
    expect(await numbers(page, 'open')).toEqual([4, 3, 1]);
  });

  test('is heard of when another process says so, once', async () => {
    const page = openLabPage({ userName: 'sato' });
    const { journal, taskFollowUps } = page.services;
    const told: string[] = [];
    taskFollowUps.onChange(({ header, cold }) => told.push(`${header.id} ${cold.followUpsDone?.by ?? 'to do'}`));
    taskFollowUps.hearOthers();
    expect(told).toEqual([]);
    // Written past the log of this process, as another one does.
    const task = withFollowUp(page);
    taskFollowUps.hearOthers();
    journal.append(task, { kind: 'follow-ups-done', by: 'tanaka' }, 6_000);
    taskFollowUps.hearOthers();
    journal.createTask(aHeader('web-01'), 7_000);
    taskFollowUps.hearOthers();
    expect(told).toEqual(['1 to do', '1 tanaka']);
  });
});
