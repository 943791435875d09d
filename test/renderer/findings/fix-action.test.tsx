import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { FixAction } from '../../../renderer/features/findings/fix-action.tsx';
import { finding } from '../../../shared/domain/finding.ts';
import type { Fix, FixRecord } from '../../../shared/domain/fix.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { FakeBridgeOptions } from '../../support/fake-bridge.ts';
import { aVm } from '../../support/inventory-builders.ts';
import { prepareWindow, promised, show } from '../../support/window-harness.tsx';

const iso = { key: '3000', label: 'CD/DVD drive 1', media: 'image', fileName: '[lib] x.iso', connected: true } as const;
const report = aVm({ name: 'report-01', powerState: 'off', cdroms: [iso] });
const fix: Fix = { kind: 'eject-iso', vm: report.id, vmName: 'report-01', deviceKeys: ['3000'] };
const record: FixRecord = {
  number: 1,
  fix,
  by: 'sato',
  at: 1,
  before: [{ key: '3000', label: 'CD/DVD drive 1', medium: '[lib] x.iso' }],
  state: 'applied',
  error: null,
  done: null,
};

const open = (answers: FakeBridgeOptions['answers'] = {}, facts: VirtualMachine | undefined = report) => {
  const bridge = prepareWindow({
    infrastructure: [],
    vms: [report],
    answers: { 'fixes.apply': () => ({ record, vm: report }), ...answers },
  });
  const found = finding(
    { ruleId: 'S6', severity: 'warning', vm: report.id, destination: null, factReadAt: null },
    'S6',
    { vm: 'report-01', drives: ['CD/DVD drive 1: [lib] x.iso'], otherManager: false },
  );
  const onFixed = vi.fn();
  show(<FixAction finding={found} facts={facts} onFixed={onFixed} />);
  return { onFixed, applied: () => bridge.asked.filter(({ name }) => name === 'fixes.apply') };
};
const button = (name: string) => screen.getByRole('button', { name });
const offer = 'Eject the ISO…';

describe('what the console can do about a finding', () => {
  test('asks once, does it and says so', async () => {
    const { onFixed, applied } = open();
    await userEvent.click(button(offer));
    expect(screen.getByText(/Eject \[lib\] x\.iso from report-01\?/)).toBeTruthy();
    expect(applied()).toEqual([]);
    expect(document.activeElement).toBe(button('Eject'));
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(onFixed).toHaveBeenCalledOnce());
    expect(applied().map(({ payload }) => payload)).toEqual([{ fix }]);
  });

  test.each(['{Escape}', 'Cancel'])('does nothing after %s, and can be asked again', async (way) => {
    const { onFixed, applied } = open();
    await userEvent.click(button(offer));
    if (way === 'Cancel') await userEvent.click(button('Cancel'));
    else await userEvent.keyboard(way);
    expect(button(offer)).toBeTruthy();
    expect([applied(), onFixed.mock.calls]).toEqual([[], []]);
  });

  test('cannot be asked for again while it is under way', async () => {
    const answer = promised<{ record: FixRecord; vm: VirtualMachine | null }>();
    const { onFixed } = open({ 'fixes.apply': () => answer.promise });
    await userEvent.click(button(offer));
    await userEvent.click(button('Eject'));
    expect(screen.getByText('Changing…')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
    answer.resolve({ record, vm: null });
    await waitFor(() => expect(onFixed).toHaveBeenCalledOnce());
  });

  test('shows in place why it was not done, and can be tried again', async () => {
    const refused = new AppError('fix-not-possible', { vmName: 'report-01', why: 'busy' });
    let tries = 0;
    const { onFixed } = open({
      'fixes.apply': () => {
        tries += 1;
        if (tries === 1) throw refused;
        return { record, vm: report };
      },
    });
    await userEvent.click(button(offer));
    await userEvent.click(button('Eject'));
    expect((await screen.findByRole('alert')).textContent).toContain('Another task holds report-01.');
    expect(onFixed).not.toHaveBeenCalled();
    await userEvent.click(button('Try again'));
    await waitFor(() => expect(onFixed).toHaveBeenCalledOnce());
  });

  test.each<[string, VirtualMachine | undefined]>([
    ['a VM that runs', { ...report, powerState: 'on' }],
    ['a VM whose drive is empty by now', { ...report, cdroms: [] }],
  ])('is not offered for %s', (_, facts) => {
    open({}, facts);
    expect(screen.queryByRole('button')).toBeNull();
  });
});
