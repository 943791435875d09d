import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { LimitsDialog } from '../../../renderer/features/limits/limits-dialog.tsx';
import { SettingsMenu } from '../../../renderer/features/settings/settings-menu.tsx';
import { TaskPanel } from '../../../renderer/features/tasks/task-panel.tsx';
import { useAnnouncements } from '../../../renderer/stores/announcements.ts';
import { openLimits } from '../../../renderer/stores/limits.ts';
import { defaultLimits, type Limits } from '../../../shared/domain/limits.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { FakeBridgeOptions } from '../../support/fake-bridge.ts';
import { prepareWindow, show, type WindowOptions } from '../../support/window-harness.tsx';

let stop: (() => void) | null = null;
afterEach(() => stop?.());

/** A window over a main process that keeps the limits. */
const open = async (answers: FakeBridgeOptions['answers'] = {}, options: WindowOptions = {}) => {
  let limits: Limits = { ...defaultLimits, perHost: 6 };
  const bridge = prepareWindow({
    ...options,
    answers: {
      'limits.read': () => limits,
      'limits.change': (wanted) => {
        limits = { ...limits, ...wanted };
        return limits;
      },
      ...answers,
    },
  });
  show(
    <>
      <SettingsMenu />
      <TaskPanel />
      <LimitsDialog />
    </>,
  );
  await act(async () => {
    stop = await openLimits();
  });
  return bridge;
};

const line = () => screen.getByRole('button', { name: /^At a time: / });
const openFromLine = async () => {
  await userEvent.click(line());
  await screen.findByRole('alertdialog');
};
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const type = async (name: string, text: string) => {
  await userEvent.clear(field(name));
  if (text !== '') await userEvent.type(field(name), text);
};
const save = () => screen.getByRole('button', { name: 'Save' });
const asked = (bridge: Awaited<ReturnType<typeof open>>) =>
  bridge.asked.flatMap(({ name, payload }) => (name === 'limits.change' ? [payload] : []));

describe('how much is done at the same time', () => {
  test('stands over the tasks and is changed from there; only what was changed is sent', async () => {
    const bridge = await open();
    expect(line().textContent).toBe('At a time: 6 per host · 4 per datastore · 2 per folder');
    await openFromLine();
    expect(field('Per host').value).toBe('6');
    expect(document.activeElement).toBe(field('Per host'));
    await type('Per evacuation image folder', '3');
    await userEvent.click(save());
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(asked(bridge)).toEqual([{ perFolder: 3 }]);
    expect(line().textContent).toContain('3 per folder');
    expect(useAnnouncements.getState().polite.text).toBe('The limits are saved.');
  });

  test('is reached from the settings, and saved as the Enter key does', async () => {
    const bridge = await open();
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Tasks at a time…' }));
    await screen.findByRole('alertdialog', { name: 'Tasks at a time' });
    await type('Files of one VM', '1');
    fireEvent.submit(screen.getByRole('form'));
    await waitFor(() => expect(asked(bridge)).toEqual([{ filesPerVm: 1 }]));
  });

  test.each([
    ['0', '“0” is no limit. Enter a whole number from 1 to 32.'],
    ['33', '“33” is no limit. Enter a whole number from 1 to 32.'],
    ['2.5', '“2.5” is no limit. Enter a whole number from 1 to 32.'],
    ['many', '“many” is no limit. Enter a whole number from 1 to 32.'],
    ['', 'A limit is needed. Enter a whole number from 1 to 32.'],
  ])('%j is refused at its field, with what to enter, until it is mended', async (text, said) => {
    const bridge = await open();
    await openFromLine();
    await type('Per datastore', text);
    expect(screen.getByText(said)).toBeTruthy();
    expect(field('Per datastore').getAttribute('aria-invalid')).toBe('true');
    expect(save().getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(save());
    fireEvent.submit(screen.getByRole('form'));
    expect(asked(bridge)).toEqual([]);
    await type('Per datastore', '32');
    await userEvent.click(save());
    await waitFor(() => expect(asked(bridge)).toEqual([{ perDatastore: 32 }]));
  });

  test('goes back to what is usual, and cancelling changes nothing', async () => {
    const bridge = await open();
    await openFromLine();
    await userEvent.click(screen.getByRole('button', { name: 'Usual limits' }));
    expect(field('Per host').value).toBe('4');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(asked(bridge)).toEqual([]);
    await openFromLine();
    expect(field('Per host').value).toBe('6');
  });

  test('that cannot be saved keeps what was typed, and says why', async () => {
    await open({
      'limits.change': () => {
        throw new AppError('storage-locked', { file: 'journal.db' });
      },
    });
    await openFromLine();
    await type('Per host', '9');
    await userEvent.click(save());
    expect(await screen.findByText('The limits were not saved')).toBeTruthy();
    expect(field('Per host').value).toBe('9');
  });

  test('changed on the command line is shown, and is not written over by a dialog that is open', async () => {
    const bridge = await open();
    await openFromLine();
    await type('Per host', '9');
    bridge.emit('limits.changed', { ...defaultLimits, perHost: 6, perDatastore: 8 });
    await waitFor(() => expect(document.body.textContent).toContain('8 per datastore'));
    expect(field('Per host').value).toBe('9');
    await userEvent.click(save());
    await waitFor(() => expect(asked(bridge)).toEqual([{ perHost: 9 }]));
  });

  test('that cannot be read is asked for again', async () => {
    let fails = true;
    await open({
      'limits.read': () =>
        fails ? Promise.reject(new AppError('storage-locked', { file: 'journal.db' })) : defaultLimits,
    });
    expect(screen.queryByRole('button', { name: /^At a time/ })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Settings' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Tasks at a time…' }));
    expect(await screen.findByText('The limits could not be read')).toBeTruthy();
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(field('Per host').value).toBe('4'));
  });

  test('in Japanese as well', async () => {
    await open({}, { preferences: { language: 'ja', theme: 'light' } });
    await userEvent.click(screen.getByRole('button', { name: /^同時実行数：ホスト 6/ }));
    await type('ホストあたり', 'x');
    expect(screen.getByText('「x」は指定できません。1～32 の整数を入力してください。')).toBeTruthy();
  });
});
