import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { setAnnotations } from '../../../renderer/stores/annotations.ts';
import { nothingSaid, type Waiver } from '../../../shared/domain/annotation.ts';
import type { Finding } from '../../../shared/domain/finding.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { canStart, open, warning, web } from './migration-scene.tsx';

const until = new Date(2099, 4, 2).getTime() - 1;
const waiver: Waiver = {
  site: web.site,
  vm: web.id,
  vmName: web.name,
  ruleId: 'X20',
  by: 'k.sato',
  reason: 'Rule is obsolete',
  at: 1,
  until,
};
const waived: Finding = { ...warning(web.id), waiver: { by: 'k.sato', reason: 'Rule is obsolete', until } };

const openForm = async () => userEvent.click(await screen.findByRole('button', { name: 'Accept for the future…' }));
const day = () => screen.getByLabelText('Until the end of');
const accept = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Accept' });

beforeEach(() => setAnnotations(nothingSaid));

describe('accepting a warning for the future', () => {
  test('takes a reason and a day; then it need not be acknowledged, says by whom, and can be withdrawn', async () => {
    let findings: readonly Finding[] = [warning(web.id)];
    const bridge = open({
      answers: {
        'migration.check': () => ({ findings, checkedAt: Date.now() }),
        'annotations.waive': () => {
          findings = [waived];
          return { ...nothingSaid, waivers: [waiver] };
        },
        'annotations.unwaive': () => {
          findings = [warning(web.id)];
          return nothingSaid;
        },
      },
    });
    await openForm();
    expect(accept().disabled).toBe(true);
    await userEvent.type(screen.getByLabelText('Reason'), 'Rule is obsolete');
    fireEvent.change(day(), { target: { value: '2099-05-01' } });
    await userEvent.click(accept());
    expect(await screen.findByText(/“Rule is obsolete” · k.sato, until 1 May 2099/u)).toBeTruthy();
    expect(bridge.asked.find(({ name }) => name === 'annotations.waive')?.payload).toEqual({
      site: web.site,
      vm: web.id,
      ruleId: 'X20',
      reason: 'Rule is obsolete',
      until,
    });
    expect(canStart()).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
    expect(await screen.findByRole('button', { name: 'Accept for the future…' })).toBeTruthy();
    expect(canStart()).toBe(false);
  });

  test('is refused for a day that is over', async () => {
    open({ findings: [warning(web.id)] });
    await openForm();
    await userEvent.type(screen.getByLabelText('Reason'), 'Rule is obsolete');
    fireEvent.change(day(), { target: { value: '2020-05-01' } });
    expect(accept().disabled).toBe(true);
    expect(screen.getByText('Choose a day from today on')).toBeTruthy();
  });

  test('is left by Escape, and the dialog stays', async () => {
    open({ findings: [warning(web.id)] });
    await openForm();
    await userEvent.type(screen.getByLabelText('Reason'), 'Ru{Escape}');
    expect(screen.queryByLabelText('Until the end of')).toBeNull();
    expect(screen.getByRole('button', { name: 'Acknowledge…' })).toBeTruthy();
  });

  test('that fails keeps what was typed', async () => {
    const failed = new AppError('internal', { detail: 'disk' });
    open({ findings: [warning(web.id)], answers: { 'annotations.waive': () => Promise.reject(failed) } });
    await openForm();
    await userEvent.type(screen.getByLabelText('Reason'), 'Rule is obsolete');
    await userEvent.click(accept());
    await waitFor(() => expect(accept().disabled).toBe(false));
    expect(screen.getByLabelText<HTMLInputElement>('Reason').value).toBe('Rule is obsolete');
  });

  test('is not offered for a blocker', async () => {
    open({ findings: [{ ...warning(web.id), severity: 'blocker' }] });
    await screen.findByText('Blocked');
    expect(screen.queryByRole('button', { name: 'Accept for the future…' })).toBeNull();
  });
});
