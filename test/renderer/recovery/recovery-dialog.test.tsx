import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { RecoveryDialog } from '../../../renderer/features/recovery/recovery-dialog.tsx';
import { openDialog, useDialogs } from '../../../renderer/stores/dialogs.ts';
import { useSites } from '../../../renderer/stores/sites.ts';
import { useTasks } from '../../../renderer/stores/tasks.ts';
import type { RecoveryAssessment, RecoveryFacts } from '../../../shared/domain/evacuation.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aSiteStatus, type FakeBridgeOptions } from '../../support/fake-bridge.ts';
import {
  aCluster,
  aDatastore,
  aHost,
  aNetwork,
  aPool,
  aVm,
  aVmSummary,
  destinationOf,
  idOf,
} from '../../support/inventory-builders.ts';
import {
  type AssessmentFacts,
  aColdTask,
  anAssessment,
  anImageOf,
  aTaskToRecover,
  sealedImage,
} from '../../support/recovery-samples.ts';
import { changeInventory, prepareWindow, promised, show, type WindowOptions } from '../../support/window-harness.tsx';

interface Scene extends Omit<WindowOptions, 'answers'> {
  readonly view?: TaskView;
  readonly assessment?: AssessmentFacts;
  readonly answers?: FakeBridgeOptions['answers'];
}

const elsewhere = aPool({ name: 'pool-03' });
const infrastructure = [
  aCluster(),
  aHost({ networks: [idOf('network', 'net-01'), idOf('network', 'net-02')] }),
  aHost({ name: 'esx-02' }),
  aPool(),
  elsewhere,
  aDatastore(),
  aNetwork(),
  aNetwork({ name: 'net-02' }),
];
const crm = { name: 'crm-db-01', powerState: 'off' } as const;

const open = async ({ view = aTaskToRecover(), assessment, answers, ...rest }: Scene = {}) => {
  const bridge = prepareWindow({
    infrastructure,
    vms: [aVmSummary(crm)],
    ...rest,
    answers: {
      'tasks.details': () => ({ view, events: [] }),
      'recovery.assess': () => anAssessment(assessment),
      'inventory.facts': () => [{ vm: aVm(crm), readAt: 0 }],
      ...answers,
    },
  });
  show(<RecoveryDialog />);
  openDialog({ kind: 'recover', task: taskId(12) });
  await screen.findByRole('alertdialog', { name: 'Recover crm-db-01' });
  return bridge;
};

const card = (name: string | RegExp): HTMLElement => {
  const found = screen.getByRole('radio', { name }).closest('.recovery-choice');
  if (!(found instanceof HTMLElement)) throw new Error(`no card ${name}`);
  return found;
};
const chosen = async (): Promise<string | undefined> =>
  (await screen.findAllByRole<HTMLInputElement>('radio')).find((radio) => radio.checked)?.id;
const asked = (bridge: Awaited<ReturnType<typeof open>>, name: string): readonly unknown[] =>
  bridge.asked.filter((one) => one.name === name).map(({ payload }) => payload);

describe('what is known', () => {
  test('the VM is safe, and which of the three holds', async () => {
    await open();
    const known = await screen.findByRole('region', { name: 'crm-db-01 is safe.' });
    expect(known.textContent).toContain('2 good copies, none powered on');
    expect(known.textContent).toContain('crm-db-01 (parked T-12)');
    expect(known.textContent).toContain('/evac-01/crm-db-01 T-12');
    expect(known.textContent).toMatch(/Seen (19|20|21) s ago/);
    const words = within(known)
      .getAllByRole('heading')
      .map((heading) => heading.textContent);
    expect(words).toEqual(['Source is intactHolds', 'Image is sealedHolds', 'Restored VM is completeDoes not hold']);
  });

  test('what the platform is busy with at the source', async () => {
    await open({ assessment: { sourceHeldBy: 'VirtualMachine.ExportVmLRO' } });
    const known = await screen.findByRole('region', { name: 'crm-db-01 is safe.' });
    expect(known.textContent).toContain('The platform holds it now: being exported.');
  });

  test.each<[string, Partial<RecoveryFacts>, string]>([
    ['a copy that was never read back', { source: 'gone', image: 'complete' }, 'All there is of crm-db-01 is a copy'],
    ['both powered on', { source: 'running', restored: 'running' }, 'crm-db-01 runs twice.'],
    ['nothing can be asked', { source: 'unknown', image: 'unknown', restored: 'unknown' }, 'It is not known how'],
    ['one copy is enough', { source: 'gone', image: 'unknown', restored: 'off' }, 'crm-db-01 is safe.'],
    ['no copy', { source: 'gone', image: 'damaged', restored: 'incomplete' }, 'No good copy of crm-db-01 was found.'],
  ])('%s', async (_, facts, words) => {
    await open({ assessment: { facts } });
    expect(await screen.findByRole('region', { name: new RegExp(`^${words}`) })).toBeTruthy();
  });

  test('while it looks nothing can be begun', async () => {
    const answer = promised<RecoveryAssessment>();
    await open({ answers: { 'recovery.assess': () => answer.promise } });
    expect(screen.getByText('Looking at source, image and destination…')).toBeTruthy();
    expect(screen.queryByRole('radio')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
    answer.resolve(anAssessment());
    expect(await screen.findByRole('button', { name: 'Resume' })).toBeTruthy();
  });

  test('is looked at again when asked for, and when that fails the last answer stays', async () => {
    let fails = false;
    const bridge = await open({
      answers: {
        'recovery.assess': () => {
          if (fails) throw new AppError('server-timeout', { address: 'vc', seconds: 30 } as never);
          return anAssessment();
        },
      },
    });
    fails = true;
    await userEvent.click(await screen.findByRole('button', { name: 'Look again' }));
    expect(await screen.findByText('How the VM stands could not be found out')).toBeTruthy();
    expect(asked(bridge, 'recovery.assess')).toEqual([{ task: 12 }, { task: 12 }]);
    expect(screen.getByRole('region', { name: 'crm-db-01 is safe.' })).toBeTruthy();
  });

  test('the image can be read back; what is wrong with it is said', async () => {
    const bridge = await open({
      answers: { 'evacuation.verifyImage': () => ({ problem: { kind: 'wrong-content', file: 'disk-1.vmdk' } }) },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Read it back now' }));
    expect(await screen.findByText('the content of disk-1.vmdk differs from its manifest')).toBeTruthy();
    expect(asked(bridge, 'evacuation.verifyImage')).toEqual([{ folder: '/evac-01', image: 'crm-db-01 T-12' }]);
  });

  test('what happened: cause, consequence, and how far it had come', async () => {
    await open();
    expect((await screen.findByText(/Copying disk-2 of crm-db-01 broke off/)).closest('.error-note')).toBeTruthy();
    expect(screen.getByText('Restore', { selector: '.tone-bad' })).toBeTruthy();
  });
});

describe('a site that is offline', () => {
  const offline = () => aSiteStatus({}, { kind: 'offline' });
  const nothing: AssessmentFacts = {
    facts: { source: 'unknown', image: 'sealed', restored: 'unknown' },
    advised: null,
    obstacles: {
      resume: 'not-known',
      'roll-back': 'not-known',
      'restore-elsewhere': 'not-known',
      'restore-to-origin': 'not-known',
    },
  };

  test('is said, can be connected, and then is looked at by itself', async () => {
    const bridge = await open({
      sites: [offline()],
      assessment: nothing,
      answers: { 'sites.connect': () => aSiteStatus() },
    });
    expect(await screen.findByText('Site A is not connected: what is there cannot be seen.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Connect Site A' }));
    expect(asked(bridge, 'sites.connect')).toEqual([{ site: 'site-a' }]);
    const before = asked(bridge, 'recovery.assess').length;
    act(() => useSites.setState({ sites: [aSiteStatus()] }));
    await waitFor(() => expect(asked(bridge, 'recovery.assess')).toHaveLength(before + 1));
    expect(screen.queryByText(/is not connected/)).toBeNull();
  });

  test('leaves only what is safe without it, and nothing preselected', async () => {
    await open({ sites: [offline()], assessment: nothing });
    expect(await chosen()).toBeUndefined();
    expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
    expect(screen.getByText('No step is safe now.')).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'Keep the image' }));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Keep the image' }).disabled).toBe(false);
  });
});

describe('the choices', () => {
  test('the advised one is preselected, and the button has its verb', async () => {
    await open({ assessment: { advised: 'roll-back' } });
    expect(await chosen()).toBe('recovery-roll-back');
    expect(card(/^Roll back/).textContent).toContain('Advised');
    expect(screen.getByRole('button', { name: 'Roll back' })).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'Resume' }));
    expect(screen.getByRole('button', { name: 'Resume' })).toBeTruthy();
  });

  test('what is not safe cannot be chosen, and says why', async () => {
    await open({ assessment: { obstacles: { resume: 'source-running' }, advised: 'roll-back' } });
    const resume = await screen.findByRole<HTMLInputElement>('radio', { name: 'Resume' });
    expect(resume.disabled).toBe(true);
    expect(card('Resume').textContent).toContain('Not safe now. Somebody has powered the source on');
    expect(card('Restore to the original place').textContent).toContain('rolling back is simpler');
    await userEvent.click(resume);
    expect(await chosen()).toBe('recovery-roll-back');
  });

  test('one that deletes asks once more with the name of the VM, and can be thought over', async () => {
    const bridge = await open({
      answers: { 'recovery.choose': () => aColdTask({ state: 'running', startedAt: 1 }) },
    });
    await userEvent.click(await screen.findByRole('radio', { name: 'Roll back' }));
    await userEvent.click(screen.getByRole('button', { name: 'Roll back' }));
    expect(
      await screen.findByText('For crm-db-01 this deletes for good: the evacuation image (at the end).'),
    ).toBeTruthy();
    expect(asked(bridge, 'recovery.choose')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    await userEvent.click(screen.getByRole('button', { name: 'Roll back' }));
    await userEvent.click(screen.getByRole('button', { name: 'Roll back: crm-db-01' }));
    await waitFor(() => expect(useDialogs.getState().open).toBeNull());
    expect(asked(bridge, 'recovery.choose')).toEqual([{ task: 12, choice: { action: 'roll-back' } }]);
    expect(useTasks.getState().tasks[0]?.state).toBe('running');
  });

  test('one that deletes nothing begins at once', async () => {
    const bridge = await open({ answers: { 'recovery.choose': () => aColdTask({ state: 'cancelled' }) } });
    await userEvent.click(await screen.findByRole('radio', { name: 'Keep the image' }));
    await userEvent.click(screen.getByRole('button', { name: 'Keep the image' }));
    await waitFor(() => expect(useDialogs.getState().open).toBeNull());
    expect(asked(bridge, 'recovery.choose')).toEqual([{ task: 12, choice: { action: 'keep-image' } }]);
  });

  test('one that is refused says why, begins nothing, and looks again', async () => {
    let facts: AssessmentFacts = {};
    const bridge = await open({
      answers: {
        'recovery.assess': () => anAssessment(facts),
        'recovery.choose': () => {
          facts = { facts: { source: 'running' }, obstacles: { resume: 'source-running' }, advised: 'roll-back' };
          throw new AppError('recovery-not-safe', { action: 'resume', obstacle: 'source-running' });
        },
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Resume' }));
    await userEvent.click(screen.getByRole('button', { name: 'Resume: crm-db-01' }));
    expect(await screen.findByText('Nothing was begun')).toBeTruthy();
    expect(screen.getByText(/“Resume” is not safe now/)).toBeTruthy();
    await waitFor(async () => expect(await chosen()).toBe('recovery-roll-back'));
    expect(asked(bridge, 'recovery.assess')).toHaveLength(2);
  });
});

describe('restoring elsewhere', () => {
  const begun = () => aColdTask({ state: 'running', startedAt: 1 });
  const choosePlace = async () => {
    await userEvent.click(await screen.findByRole('radio', { name: 'Restore elsewhere' }));
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Choose where…' }).disabled).toBe(false),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Choose where…' }));
    await userEvent.click(await screen.findByRole('option', { name: /pool-03/ }));
  };

  test('needs a place, which is picked as in a migration; then host and datastore', async () => {
    const bridge = await open({ answers: { 'recovery.choose': begun } });
    await userEvent.click(await screen.findByRole('radio', { name: 'Restore elsewhere' }));
    expect(screen.getByText('Choose where it is restored first.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Restore elsewhere' }).disabled).toBe(true);
    await choosePlace();
    await userEvent.click(screen.getByRole('combobox', { name: 'Host' }));
    await userEvent.click(await screen.findByRole('option', { name: /esx-02/ }));
    await userEvent.click(screen.getByRole('combobox', { name: 'Datastore' }));
    await userEvent.click(await screen.findByRole('option', { name: /ds-01/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Restore elsewhere' }));
    expect(screen.getByText(/deletes for good: the parked source \(once the restored VM is verified\)/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Restore elsewhere: crm-db-01' }));
    const to = {
      destination: destinationOf(elsewhere),
      host: idOf('host', 'esx-02'),
      datastore: idOf('datastore', 'ds-01'),
      networkMap: {},
    };
    await waitFor(() =>
      expect(asked(bridge, 'recovery.choose')).toEqual([{ task: 12, choice: { action: 'restore-elsewhere', to } }]),
    );
  });

  test('asks for a network where the own one is not', async () => {
    const [adapter] = aVm().adapters ?? [];
    if (adapter === undefined) throw new Error('no adapter');
    const lonely = aVm({
      ...crm,
      adapters: [{ ...adapter, network: idOf('network', 'net-99'), networkName: 'net-99' }],
    });
    const bridge = await open({
      answers: { 'recovery.choose': begun, 'inventory.facts': () => [{ vm: lonely, readAt: 0 }] },
    });
    await choosePlace();
    expect(screen.getByText('Choose a network for each adapter first.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Restore elsewhere' }).disabled).toBe(true);
    await userEvent.click(screen.getByRole('combobox', { name: /Network adapter 1/ }));
    await userEvent.click(await screen.findByRole('option', { name: /net-02/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Restore elsewhere' }));
    await userEvent.click(screen.getByRole('button', { name: 'Restore elsewhere: crm-db-01' }));
    await waitFor(() =>
      expect(asked(bridge, 'recovery.choose')).toMatchObject([
        { choice: { to: { networkMap: { '4000': idOf('network', 'net-02') } } } },
      ]),
    );
  });

  test('takes the VM out of its image when its source is gone', async () => {
    await open({
      vms: [],
      view: aTaskToRecover({ cold: { sourceDeleted: true, parkedName: null, image: sealedImage } }),
      assessment: { facts: { source: 'gone' } },
      answers: { 'inventory.facts': () => [], 'evacuation.images': () => [anImageOf('other'), anImageOf()] },
    });
    await choosePlace();
    expect(screen.getByRole('combobox', { name: 'Host' })).toBeTruthy();
  });

  test('a VM known nowhere cannot be sent anywhere', async () => {
    await open({ answers: { 'inventory.facts': () => [], 'evacuation.images': () => [] } });
    await userEvent.click(await screen.findByRole('radio', { name: 'Restore elsewhere' }));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Choose where…' }).disabled).toBe(true);
  });
});

test('a task that somebody else has decided meanwhile offers nothing', async () => {
  await open({ view: aColdTask({ state: 'completed', startedAt: 1, endedAt: 2 }) });
  expect(await screen.findByText('This task no longer waits for a decision. It is now: Completed.')).toBeTruthy();
  expect(screen.queryByRole('radio')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
});

test('a journal that cannot be read is said, and read again', async () => {
  let broken = true;
  prepareWindow({
    answers: {
      'tasks.details': () => {
        if (broken) throw new AppError('storage-failed', { file: 'journal.db', reason: 'disk I/O error' });
        return { view: aTaskToRecover(), events: [] };
      },
      'recovery.assess': () => anAssessment(),
    },
  });
  changeInventory(infrastructure, []);
  show(<RecoveryDialog />);
  openDialog({ kind: 'recover', task: taskId(12) });
  expect(await screen.findByText('The journal of this task could not be read')).toBeTruthy();
  broken = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('alertdialog', { name: 'Recover crm-db-01' })).toBeTruthy();
});
