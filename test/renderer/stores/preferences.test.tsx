import { describe, expect, test } from 'vitest';
import { rememberedLayout, treeWidths } from '../../../renderer/stores/layout.ts';
import {
  changePreferences,
  languageOf,
  openPreferences,
  usePreferences,
} from '../../../renderer/stores/preferences.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { prepareWindow } from '../../support/window-harness.tsx';

describe('how the window looks', () => {
  test('is read at the start and followed', async () => {
    const bridge = prepareWindow();
    const stop = await openPreferences();
    expect(usePreferences.getState().info?.version).toBe('0.1.0');
    bridge.emit('preferences.changed', { language: 'ja', theme: 'dark' });
    expect(usePreferences.getState().preferences).toEqual({ language: 'ja', theme: 'dark' });
    stop();
  });

  test('the language is the chosen one, else the system’s', () => {
    prepareWindow({ info: { systemLanguage: 'ja' }, preferences: { language: 'system', theme: 'system' } });
    expect(languageOf(usePreferences.getState())).toBe('ja');
    usePreferences.setState({ preferences: { language: 'en', theme: 'system' } });
    expect(languageOf(usePreferences.getState())).toBe('en');
    usePreferences.setState({ info: null, preferences: { language: 'system', theme: 'system' } });
    expect(languageOf(usePreferences.getState())).toBe('en');
  });

  test('a change that cannot be saved is taken back', async () => {
    prepareWindow({
      answers: {
        'app.setPreferences': () => {
          throw new AppError('storage-failed', { file: 'settings', reason: 'disk full' });
        },
      },
    });
    await expect(changePreferences({ theme: 'dark' })).rejects.toThrow('storage-failed');
    expect(usePreferences.getState().preferences.theme).toBe('light');
  });
});

describe('the layout that is remembered', () => {
  test.each([
    ['nothing', null],
    ['what is no JSON', 'hello'],
    ['numbers out of bounds', '{"treeWidth": 9000, "taskPanelHeight": -4}'],
  ])('survives %s', (_name, kept) => {
    localStorage.clear();
    if (kept !== null) localStorage.setItem('vm-console.layout', kept);
    const { treeWidth } = rememberedLayout();
    expect(treeWidth).toBeGreaterThanOrEqual(treeWidths.least);
    expect(treeWidth).toBeLessThanOrEqual(treeWidths.most);
  });
});
