import { describe, expect, test, vi } from 'vitest';
import { taskId } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { openLabPage } from '../../support/lab-page.ts';
import { anAssessment, aTarget } from '../../support/recovery-samples.ts';
import { aTaskView } from '../../support/task-views.ts';

const task = taskId(12);

describe('recovery', () => {
  test('is assessed by the service, and what it says crosses unchanged', async () => {
    const page = openLabPage();
    const assessment = anAssessment({ task });
    const assess = vi.spyOn(page.services.recovery, 'assess').mockResolvedValue(assessment);
    expect(await page.call('recovery.assess', { task })).toEqual(assessment);
    expect(assess).toHaveBeenCalledWith(task);
  });

  test('hands a choice over with where to, and answers with the task', async () => {
    const page = openLabPage();
    const view = aTaskView({ number: 12, state: 'running' });
    const choose = vi.spyOn(page.services.recovery, 'choose').mockResolvedValue(view);
    const choice = { action: 'restore-elsewhere', to: aTarget() } as const;
    expect(await page.call('recovery.choose', { task, choice })).toEqual(view);
    expect(choose).toHaveBeenCalledWith(task, choice, expect.any(AbortSignal));
  });

  test.each([
    ['elsewhere without a place', { action: 'restore-elsewhere' }],
    ['a roll back that goes somewhere', { action: 'roll-back', to: aTarget() }],
    ['what is no action', { action: 'delete-everything' }],
  ])('never passes on %s', async (_, choice) => {
    const page = openLabPage();
    const choose = vi.spyOn(page.services.recovery, 'choose');
    expect(await page.tryCall('recovery.choose', { task, choice })).toMatchObject({
      ok: false,
      error: { code: 'invalid-input' },
    });
    expect(choose).not.toHaveBeenCalled();
  });

  test('tells why a choice is not safe any more', async () => {
    const page = openLabPage();
    vi.spyOn(page.services.recovery, 'choose').mockRejectedValue(
      new AppError('recovery-not-safe', { action: 'resume', obstacle: 'source-running' }),
    );
    expect(await page.tryCall('recovery.choose', { task, choice: { action: 'resume' } })).toEqual({
      ok: false,
      error: { code: 'recovery-not-safe', data: { action: 'resume', obstacle: 'source-running' } },
    });
  });

  test('finds lost VMs', async () => {
    const page = openLabPage();
    const lost = [{ kind: 'twice', vmName: 'crm-db-01', vms: [] }] as const;
    vi.spyOn(page.services.recovery, 'findLost').mockResolvedValue(lost);
    expect(await page.call('recovery.findLost', {})).toEqual(lost);
  });
});
