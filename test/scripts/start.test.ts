import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideVcsim } from '../../scripts/lib/go-toolchain.mjs';
import { projectRoot } from '../../scripts/lib/project.mjs';
import { parseStartArguments } from '../../scripts/lib/start-arguments.mjs';

describe('parseStartArguments', () => {
  it('keeps its own switches and passes the rest on', () => {
    expect(parseStartArguments(['--official', '--lang=ja', '--no-sandbox'])).toEqual({
      officialOnly: true,
      noSandbox: true,
      help: false,
      forApplication: ['--lang=ja'],
    });
    expect(parseStartArguments(['-h']).help).toBe(true);
  });
});

describe('decideVcsim', () => {
  it('runs the suites where Go is, skips them aloud where not, refuses where they are required', () => {
    expect(decideVcsim({ goVersion: 'go version go1.26.8', required: true })).toEqual({ kind: 'run' });
    expect(decideVcsim({ goVersion: undefined, required: false })).toMatchObject({
      kind: 'skip',
      notice: expect.stringContaining('SKIPPED'),
    });
    expect(decideVcsim({ goVersion: undefined, required: true })).toMatchObject({
      kind: 'refuse',
      notice: expect.stringContaining('REQUIRE_VCSIM'),
    });
  });
});

describe.runIf(process.platform === 'linux')('npm start on a machine that lacks something', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'start-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = (env: Record<string, string>) =>
    spawnSync(process.execPath, [join(projectRoot, 'scripts/start.mjs')], {
      encoding: 'utf8',
      env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', XDG_CACHE_HOME: folder, ...env },
    });

  it('ends with one message and no stack trace when there is no display', () => {
    writeFileSync(join(folder, 'electron'), '#!/bin/sh\n');
    chmodSync(join(folder, 'electron'), 0o755);
    const { status, stdout, stderr } = start({ ELECTRON_OVERRIDE_DIST_PATH: folder });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('xvfb-run -a npm start');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('says that the folder named for Electron holds none', () => {
    const { status, stderr } = start({ ELECTRON_OVERRIDE_DIST_PATH: folder });
    expect(status).toBe(1);
    expect(stderr).toContain(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, but there is no Electron in it.`);
  });
});
