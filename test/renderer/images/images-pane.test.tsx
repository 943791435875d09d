import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { ImagesPane } from '../../../renderer/features/images/images-pane.tsx';
import { ConfirmDialog } from '../../../renderer/shell/confirm-dialog.tsx';
import { useDialogs } from '../../../renderer/stores/dialogs.ts';
import { useImages } from '../../../renderer/stores/images.ts';
import { useNotices } from '../../../renderer/stores/notices.ts';
import { selectPlace, useSelection } from '../../../renderer/stores/selection.ts';
import { useTasks } from '../../../renderer/stores/tasks.ts';
import type { EvacuationImage, ImageProblem, LostVm } from '../../../shared/domain/evacuation.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aFolder } from '../../support/evacuation-builders.ts';
import { aSiteStatus, type FakeBridgeOptions } from '../../support/fake-bridge.ts';
import { aHost, aPool, aVmSummary, idOf } from '../../support/inventory-builders.ts';
import { aColdTask, anImageOf, sealedImage } from '../../support/recovery-samples.ts';
import { changeInventory, prepareWindow, promised, show, type WindowOptions } from '../../support/window-harness.tsx';

type Scene = Omit<WindowOptions, 'answers'> & { readonly answers?: FakeBridgeOptions['answers'] };

const open = (images: readonly EvacuationImage[], { answers, ...rest }: Scene = {}) => {
  const bridge = prepareWindow({
    ...rest,
    answers: { 'evacuation.images': () => images, 'evacuation.folders': () => [aFolder()], ...answers },
  });
  act(() => useImages.getState().open());
  show(
    <>
      <ImagesPane />
      <ConfirmDialog />
    </>,
  );
  return bridge;
};

const asked = (bridge: ReturnType<typeof open>, name: string): readonly unknown[] =>
  bridge.asked.filter((one) => one.name === name).map(({ payload }) => payload);
const rows = async (): Promise<readonly HTMLElement[]> =>
  within(await screen.findByRole('list', { name: 'Evacuation images' })).getAllByRole('listitem');
const isOff = (element: HTMLElement): boolean => element.getAttribute('aria-disabled') === 'true';

beforeEach(() => useSelection.setState(useSelection.getInitialState(), true));

describe('the list', () => {
  test('tells of each VM where it came from, how large and old it is, and whether it is whole', async () => {
    open([
      anImageOf(),
      anImageOf('half-01', { state: 'partial' }),
      anImageOf('gone-01', { state: 'deleting', name: 'gone-01 T-3' }),
      anImageOf('bad-01', { state: 'damaged', problem: { kind: 'missing-file', file: 'disk-1.vmdk' } }),
      anImageOf('odd-01', {
        state: 'damaged',
        record: null,
        problem: { kind: 'unreadable-record', file: 'image.json' },
      }),
    ]);
    const texts = (await rows()).map((row) => row.textContent);
    expect(texts[0]).toMatch(/^crm-db-01Site A › pool-01 › esx-01Sealed94GB2 h ago/);
    expect(texts[1]).toMatch(/^half-01.*Not whole/);
    expect(texts[2]).toMatch(/^gone-01.*Half deleted/);
    expect(texts[3]).toMatch(/^bad-01.*Damaged.*disk-1\.vmdk is missing/);
    expect(texts[4]).toMatch(/^odd-01 T-12VM not known.*image\.json cannot be understood/);
    expect(screen.getByText('5 images')).toBeTruthy();
  });

  test('is searched by VM, place and folder, all words at once', async () => {
    open([anImageOf(), anImageOf('web-01', { folder: '/evac-02' })]);
    expect(await rows()).toHaveLength(2);
    const search = screen.getByRole('searchbox');
    await userEvent.type(search, 'esx-01 evac-02');
    expect((await rows()).map((row) => row.textContent)).toEqual([expect.stringMatching(/^web-01/)]);
    await userEvent.type(search, ' nothing');
    expect(screen.getByText('No image fits “esx-01 evac-02 nothing”.')).toBeTruthy();
  });

  test('reveals the path, to be copied', async () => {
    const user = userEvent.setup();
    open([anImageOf('web-01', { folder: '\\\\nas\\evac', name: 'web-01 T-4' })]);
    await user.click(await screen.findByRole('button', { name: 'Details of web-01 T-4' }));
    expect(screen.getByText('\\\\nas\\evac\\web-01 T-4')).toBeTruthy();
    expect(screen.getByText('Networks: net-01')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Copy the path' }));
    expect(await screen.findByText('Copied')).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe('\\\\nas\\evac\\web-01 T-4');
  });

  test('is read anew when a task gets on with its image', async () => {
    const bridge = open([]);
    await screen.findByText('No images');
    const before = asked(bridge, 'evacuation.images').length;
    act(() => useTasks.setState({ tasks: [aColdTask({ state: 'running', cold: { image: sealedImage } })] }));
    await waitFor(() => expect(asked(bridge, 'evacuation.images')).toHaveLength(before + 1));
  });

  test('gives way to what is chosen in the inventory', async () => {
    open([anImageOf()]);
    await rows();
    act(() => selectPlace(idOf('pool', 'pool-01')));
    expect(useImages.getState().isOpen).toBe(false);
  });
});

describe('when there is nothing to show', () => {
  test('no folder: says what it is for, and leads to setting one up', async () => {
    open([], { answers: { 'evacuation.folders': () => [] } });
    expect(await screen.findByText('No evacuation image folder yet')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Set up a folder…' }));
    expect(useDialogs.getState().open).toEqual({ kind: 'folders' });
  });

  test('a folder that cannot be reached is named, so that its images are not taken for gone', async () => {
    const folders = [aFolder({ path: '/evac-02', freeBytes: null, totalBytes: null, problem: 'unreachable' })];
    open([], { answers: { 'evacuation.folders': () => folders } });
    expect(await screen.findByText('/evac-02 cannot be reached: its images are not shown.')).toBeTruthy();
  });

  test('what cannot be read is said, and read again', async () => {
    let broken = true;
    open([], {
      answers: {
        'evacuation.images': () => {
          if (broken) throw new AppError('storage-failed', { file: 'journal.db', reason: 'disk I/O error' });
          return [anImageOf()];
        },
      },
    });
    expect(await screen.findByText('The images could not be read')).toBeTruthy();
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await rows()).toHaveLength(1);
    expect(screen.queryByText('The images could not be read')).toBeNull();
  });
});

describe('verifying', () => {
  test.each<[ImageProblem | null, RegExp]>([
    [null, /^All of it matches its manifest, compared \d s ago$/],
    [{ kind: 'wrong-content', file: 'disk-1.vmdk' }, /^the content of disk-1\.vmdk differs from its manifest/],
  ])('%j', async (problem, words) => {
    const answer = promised<{ readonly problem: ImageProblem | null }>();
    const bridge = open([anImageOf()], { answers: { 'evacuation.verifyImage': () => answer.promise } });
    await userEvent.click(await screen.findByRole('button', { name: 'Verify the image of crm-db-01' }));
    expect(screen.getByText('Reading all of it and comparing…')).toBeTruthy();
    expect(asked(bridge, 'evacuation.verifyImage')).toEqual([{ folder: '/evac-01', image: 'crm-db-01 T-12' }]);
    answer.resolve({ problem });
    expect(await screen.findByText(words)).toBeTruthy();
  });

  test('can be stopped', async () => {
    const answer = promised<{ readonly problem: null }>();
    open([anImageOf()], { answers: { 'evacuation.verifyImage': () => answer.promise } });
    await userEvent.click(await screen.findByRole('button', { name: 'Verify the image of crm-db-01' }));
    await userEvent.click(screen.getByRole('button', { name: 'Stop verifying the image of crm-db-01' }));
    expect(await screen.findByRole('button', { name: 'Verify the image of crm-db-01' })).toBeTruthy();
    expect(screen.queryByText('Reading all of it and comparing…')).toBeNull();
  });

  test('that fails says nothing of the image', async () => {
    open([anImageOf()], {
      answers: {
        'evacuation.verifyImage': () => {
          throw new AppError('folder-unusable', { folder: '/evac-01', problem: 'unreachable' });
        },
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Verify the image of crm-db-01' }));
    expect(await screen.findByText(/^Not compared: .*cannot be reached/)).toBeTruthy();
  });
});

describe('restoring', () => {
  test('opens the dialog with the image', async () => {
    const image = anImageOf();
    open([image]);
    await userEvent.click(await screen.findByRole('button', { name: 'Restore crm-db-01' }));
    expect(useDialogs.getState().open).toMatchObject({ kind: 'restore', image: { name: image.name } });
  });

  test.each([
    ['in use', { task: taskId(12) }, 'T-12 works with it'],
    ['not whole', { state: 'partial' }, 'It was never sealed, or is half deleted: there is no whole VM in it'],
    ['damaged', { state: 'damaged' }, 'It differs from its manifest: it is not restored'],
  ] as const)('is refused when it is %s', async (_, facts, reason) => {
    open([anImageOf('crm-db-01', facts)]);
    const restore = await screen.findByRole('button', { name: 'Restore crm-db-01' });
    expect(isOff(restore)).toBe(true);
    expect(restore.title).toBe(reason);
    await userEvent.click(restore);
    expect(useDialogs.getState().open).toBeNull();
  });
});

describe('deleting', () => {
  const askFor = async (name = 'crm-db-01') => {
    await userEvent.click(await screen.findByRole('button', { name: `Delete the image of ${name}` }));
    return screen.findByRole('alertdialog', { name: `Delete the image of ${name}?` });
  };
  const deleteButton = (dialog: HTMLElement) =>
    within(dialog).getByRole<HTMLButtonElement>('button', { name: /^Delete the image of/ });

  test('what may be the only copy has to be named by hand', async () => {
    const bridge = open([anImageOf()], { answers: { 'evacuation.deleteImage': () => [] } });
    const dialog = await askFor();
    expect(dialog.textContent).toContain('this may be the only copy of crm-db-01');
    expect(dialog.textContent).toContain('/evac-01/crm-db-01 T-12');
    expect(deleteButton(dialog).disabled).toBe(true);
    const field = within(dialog).getByRole('textbox', { name: 'Type crm-db-01 to confirm' });
    await userEvent.type(field, 'crm-db-0');
    expect(deleteButton(dialog).disabled).toBe(true);
    await userEvent.type(field, '1');
    await userEvent.click(deleteButton(dialog));
    expect(await screen.findByText('No images')).toBeTruthy();
    expect(asked(bridge, 'evacuation.deleteImage')).toEqual([{ folder: '/evac-01', image: 'crm-db-01 T-12' }]);
  });

  test('whose source is there asks with the name alone', async () => {
    open([anImageOf()], { vms: [aVmSummary({ name: 'crm-db-01' })], answers: { 'evacuation.deleteImage': () => [] } });
    const dialog = await askFor();
    expect(dialog.textContent).toContain('is still in the inventory');
    await userEvent.click(deleteButton(dialog));
    expect(await screen.findByText('No images')).toBeTruthy();
  });

  test('a source seen when the site was last connected proves nothing', async () => {
    open([anImageOf()], {
      vms: [aVmSummary({ name: 'crm-db-01' })],
      sites: [aSiteStatus({}, { kind: 'offline' })],
    });
    expect((await askFor()).textContent).toContain('this may be the only copy');
  });

  test('a VM of the same name is pointed out', async () => {
    open([anImageOf()], { vms: [aVmSummary({ name: 'crm-db-01', id: idOf('vm', 'restored') })] });
    expect((await askFor()).textContent).toContain('another one called crm-db-01 is in the inventory');
  });

  test('what is left over is told to hold no VM', async () => {
    open([anImageOf('half-01', { state: 'partial' })]);
    expect((await askFor('half-01')).textContent).toContain('no VM can be made from it');
  });

  test('is refused while a task works with it', async () => {
    open([anImageOf('crm-db-01', { task: taskId(12) })]);
    const remove = await screen.findByRole('button', { name: 'Delete the image of crm-db-01' });
    expect(isOff(remove)).toBe(true);
    expect(remove.title).toBe('T-12 works with it');
    await userEvent.click(screen.getByRole('button', { name: 'in use by T-12' }));
    expect(useDialogs.getState().open).toEqual({ kind: 'task', task: 12 });
  });

  test('that a task has begun to use meanwhile is refused by the main process, and stays', async () => {
    open([anImageOf()], {
      vms: [aVmSummary({ name: 'crm-db-01' })],
      answers: {
        'evacuation.deleteImage': () => {
          throw new AppError('image-in-use', { image: 'crm-db-01 T-12', task: 'T-13' });
        },
      },
    });
    await userEvent.click(deleteButton(await askFor()));
    await waitFor(() => expect(useNotices.getState().notices.map((one) => one.error.code)).toEqual(['image-in-use']));
    expect(await rows()).toHaveLength(1);
  });
});

describe('lost VMs', () => {
  const lost: readonly LostVm[] = [
    { kind: 'only-an-image', image: anImageOf() },
    { kind: 'left-over-partial', image: anImageOf('half-01', { state: 'partial' }) },
    { kind: 'twice', vmName: 'web-01', vms: [idOf('vm', 'web-01'), idOf('vm', 'web-01-old')] },
    { kind: 'parked-without-task', vmName: 'db-02', vm: idOf('vm', 'db-02') },
    { kind: 'half-deleted', image: anImageOf('gone-01', { state: 'deleting' }) },
  ];
  const find = async () => {
    await userEvent.click(screen.getByRole('button', { name: 'Find lost VMs' }));
    return screen.findByRole('region', { name: 'Lost VMs' });
  };

  test('each is told with the next safe step', async () => {
    open([], { answers: { 'recovery.findLost': () => lost } });
    changeInventory([aPool(), aHost()], [aVmSummary(), aVmSummary({ name: 'web-01-old' })]);
    const section = await find();
    const items = (await within(section).findAllByRole('listitem')).map((item) => item.textContent);
    expect(items[0]).toMatch(/crm-db-01 is only an image.*Restore it\. Do not delete the image before\.Restore…/);
    expect(items[1]).toMatch(/half-01 was begun and never sealed.*can be deleted\.Delete/);
    expect(items[2]).toMatch(/web-01 is there twice.*never power on both\.Show web-01Show web-01-old/);
    expect(items[3]).toMatch(/db-02 is parked.*give it its own name back/);
    expect(items[4]).toMatch(
      /gone-01 was to be deleted.*Make sure that the VM is somewhere else.*delete what is left of it\.Delete/,
    );
    await userEvent.click(within(section).getByRole('button', { name: 'Restore crm-db-01' }));
    expect(useDialogs.getState().open).toMatchObject({ kind: 'restore' });
    expect(within(section).getByRole<HTMLButtonElement>('button', { name: 'Show db-02' }).disabled).toBe(true);
    await userEvent.click(within(section).getByRole('button', { name: 'Show web-01-old' }));
    expect([...useSelection.getState().vms]).toEqual([idOf('vm', 'web-01-old')]);
  });

  test('a copy that was never sealed is verified, which seals it, and looked for again', async () => {
    const partial = anImageOf('only-01', { state: 'partial' });
    let sealed = false;
    open([partial], {
      answers: {
        'recovery.findLost': () => (sealed ? [] : [{ kind: 'only-an-unsealed-image', image: partial }]),
        'evacuation.verifyImage': () => {
          sealed = true;
          return { problem: null };
        },
      },
    });
    const section = await find();
    const [item] = await within(section).findAllByRole('listitem');
    expect(item?.textContent).toMatch(/only-01 is only an image that was never sealed.*Do not delete it\./);
    await userEvent.click(within(section).getByRole('button', { name: 'Verify the image of only-01' }));
    expect(await screen.findByText(/^Nothing is lost/)).toBeTruthy();
  });

  test('nothing lost is said only with what could not be seen', async () => {
    open([], {
      sites: [aSiteStatus({ name: 'vc-tokyo' }, { kind: 'offline' })],
      answers: { 'recovery.findLost': () => [] },
    });
    const section = await find();
    expect(await within(section).findByText(/^Nothing is lost/)).toBeTruthy();
    expect(section.textContent).toContain('Not connected: vc-tokyo.');
  });

  test('a search that fails is said, and tried again', async () => {
    let broken = true;
    open([], {
      answers: {
        'recovery.findLost': () => {
          if (broken) throw new AppError('storage-failed', { file: 'journal.db', reason: 'disk I/O error' });
          return [];
        },
      },
    });
    const section = await find();
    expect(await within(section).findByText('Lost VMs could not be looked for')).toBeTruthy();
    broken = false;
    await userEvent.click(within(section).getByRole('button', { name: 'Try again' }));
    expect(await within(section).findByText(/^Nothing is lost/)).toBeTruthy();
  });
});
