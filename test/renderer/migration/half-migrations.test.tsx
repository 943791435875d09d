import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { FoldersDialog } from '../../../renderer/features/folders/folders-dialog.tsx';
import { MigrationDialog } from '../../../renderer/features/migration/migration-dialog.tsx';
import { openDialog } from '../../../renderer/stores/dialogs.ts';
import { useFolders } from '../../../renderer/stores/folders.ts';
import { beginRestore } from '../../../renderer/stores/migration-draft.ts';
import type { Destination } from '../../../shared/domain/migration.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aFolder, anImage, anImageRecord } from '../../support/evacuation-builders.ts';
import { aSiteStatus, type FakeBridgeOptions } from '../../support/fake-bridge.ts';
import { aVm, destinationOf } from '../../support/inventory-builders.ts';
import { aTaskView } from '../../support/task-views.ts';
import { prepareWindow, show } from '../../support/window-harness.tsx';
import { checks, host, infrastructure, pool, production, report, started, web } from './migration-scene.tsx';

/* Half a cold migration: an evacuation alone, and a restore alone. */

const second = aVm({ ...report, id: aVm({ name: 'report-02' }).id, name: 'report-02', pool: pool.id });

const prepare = (answers: FakeBridgeOptions['answers'] = {}, sites = [aSiteStatus()]) =>
  prepareWindow({
    infrastructure,
    sites,
    vms: [web, report, second],
    answers: {
      'evacuation.folders': () => [aFolder()],
      'inventory.facts': ({ ids }) =>
        [web, report, second].filter((vm) => ids.includes(vm.id)).map((vm) => ({ vm, readAt: Date.now() })),
      'migration.start': ({ operation }) =>
        operation.moves.map((move, at) => aTaskView({ number: at + 1, move, operation: operation.id })),
      ...answers,
    },
  });

const start = (name: string) => screen.getByRole('button', { name });
const canStart = (name: string) => start(name).getAttribute('aria-disabled') === 'false';

beforeEach(() => {
  useFolders.setState(useFolders.getInitialState(), true);
  localStorage.clear();
});

describe('an evacuation alone', () => {
  test('asks for no destination: each VM stays in its own pool', async () => {
    const bridge = prepare();
    openDialog({ kind: 'evacuate', vms: [report.id, second.id] });
    show(<MigrationDialog />);
    expect(screen.getByRole('heading', { name: 'Evacuate 2 VMs to an image' })).toBeTruthy();
    expect(screen.queryByRole('combobox', { name: 'Host' })).toBeNull();
    expect(screen.queryByRole('heading', { name: /^Networks/ })).toBeNull();
    await waitFor(() => expect(canStart('Start evacuation')).toBe(true));
    expect(screen.getByText(/stays beside the image/)).toBeTruthy();

    await userEvent.click(start('Start evacuation'));
    await waitFor(() => expect(started(bridge)).toBeDefined());
    expect(started(bridge)?.moves.map(({ destination, evacuation }) => [destination.id, evacuation?.part])).toEqual([
      [production.id, 'evacuate'],
      [pool.id, 'evacuate'],
    ]);
  });

  test('of a VM that was started meanwhile is blocked until it is excluded', async () => {
    prepare();
    openDialog({ kind: 'evacuate', vms: [web.id, report.id] });
    show(<MigrationDialog />);
    expect(await screen.findByText(/web-01 is blocked/)).toBeTruthy();
    expect(screen.getByText(/does not fit the power state/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Exclude web-01' }));
    await waitFor(() => expect(canStart('Start evacuation')).toBe(true));
  });
});

describe('a restore alone', () => {
  const image = anImage({
    record: anImageRecord(aVm({ ...report, name: 'lost-01', id: aVm({ name: 'lost-01' }).id })),
  });
  const restore = (destination: Destination | null, sites = [aSiteStatus()]) => {
    const bridge = prepare({}, sites);
    beginRestore(image, destination);
    show(<MigrationDialog />);
    return bridge;
  };

  test('of a VM that is in no inventory goes where it was or anywhere else, and names its image', async () => {
    const bridge = restore(null);
    expect(screen.getByRole('heading', { name: 'Restore lost-01' })).toBeTruthy();
    // Also the pool it came from takes it back.
    await userEvent.click(screen.getByRole('option', { name: /rp-prod/ }));
    expect(await screen.findByRole('heading', { name: 'Restore lost-01 to rp-prod' })).toBeTruthy();
    expect(screen.getByText('report-01 T-7')).toBeTruthy();
    await waitFor(() => expect(canStart('Start restore')).toBe(true));
    expect(screen.queryByRole('combobox', { name: 'Evacuation image folder' })).toBeNull();

    await userEvent.click(screen.getByRole('combobox', { name: 'When restored' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Leave powered off' }));
    await userEvent.click(start('Start restore'));
    await waitFor(() => expect(started(bridge)).toBeDefined());
    expect(started(bridge)?.moves).toMatchObject([
      {
        vmName: 'lost-01',
        method: 'cold-evacuate',
        destination: destinationOf(production),
        evacuation: { part: 'restore', folder: '/evac', image: 'report-01 T-7', powerOn: false },
      },
    ]);
  });

  test('offers host, datastore and networks there, which are checked', async () => {
    const bridge = restore(destinationOf(pool));
    await userEvent.click(await screen.findByRole('combobox', { name: 'Host' }));
    await userEvent.click(await screen.findByRole('option', { name: /esx-11/ }));
    await waitFor(() => expect(checks(bridge).at(-1)?.moves[0]?.host).toBe(host.id));
    expect(screen.getByRole('combobox', { name: /Network of lost-01/ })).toBeTruthy();
  });

  test('is not begun for an image nobody can read', () => {
    prepare();
    beginRestore(anImage({ record: null, state: 'damaged' }), null);
    show(<MigrationDialog />);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('the folders of the console', () => {
  test('are listed with their room, and one in use stays, with the reason', async () => {
    const bridge = prepare({
      'evacuation.folders': () => [aFolder(), aFolder({ path: '/nas', problem: 'unreachable', freeBytes: null })],
      'evacuation.removeFolder': ({ path }) => {
        if (path === '/evac') throw new AppError('folder-in-use', { folder: path });
        return [aFolder()];
      },
    });
    openDialog({ kind: 'folders' });
    show(<FoldersDialog />);
    const meter = await screen.findByRole('meter', { name: 'Room in /evac' });
    expect(meter.getAttribute('aria-valuetext')).toBe('400 GB in use, 50 GB reserved, 450 GB free, 100 GB never used');
    expect(screen.getByText('cannot be reached')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Remove /evac' }));
    expect(await screen.findByText('The folder was not removed')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Remove /nas' }));
    await waitFor(() => expect(screen.queryByText('/nas')).toBeNull());
    expect(bridge.asked.filter(({ name }) => name === 'evacuation.removeFolder')).toHaveLength(2);
  });

  test('none yet: says what one is for and adds it', async () => {
    prepare({ 'evacuation.folders': () => [], 'evacuation.addFolder': ({ path }) => [aFolder({ path })] });
    openDialog({ kind: 'folders' });
    show(<FoldersDialog />);
    expect(await screen.findByText(/No folder is set up yet/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Add folder…' }));
    const form = screen.getByRole('form', { name: 'Add folder…' });
    await userEvent.type(within(form).getByLabelText('Path of the folder'), '/evac{Enter}');
    expect(await screen.findByRole('meter', { name: 'Room in /evac' })).toBeTruthy();
  });
});
