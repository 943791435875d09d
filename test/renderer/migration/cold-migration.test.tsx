import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { useFolders } from '../../../renderer/stores/folders.ts';
import type { FolderStatus } from '../../../shared/domain/evacuation.ts';
import { type Finding, finding } from '../../../shared/domain/finding.ts';
import type { MigrationOperation } from '../../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aFolder } from '../../support/evacuation-builders.ts';
import { aVm, GIB } from '../../support/inventory-builders.ts';
import { changeInventory } from '../../support/window-harness.tsx';
import { canStart, checks, host, open, report, type Scene, started, web } from './migration-scene.tsx';

const openCold = (folders: readonly FolderStatus[] = [aFolder()], scene: Scene = {}) =>
  open({ vms: [report], ...scene, answers: { 'evacuation.folders': () => folders, ...scene.answers } });

const choose = async (field: string, option: string | RegExp) => {
  await userEvent.click(screen.getByRole('combobox', { name: field }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};

const folderField = () => screen.getByRole('combobox', { name: 'Evacuation image folder' });
const lastPlan = (bridge: ReturnType<typeof open>) => checks(bridge).at(-1)?.moves[0]?.evacuation;

beforeEach(() => {
  useFolders.setState(useFolders.getInitialState(), true);
  localStorage.clear();
});

describe('a stopped VM', () => {
  test('moves cold through the only folder there is, beside a running one that moves hot', async () => {
    const bridge = openCold(undefined, { vms: [web, report] });
    await waitFor(() => expect(canStart()).toBe(true));
    expect(screen.getByText('1 hot')).toBeTruthy();
    expect(screen.getByText('1 cold')).toBeTruthy();
    expect(screen.getByText(/report-01 · powered on when done/)).toBeTruthy();
    expect(screen.getByText('Ready to start 1 hot migration and 1 cold migration.')).toBeTruthy();

    await userEvent.click(screen.getByRole('button', { name: 'Start migration' }));
    await waitFor(() => expect(started(bridge)).toBeDefined());
    expect(started(bridge)?.moves.map(({ vmName, method, evacuation }) => [vmName, method, evacuation])).toEqual([
      ['web-01', 'hot', undefined],
      [
        'report-01',
        'cold-evacuate',
        {
          part: 'whole',
          folder: '/evac',
          sourcePolicy: 'retain-until-restored',
          imagePolicy: 'delete-when-restored',
          powerOn: true,
        },
      ],
    ]);
  });

  test('that somebody starts meanwhile moves hot, and nothing is asked about cold migration any more', async () => {
    const bridge = openCold();
    await waitFor(() => expect(canStart()).toBe(true));
    changeInventory([], [{ ...report, powerState: 'on' }]);
    await waitFor(() => expect(checks(bridge).at(-1)?.moves[0]?.method).toBe('hot'));
    expect(screen.queryByRole('radiogroup', { name: 'Cold migration method' })).toBeNull();
    expect(screen.queryByRole('combobox', { name: 'Evacuation image folder' })).toBeNull();
  });

  test('relocated directly needs no folder, and says what that saves', async () => {
    const bridge = openCold([]);
    const methods = screen.getByRole('radiogroup', { name: 'Cold migration method' });
    expect(within(methods).getByRole('radio', { name: /No copy through this machine, no image/ })).toBeTruthy();
    await userEvent.click(within(methods).getByRole('radio', { name: /^Direct/ }));
    expect(screen.queryByRole('combobox', { name: 'Evacuation image folder' })).toBeNull();
    expect(screen.queryByRole('combobox', { name: 'Source of cold moves' })).toBeNull();
    await waitFor(() => expect(canStart()).toBe(true));
    expect(checks(bridge).at(-1)?.moves).toMatchObject([{ method: 'cold-direct' }]);
    expect(lastPlan(bridge)).toBeUndefined();
  });

  test('that only changes its pool within the cluster is told which method copies no data', async () => {
    openCold(undefined, { vms: [aVm({ ...report, host: host.id })] });
    expect(await screen.findByText('Only the pool changes within the cluster: “Direct” copies no data.')).toBeTruthy();
    expect(screen.getByText(/^Without a choice disks are restored/u)).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: /^Direct/ }));
    expect(await screen.findByText('Only the pool changes within the cluster, so no data is copied.')).toBeTruthy();
    expect(await screen.findByText('Without a choice the disks stay where they are.')).toBeTruthy();
    expect(screen.queryByText(/^Without a choice disks are restored/u)).toBeNull();
  });
});

describe('the evacuation image folder', () => {
  test('missing is the reason beside the start, and the link leads to it', async () => {
    openCold([]);
    expect(await screen.findByText(/The evacuation image folder is not chosen/)).toBeTruthy();
    expect(canStart()).toBe(false);
    expect(screen.getByText(/No folder is set up yet/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Go to the first' }));
    expect(document.activeElement).toBe(folderField());
  });

  test('is chosen among several; the one used last is there already the next time', async () => {
    const folders = [aFolder(), aFolder({ path: '/nas' }), aFolder({ path: '/gone', problem: 'unreachable' })];
    const bridge = openCold(folders);
    await waitFor(() => expect(useFolders.getState().folders).toHaveLength(3));
    expect(folderField().textContent).toContain('Choose a folder');
    await userEvent.click(folderField());
    const gone = await screen.findByRole('option', { name: /\/gone/ });
    expect(gone.textContent).toContain('cannot be reached');
    expect(gone.getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(screen.getByRole('option', { name: /\/nas/ }));
    await waitFor(() => expect(lastPlan(bridge)?.folder).toBe('/nas'));
    await waitFor(() => expect(canStart()).toBe(true));
    await userEvent.click(screen.getByRole('button', { name: 'Start migration' }));
    await waitFor(() => expect(started(bridge)).toBeDefined());
    cleanup();

    const again = openCold(folders);
    await waitFor(() => expect(lastPlan(again)?.folder).toBe('/nas'));
  });

  test('that can no longer be used stops the start and says why', async () => {
    openCold();
    await waitFor(() => expect(canStart()).toBe(true));
    act(() => useFolders.setState({ folders: [aFolder({ problem: 'read-only', freeBytes: null })] }));
    expect(await screen.findByText(/\/evac is read-only/)).toBeTruthy();
    expect(canStart()).toBe(false);
  });

  test('is picked in the system’s chooser and added with what must stay free; then it is the chosen one', async () => {
    const bridge = openCold([], {
      answers: {
        'evacuation.chooseFolder': () => ({ path: '/mnt/evac/' }),
        'evacuation.addFolder': ({ floorBytes }) => [aFolder({ path: '/mnt/evac', floorBytes: floorBytes ?? 0 })],
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Add folder…' }));
    const form = screen.getByRole('form', { name: 'Add folder…' });
    const add = within(form).getByRole<HTMLButtonElement>('button', { name: 'Add folder' });
    expect(add.disabled).toBe(true);
    await userEvent.click(within(form).getByRole('button', { name: 'Browse…' }));
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Path of the folder').value).toBe('/mnt/evac/'));
    const floor = screen.getByLabelText('Never use the last (GB)');
    await userEvent.type(floor, 'much');
    expect(screen.getByText('A number from 0 to 1,000,000 is needed')).toBeTruthy();
    expect(add.disabled).toBe(true);
    await userEvent.clear(floor);
    await userEvent.type(floor, '50{Enter}');
    await waitFor(() => expect(lastPlan(bridge)?.folder).toBe('/mnt/evac'));
    expect(bridge.asked).toContainEqual({
      name: 'evacuation.addFolder',
      payload: { path: '/mnt/evac/', floorBytes: 50 * GIB },
    });
    expect(started(bridge)).toBeUndefined();
    await waitFor(() => expect(canStart()).toBe(true));
  });

  test('that cannot be added says why and keeps what was typed', async () => {
    openCold([], {
      answers: {
        'evacuation.addFolder': ({ path }) => {
          throw new AppError('folder-unusable', { folder: path, problem: 'missing' });
        },
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Add folder…' }));
    await userEvent.type(screen.getByLabelText('Path of the folder'), '/nowhere{Enter}');
    expect(await screen.findByText('The folder was not added')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Path of the folder').value).toBe('/nowhere');
  });

  test('a failure to read the folders is said and can be tried again', async () => {
    let fails = true;
    openCold([], {
      answers: {
        'evacuation.folders': () => {
          if (fails) throw new AppError('internal', { detail: 'disk' });
          return [aFolder()];
        },
      },
    });
    await screen.findByText('The folders could not be read');
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText('The folders could not be read')).toBeNull());
  });
});

describe('the space bar', () => {
  test('is a meter that says every number: used, reserved, needed, free after, floor', async () => {
    openCold();
    const meter = await screen.findByRole('meter', { name: 'Room in /evac' });
    expect(meter.getAttribute('aria-valuetext')).toBe(
      '400 GB in use, 50 GB reserved, 22 GB needed for this, 428 GB free after it, 100 GB never used',
    );
    expect(screen.getByText('Fits')).toBeTruthy();
    expect(screen.getByText('20 GB of disks and 2 GB of margin.')).toBeTruthy();
  });

  test('says what is lacking', async () => {
    openCold([aFolder({ freeBytes: 131 * GIB })]);
    expect(await screen.findByText('Lacks 41 GB')).toBeTruthy();
    expect(screen.getByRole('meter').getAttribute('aria-valuetext')).toContain('22 GB needed for this, 0 B free after');
  });
});

describe('with several stopped VMs', () => {
  const others = ['batch-01', 'batch-02'].map((name) => aVm({ ...report, id: aVm({ name }).id, name }));
  const vms = [report, ...others];

  test('less room than all at once: it fits with fewer at a time, and one click chooses that', async () => {
    // 150 GB are promised or never used; one image takes 22 GB.
    const bridge = openCold([aFolder({ freeBytes: 180 * GIB })], { vms });
    expect(await screen.findByText('Fits with 1 at a time')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Move 1 at a time' }));
    await waitFor(() => expect(checks(bridge).at(-1)?.atATime).toBe(1));
    expect(screen.queryByRole('button', { name: 'Move 1 at a time' })).toBeNull();
    expect(screen.getByText('60 GB of disks and 6 GB of margin in all, 22 GB of it at the same time.')).toBeTruthy();
  });

  test('kept images add up', async () => {
    openCold([aFolder({ freeBytes: 196 * GIB })], { vms });
    expect(await screen.findByText('Fits with 2 at a time')).toBeTruthy();
    await choose('Image afterwards', 'Keep');
    expect(await screen.findByText('Lacks 20 GB')).toBeTruthy();
  });
});

describe('policies', () => {
  const deleting = finding(
    { ruleId: 'S14', severity: 'warning', vm: report.id, destination: null, factReadAt: null },
    'S14',
    { vm: report.name },
  );
  const findingsFor = (operation: MigrationOperation): readonly Finding[] =>
    operation.moves.flatMap(({ evacuation }) =>
      evacuation?.sourcePolicy === 'delete-before-restore' ? [deleting] : [],
    );

  test('deleting the source first is explained, is checked anew, and has to be accepted', async () => {
    const bridge = openCold(undefined, {
      answers: {
        'migration.check': ({ operation }) => ({ findings: findingsFor(operation), checkedAt: Date.now() }),
      },
    });
    await waitFor(() => expect(canStart()).toBe(true));
    await choose('Source of cold moves', 'Delete before restore');
    expect(screen.getByText(/the VM exists only as an image\.$/)).toBeTruthy();
    expect(await screen.findByText('After the evacuation the VM exists only as an image')).toBeTruthy();
    expect(canStart()).toBe(false);
    expect(lastPlan(bridge)?.sourcePolicy).toBe('delete-before-restore');
    await choose('Source of cold moves', 'Keep until restored');
    await waitFor(() => expect(canStart()).toBe(true));
  });

  test('what becomes of the image goes along', async () => {
    const bridge = openCold();
    await waitFor(() => expect(canStart()).toBe(true));
    await choose('Image afterwards', 'Keep');
    await waitFor(() => expect(lastPlan(bridge)?.imagePolicy).toBe('keep'));
  });
});

describe('fix first', () => {
  const drive = {
    key: '3000',
    label: 'CD/DVD drive 1',
    media: 'image',
    fileName: '[iso] a.iso',
    connected: true,
  } as const;
  const withIso: VirtualMachine = aVm({ ...report, cdroms: [drive] });
  const mounted = finding(
    { ruleId: 'S6', severity: 'warning', vm: withIso.id, destination: null, factReadAt: null },
    'S6',
    { vm: withIso.name, drives: ['CD/DVD drive 1'], otherManager: false },
  );

  test('the ISO is ejected after one question, and the check runs again', async () => {
    let findings: readonly Finding[] = [mounted];
    const empty: VirtualMachine = { ...withIso, cdroms: [{ ...drive, media: 'none', connected: false }] };
    const bridge = openCold(undefined, {
      vms: [withIso],
      answers: {
        'migration.check': () => ({ findings, checkedAt: Date.now() }),
        'fixes.apply': ({ fix }) => {
          findings = [];
          return {
            record: { number: 1, fix, by: 'k.sato', at: 1, before: [], state: 'applied', error: null, done: null },
            vm: empty,
          };
        },
      },
    });
    const offer = await screen.findByRole('button', { name: /Eject/ });
    const before = checks(bridge).length;
    await userEvent.click(offer);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(checks(bridge).length).toBe(before + 1));
    await waitFor(() => expect(canStart()).toBe(true));
    expect(screen.queryByRole('button', { name: /Eject/ })).toBeNull();
  });
});

test('everything can be chosen with the keyboard alone', async () => {
  const bridge = openCold();
  await waitFor(() => expect(canStart()).toBe(true));
  screen.getByRole('radio', { name: /^Via evacuation folder/ }).focus();
  await userEvent.keyboard('{ArrowRight}');
  await waitFor(() => expect(checks(bridge).at(-1)?.moves[0]?.method).toBe('cold-direct'));
  await userEvent.keyboard('{ArrowLeft}');
  await waitFor(() => expect(lastPlan(bridge)?.folder).toBe('/evac'));
  screen.getByRole('combobox', { name: 'Source of cold moves' }).focus();
  await userEvent.keyboard('{Enter}{ArrowDown}{Enter}');
  await waitFor(() => expect(lastPlan(bridge)?.sourcePolicy).toBe('delete-before-restore'));
  expect(started(bridge)).toBeUndefined();
});
