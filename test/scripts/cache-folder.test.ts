import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureFolder } from '../../scripts/lib/cache-folder.mjs';

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'cache-folder-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

const fillWith = (text: string) => async (staging: string) => writeFileSync(join(staging, 'file'), text);

describe('ensureFolder', () => {
  it('fills a folder once', async () => {
    await ensureFolder(join(cache, 'deep', 'runtime'), fillWith('first'));
    await ensureFolder(join(cache, 'deep', 'runtime'), fillWith('second'));
    expect(readFileSync(join(cache, 'deep', 'runtime', 'file'), 'utf8')).toBe('first');
  });

  it('never shows a half-filled folder, and leaves nothing behind when filling fails', async () => {
    const folder = join(cache, 'runtime');
    const failing = ensureFolder(folder, async (staging) => {
      writeFileSync(join(staging, 'file'), 'half');
      expect(existsSync(folder)).toBe(false);
      throw new Error('no network');
    });
    await expect(failing).rejects.toThrow('no network');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('lets two that start at once both succeed with one whole folder', async () => {
    const folder = join(cache, 'runtime');
    await Promise.all([ensureFolder(folder, fillWith('whole')), ensureFolder(folder, fillWith('whole'))]);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('whole');
    expect(readdirSync(cache)).toEqual(['runtime']);
  });

  it('clears what a killed process left behind a day ago, not what is at work now', async () => {
    const abandoned = join(cache, '.staging-runtime-old');
    const atWork = join(cache, '.staging-runtime-new');
    mkdirSync(abandoned);
    mkdirSync(atWork);
    utimesSync(abandoned, 1, 1);
    await ensureFolder(join(cache, 'runtime'), fillWith('whole'));
    expect(readdirSync(cache).sort()).toEqual(['.staging-runtime-new', 'runtime']);
  });
});
