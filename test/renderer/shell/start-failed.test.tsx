import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { StartFailed } from '../../../renderer/shell/start-failed.tsx';
import { startLooks } from '../../../renderer/start.ts';
import { useNotices } from '../../../renderer/stores/notices.ts';
import { prepareWindow, show } from '../../support/window-harness.tsx';

test('a window that cannot reach the program says so and offers to try again', () => {
  prepareWindow();
  show(<StartFailed error={{ code: 'internal', data: { detail: 'the window has no bridge' } }} />);
  expect(screen.getByText('The console could not start')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('what the console found of its own files at the start is told', async () => {
  const damaged = {
    code: 'storage-damaged',
    data: { file: 'inventory.db', setAside: 'inventory.db.damaged' },
  } as const;
  prepareWindow({
    answers: {
      'app.info': () => ({
        version: '0.1.0',
        electron: '45.4.1',
        evaluationRuntime: false,
        systemLanguage: 'en',
        preferences: { language: 'en', theme: 'light' },
        keychain: true,
        startNotices: [damaged],
      }),
    },
  });
  await startLooks();
  expect(useNotices.getState().notices.map(({ error }) => error)).toEqual([damaged]);
});
