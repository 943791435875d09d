import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprintSources, stampBuild, whyBuild } from '../../scripts/lib/build-state.mjs';

let root = '';

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-state-'));
  write('electron/main.ts', 'main');
  write('shared/domain/ids.ts', 'ids');
  for (const product of ['main/main.js', 'main/cli.js', 'preload/preload.cjs', 'renderer/index.html']) {
    write(`out/${product}`, 'built');
  }
  stampBuild(join(root, 'out'), fingerprintSources(root));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('whyBuild', () => {
  it('asks for nothing when nothing changed', () => {
    expect(whyBuild(root)).toBeUndefined();
  });

  it.each([
    ['changed', () => write('shared/domain/ids.ts', 'other ids')],
    ['touched', () => utimesSync(join(root, 'shared/domain/ids.ts'), 1, 1)],
    ['added', () => write('renderer/main.tsx', 'new')],
    ['removed', () => rmSync(join(root, 'electron/main.ts'))],
    ['renamed', () => renameSync(join(root, 'electron/main.ts'), join(root, 'electron/other.ts'))],
  ])('sees that a source was %s', (_, change) => {
    change();
    expect(whyBuild(root)).toContain('changed since');
  });

  it('does not look at what is not built in', () => {
    write('test/some.test.ts', 'a test');
    write('README.md', 'words');
    expect(whyBuild(root)).toBeUndefined();
  });

  it('sees that a product is missing', () => {
    rmSync(join(root, 'out/preload/preload.cjs'));
    expect(whyBuild(root)).toContain('not been built');
  });
});
