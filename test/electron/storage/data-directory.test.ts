import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataDirectory } from '../../../electron/storage/data-directory.ts';

const homeDirectory = '/home/ada';

describe('where the console keeps its files', () => {
  it.each<[string, NodeJS.Platform, Record<string, string>, string]>([
    ['Linux', 'linux', {}, '/home/ada/.config/vm-migration-console'],
    ['Linux with a folder of its own', 'linux', { XDG_CONFIG_HOME: '/cfg' }, '/cfg/vm-migration-console'],
    [
      'Linux, a relative XDG path is ignored',
      'linux',
      { XDG_CONFIG_HOME: 'c' },
      '/home/ada/.config/vm-migration-console',
    ],
    ['macOS', 'darwin', {}, '/home/ada/Library/Application Support/vm-migration-console'],
    ['Windows', 'win32', { APPDATA: '/ada/Roaming' }, '/ada/Roaming/vm-migration-console'],
    ['Windows without APPDATA', 'win32', {}, '/home/ada/AppData/Roaming/vm-migration-console'],
    ['a chosen folder', 'linux', { VM_CONSOLE_DATA_DIR: '/data/console' }, '/data/console'],
    ['a chosen relative folder', 'darwin', { VM_CONSOLE_DATA_DIR: 'here' }, resolve('here')],
    ['an empty choice', 'linux', { VM_CONSOLE_DATA_DIR: '' }, '/home/ada/.config/vm-migration-console'],
  ])('%s', (_, platform, environment, expected) => {
    expect(dataDirectory({ platform, environment, homeDirectory })).toBe(expected);
  });
});
