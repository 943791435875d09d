import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { EvaluationNotice } from '../../../renderer/features/settings/evaluation-notice.tsx';
import { SettingsMenu } from '../../../renderer/features/settings/settings-menu.tsx';
import { useNotices } from '../../../renderer/stores/notices.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { prepareWindow, show, type WindowOptions } from '../../support/window-harness.tsx';

const open = async (options: WindowOptions = {}) => {
  const bridge = prepareWindow(options);
  show(<SettingsMenu />);
  await userEvent.click(screen.getByRole('button', { name: /Settings|設定/ }));
  return bridge;
};

describe('settings', () => {
  test('a language is used at once and saved', async () => {
    const bridge = await open();
    await userEvent.click(await screen.findByRole('menuitemradio', { name: '日本語' }));
    expect(bridge.asked.at(-1)).toEqual({ name: 'app.setPreferences', payload: { language: 'ja', theme: 'light' } });
    await waitFor(() => expect(document.documentElement.lang).toBe('ja'));
  });

  test('so is the appearance', async () => {
    await open();
    await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Dark' }));
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
  });

  test('a choice that cannot be saved goes back, and says why', async () => {
    await open({
      answers: {
        'app.setPreferences': () => {
          throw new AppError('storage-failed', { file: 'journal.sqlite', reason: 'read-only' });
        },
      },
    });
    await userEvent.click(await screen.findByRole('menuitemradio', { name: '日本語' }));
    await waitFor(() => expect(useNotices.getState().notices).toHaveLength(1));
    expect(document.documentElement.lang).toBe('en');
  });

  test('about says the version and what it runs in', async () => {
    await open({ info: { evaluationRuntime: true, electron: '33.2.1' } });
    await userEvent.click(await screen.findByRole('menuitem', { name: /About/ }));
    expect(await screen.findByText('Version 0.1.0 · Electron 33.2.1')).toBeTruthy();
    expect(screen.getByText(/an older one \(33\.2\.1\)/)).toBeTruthy();
  });
});

describe('the notice of the evaluation runtime', () => {
  test('is shown there alone, and can be hidden', async () => {
    prepareWindow({ info: { evaluationRuntime: true, electron: '33.2.1' } });
    show(<EvaluationNotice />);
    expect(screen.getByText('Evaluation runtime')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Hide this notice' }));
    expect(screen.queryByText('Evaluation runtime')).toBeNull();
  });

  test('is not shown in the official runtime', () => {
    prepareWindow();
    show(<EvaluationNotice />);
    expect(screen.queryByRole('note')).toBeNull();
  });
});
