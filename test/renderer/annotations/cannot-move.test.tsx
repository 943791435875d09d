import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { AnnotationDialogs } from '../../../renderer/features/annotations/annotation-dialogs.tsx';
import { openDialog, useDialogs } from '../../../renderer/stores/dialogs.ts';
import { useSelection } from '../../../renderer/stores/selection.ts';
import { type Finding, finding } from '../../../shared/domain/finding.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ReplyOf, RequestOf } from '../../../shared/ipc/contract.ts';
import type { VmOverview } from '../../../shared/planning/overview.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { prepareWindow, show } from '../../support/window-harness.tsx';
import { crmDb, infrastructure, vms, web1 } from '../inventory-tree/sample-site.ts';

type Vm = typeof web1;

const locked = (vm: Vm): Finding =>
  finding({ ruleId: 'X19', severity: 'blocker', vm: vm.id, destination: null, factReadAt: 1 }, 'X19', {
    vm: vm.name,
    by: 'k.sato',
    reason: 'Audit',
  });

const overview = (vm: Vm, one: Finding): VmOverview => ({
  vm: vm.id,
  vmName: vm.name,
  method: 'hot',
  verdict: 'blocked',
  findings: [{ finding: one, methods: ['hot'] }],
});

const answer = (...found: readonly VmOverview[]): ReplyOf<'precautions.overview'> => ({
  vms: found,
  matching: found.length,
  examined: 6,
  notUnderstood: [],
});

type Ask = (request: RequestOf<'precautions.overview'>) => ReplyOf<'precautions.overview'> | Promise<never>;

const open = (ask: Ask) => {
  const sites = [aSiteStatus({ name: 'vc-tokyo' })];
  const bridge = prepareWindow({ sites, infrastructure, vms, answers: { 'precautions.overview': ask } });
  openDialog({ kind: 'cannot-move' });
  show(<AnnotationDialogs />);
  return bridge;
};

const line = (name: string) => screen.findByRole('button', { name: new RegExp(name, 'u') });
const search = () => screen.getByLabelText('Search VMs, pools and findings');

describe('which VMs cannot move, and why', () => {
  test('lists them with what stands against it; a click leads to the VM', async () => {
    open(() => answer(overview(web1, locked(web1))));
    const row = await line('web-01');
    expect(row.textContent).toContain('X19');
    expect(screen.getByText('1 of 6 VMs, on the facts read last')).toBeTruthy();
    await userEvent.click(row);
    expect(useDialogs.getState().open).toBeNull();
    expect(useSelection.getState().shownVm).toBe(web1.id);
  });

  test('finding words are asked for, places narrow the answer down', async () => {
    const bridge = open(() => answer(overview(web1, locked(web1)), overview(crmDb, locked(crmDb))));
    await line('crm-db');
    await userEvent.type(search(), 'finding:locked pool:web');
    await waitFor(() => expect(screen.queryByRole('button', { name: /crm-db/u })).toBeNull());
    await waitFor(() =>
      expect(bridge.asked).toContainEqual({
        name: 'precautions.overview',
        payload: { words: ['locked'], limit: 10_000 },
      }),
    );
    expect(await line('web-01')).toBeTruthy();
  });

  test('words that mean nothing are named', async () => {
    open(({ words }) => ({ ...answer(), notUnderstood: [...words] }));
    await userEvent.type(search(), 'finding:xyz');
    expect(await screen.findByText('Not understood: xyz')).toBeTruthy();
    expect(screen.getByText('No VM with such a finding')).toBeTruthy();
  });

  test('a failure is said, and can be tried again', async () => {
    let fails = true;
    open(() => (fails ? Promise.reject(new AppError('internal', { detail: 'x' })) : answer()));
    const note = (await screen.findByText('The VMs could not be examined')).closest('div');
    fails = false;
    await userEvent.click(within(note?.parentElement ?? document.body).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Nothing stands against moving any VM')).toBeTruthy();
  });
});
