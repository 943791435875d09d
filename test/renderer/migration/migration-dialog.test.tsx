import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { useDialogs } from '../../../renderer/stores/dialogs.ts';
import { useTasks } from '../../../renderer/stores/tasks.ts';
import type { Finding } from '../../../shared/domain/finding.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aVm, destinationOf, GIB, idOf } from '../../support/inventory-builders.ts';
import { changeInventory, promised } from '../../support/window-harness.tsx';
import {
  backup,
  canStart,
  checks,
  open,
  other,
  pool,
  production,
  proxy,
  stagingNetwork,
  startButton,
  started,
  warning,
  web,
} from './migration-scene.tsx';

describe('a clear move', () => {
  test('says what will happen, checks by itself and can then be started', async () => {
    const bridge = open();
    expect(screen.getByRole('heading', { name: 'Migrate web-01 to rp-staging' })).toBeTruthy();
    expect(screen.getByText('1 hot')).toBeTruthy();
    await waitFor(() => expect(canStart()).toBe(true));
    expect(screen.getByText('Ready')).toBeTruthy();
    expect(started(bridge)).toBeUndefined();

    await userEvent.click(startButton());
    await waitFor(() => expect(useDialogs.getState().open).toBeNull());
    expect(started(bridge)).toMatchObject({
      destination: destinationOf(pool),
      moves: [{ vm: web.id, method: 'hot', host: null, datastore: null, networkMap: {} }],
      acknowledgements: [],
      atATime: 2,
    });
    expect(useTasks.getState().tasks.map((view) => view.header.move.vmName)).toEqual(['web-01']);
  });

  test('cannot be started while the check runs', async () => {
    const check = promised<{ findings: Finding[]; checkedAt: number }>();
    open({ answers: { 'migration.check': () => check.promise } });
    await screen.findByText('Checking…');
    expect(canStart()).toBe(false);
    expect(screen.getByText(/the check is still running/i)).toBeTruthy();
    check.resolve({ findings: [], checkedAt: Date.now() });
    await waitFor(() => expect(canStart()).toBe(true));
  });
});

describe('how many VMs move at a time', () => {
  const field = () => screen.queryByRole('combobox', { name: 'VMs at a time' });

  test('is no question for a single one', async () => {
    open();
    await waitFor(() => expect(canStart()).toBe(true));
    expect(field()).toBeNull();
    expect(screen.getByText('When cancelled, the VM stays, or goes back, where it was.')).toBeTruthy();
  });

  test('is asked for several, until only one of them is left', async () => {
    open({ vms: [web, proxy] });
    // The suspended one is blocked, so a single VM would move.
    expect(await screen.findByText(/proxy-01 is blocked/)).toBeTruthy();
    expect(field()).toBeNull();
    changeInventory([], [{ ...proxy, powerState: 'on' }]);
    await waitFor(() => expect(field()).not.toBeNull());
    expect(screen.getByText(/^All start at once/)).toBeTruthy();
  });
});

describe('who is left out', () => {
  test('a blocked VM stops the start until it is excluded, and can be taken back', async () => {
    const bridge = open({ vms: [web, proxy] });
    expect(await screen.findByText(/proxy-01 is blocked/)).toBeTruthy();
    expect(screen.getByText(/Suspended: neither hot nor cold/)).toBeTruthy();

    await userEvent.click(screen.getByRole('button', { name: 'Exclude proxy-01' }));
    await waitFor(() => expect(canStart()).toBe(true));
    expect(screen.getByText('left out by you')).toBeTruthy();
    expect(checks(bridge).every((one) => one.moves.every((move) => move.vm === web.id))).toBe(true);

    await userEvent.click(screen.getByRole('button', { name: 'Include proxy-01 again' }));
    expect(await screen.findByText(/proxy-01 is blocked/)).toBeTruthy();
    expect(canStart()).toBe(false);
  });

  test('all blocked VMs are excluded at once', async () => {
    const second = aVm({ ...proxy, id: idOf('vm', 'proxy-02'), name: 'proxy-02' });
    open({ vms: [web, proxy, second] });
    await userEvent.click(await screen.findByRole('button', { name: 'Exclude all 2 blocked' }));
    await waitFor(() => expect(canStart()).toBe(true));
    expect(screen.getAllByText('left out by you')).toHaveLength(2);
  });

  test('a VM that is suspended by somebody while the dialog is open becomes blocked at once', async () => {
    open();
    await waitFor(() => expect(canStart()).toBe(true));
    changeInventory([], [{ ...web, powerState: 'suspended' }]);
    expect(await screen.findByText(/web-01 is blocked/)).toBeTruthy();
    expect(canStart()).toBe(false);
  });
});

describe('warnings', () => {
  test('must be acknowledged with a reason, which goes along', async () => {
    const bridge = open({ findings: [warning(web.id)] });
    expect(await screen.findByText(/1 precaution of web-01 is not acknowledged/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Acknowledge…' }));
    const accept = screen.getByRole('button', { name: 'Acknowledge' });
    await userEvent.type(screen.getByLabelText('Reason'), 'ok');
    expect(accept).toHaveProperty('disabled', true);
    await userEvent.type(screen.getByLabelText('Reason'), ', CHG-1');
    await userEvent.click(accept);

    expect(screen.getByText('“ok, CHG-1”')).toBeTruthy();
    expect(canStart()).toBe(true);
    await userEvent.click(startButton());
    await waitFor(() =>
      expect(started(bridge)?.acknowledgements).toEqual([{ vm: web.id, ruleId: 'X20', reason: 'ok, CHG-1' }]),
    );
  });

  test('of one kind are accepted together for several VMs, and each can be withdrawn', async () => {
    const second = aVm({ name: 'web-02', pool: production.id });
    open({ vms: [web, second], findings: [warning(web.id), warning(second.id)] });
    const [first] = await screen.findAllByRole('button', { name: 'Acknowledge…' });
    if (first === undefined) throw new Error('no warning to acknowledge');
    await userEvent.click(first);
    await userEvent.type(screen.getByLabelText('Reason'), 'maintenance window');
    await userEvent.click(screen.getByRole('button', { name: 'Apply to all 2 of this kind' }));
    await waitFor(() => expect(canStart()).toBe(true));
    const [withdraw] = screen.getAllByRole('button', { name: 'Withdraw' });
    if (withdraw === undefined) throw new Error('nothing to withdraw');
    await userEvent.click(withdraw);
    expect(canStart()).toBe(false);
  });

  test('that were accepted in advance are shown with who did so and why, and ask nothing', async () => {
    const until = Date.parse('2030-01-31T12:00:00Z');
    open({ findings: [{ ...warning(web.id), waiver: { by: 'k.sato', reason: 'rules are recreated', until } }] });
    expect(await screen.findByText(/“rules are recreated” · k\.sato, until 31 Jan 2030/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Acknowledge…' })).toBeNull();
    expect(screen.getByRole('button', { name: 'To do 0' })).toBeTruthy();
    await waitFor(() => expect(canStart()).toBe(true));
  });

  test('Enter in the reason field accepts the warning and starts nothing', async () => {
    const bridge = open({ findings: [warning(web.id)] });
    await userEvent.click(await screen.findByRole('button', { name: 'Acknowledge…' }));
    await userEvent.type(screen.getByLabelText('Reason'), 'agreed{Enter}{Enter}');
    expect(screen.getByText('“agreed”')).toBeTruthy();
    expect(started(bridge)).toBeUndefined();
  });

  test('that were acknowledged stay in the list of all and leave the list of what is to do', async () => {
    open({ findings: [warning(web.id)] });
    await userEvent.click(await screen.findByRole('button', { name: 'Acknowledge…' }));
    await userEvent.type(screen.getByLabelText('Reason'), 'agreed{Enter}');
    await userEvent.click(screen.getByRole('button', { name: 'To do 0' }));
    expect(screen.getByText('Nothing left to do.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'All 1' }));
    expect(screen.getByText('“agreed”')).toBeTruthy();
  });
});

describe('choices', () => {
  const choose = async (field: string, option: string | RegExp) => {
    await userEvent.click(screen.getByRole('combobox', { name: field }));
    await userEvent.click(await screen.findByRole('option', { name: option }));
  };

  test('another host is checked anew; the check that still runs is cancelled', async () => {
    const bridge = open({ answers: { 'migration.check': () => promised<never>().promise } });
    const cancel = vi.spyOn(bridge, 'cancel');
    await waitFor(() => expect(checks(bridge)).toHaveLength(1));
    await choose('Host', /esx-12/);
    await waitFor(() => expect(checks(bridge).at(-1)?.moves[0]?.host).toBe(other.id));
    expect(cancel).toHaveBeenCalledOnce();
  });

  test('a datastore without room for the disks is shown with what it lacks and cannot be taken', async () => {
    open({
      vms: [
        aVm({ name: 'web-01', pool: production.id, disks: [], diskBytes: 40 * GIB }),
        aVm({ name: 'web-02', pool: production.id }),
      ],
    });
    await waitFor(() => expect(canStart()).toBe(true));
    await userEvent.click(screen.getByRole('combobox', { name: 'Datastore' }));
    const option = await screen.findByRole('option', { name: /ds-small/ });
    expect(option.getAttribute('aria-disabled')).toBe('true');
    expect(option.textContent).toContain('lacks 30 GB');
  });

  test('an adapter whose network is not there must get another one', async () => {
    const far = aVm({
      name: 'web-01',
      pool: production.id,
      adapters: [{ key: '4001', label: 'Network adapter 2', network: backup.id, networkName: 'net-backup' }],
    });
    const bridge = open({ vms: [far] });
    expect(await screen.findByText(/1 adapter has no network at the destination/)).toBeTruthy();
    await choose('Network of web-01, Network adapter 2', /net-staging/);
    await waitFor(() => expect(canStart()).toBe(true));
    expect(checks(bridge).at(-1)?.moves[0]?.networkMap).toEqual({ 4001: stagingNetwork.id });
  });

  test('the link in the foot leads to the first thing in the way', async () => {
    open({ findings: [warning(web.id)] });
    await userEvent.click(await screen.findByRole('button', { name: 'Go to the first' }));
    expect(document.activeElement?.textContent).toContain('A DRS rule is lost');
  });
});

describe('the check', () => {
  test('that fails says why, keeps the start shut and can be tried again', async () => {
    let failing = true;
    open({
      answers: {
        'migration.check': () => {
          if (failing) throw new AppError('connection-lost', { address: 'vc-tokyo', reason: 'reset' });
          return { findings: [], checkedAt: Date.now() };
        },
      },
    });
    expect(await screen.findByText('The check could not be finished')).toBeTruthy();
    expect(screen.getByText(/The connection to vc-tokyo was lost/)).toBeTruthy();
    expect(canStart()).toBe(false);
    failing = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(canStart()).toBe(true));
  });

  test('can be stopped, and started again', async () => {
    const bridge = open({ answers: { 'migration.check': () => promised<never>().promise } });
    await userEvent.click(await screen.findByRole('button', { name: 'Stop checking' }));
    expect(screen.getByText(/The check was stopped\. What is shown/)).toBeTruthy();
    expect(canStart()).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(checks(bridge)).toHaveLength(2));
  });

  test('keeps the former findings, greyed, while new choices are checked', async () => {
    const second = promised<{ findings: Finding[]; checkedAt: number }>();
    let round = 0;
    open({
      answers: {
        'migration.check': () => {
          round += 1;
          return round === 1 ? { findings: [warning(web.id)], checkedAt: Date.now() } : second.promise;
        },
      },
    });
    await screen.findByText(/A DRS rule is lost/);
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    expect(screen.getByText(/they are being checked again/)).toBeTruthy();
    expect(screen.getByText(/A DRS rule is lost/)).toBeTruthy();
    second.resolve({ findings: [], checkedAt: Date.now() });
    await waitFor(() => expect(screen.queryByText(/A DRS rule is lost/)).toBeNull());
  });
});

describe('a refused start', () => {
  test('stays open with the reason, loses nothing and checks again', async () => {
    let refused = false;
    const bridge = open({
      findings: [warning(web.id)],
      answers: {
        'migration.start': () => {
          refused = true;
          throw new AppError('vm-changed', { vmName: 'web-01', what: 'busy', now: 'Relocate virtual machine' });
        },
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Acknowledge…' }));
    await userEvent.type(screen.getByLabelText('Reason'), 'agreed{Enter}');
    await userEvent.click(startButton());
    expect(await screen.findByText('The migration was not started')).toBeTruthy();
    expect(refused).toBe(true);
    expect(screen.getByText(/is in use meanwhile/)).toBeTruthy();
    expect(screen.getByText('“agreed”')).toBeTruthy();
    expect(useDialogs.getState().open).not.toBeNull();
    await waitFor(() => expect(checks(bridge)).toHaveLength(2));
  });

  test('is sent once, however often the button is pressed', async () => {
    const answer = promised<never>();
    const bridge = open({ answers: { 'migration.start': () => answer.promise } });
    await waitFor(() => expect(canStart()).toBe(true));
    await userEvent.dblClick(startButton());
    expect(bridge.asked.filter((one) => one.name === 'migration.start')).toHaveLength(1);
    expect(document.activeElement).toBe(startButton());
    await userEvent.keyboard('{Escape}');
    expect(useDialogs.getState().open).not.toBeNull();
  });
});

describe('closing', () => {
  test('asks nothing when nothing was written, and cancels the check', async () => {
    const bridge = open({ answers: { 'migration.check': () => promised<never>().promise } });
    const cancel = vi.spyOn(bridge, 'cancel');
    await screen.findByText('Checking…');
    await userEvent.keyboard('{Escape}');
    expect(useDialogs.getState().open).toBeNull();
    await waitFor(() => expect(cancel).toHaveBeenCalledOnce());
  });

  test('asks once when a reason would be lost', async () => {
    open({ findings: [warning(web.id)] });
    await userEvent.click(await screen.findByRole('button', { name: 'Acknowledge…' }));
    await userEvent.type(screen.getByLabelText('Reason'), 'agreed{Enter}');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.getByText(/Close and lose what you chose/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Keep editing' }));
    expect(useDialogs.getState().open).not.toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await userEvent.click(screen.getByRole('button', { name: 'Close and lose it' }));
    expect(useDialogs.getState().open).toBeNull();
  });
});
