import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  downloadOfficialElectron,
  downloadUrl,
  forgetFailedDownload,
  installedOfficialElectron,
  recallFailedDownload,
  rememberFailedDownload,
} from '../../scripts/lib/official-electron.mjs';

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'official-'));
  vi.stubEnv('XDG_CACHE_HOME', cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

describe('where Electron is downloaded from', () => {
  it('is the project itself, or the mirror that the person has set', () => {
    expect(downloadUrl('45.4.1', {})).toMatch(
      /^https:\/\/github\.com\/electron\/electron\/releases\/download\/v45\.4\.1\/electron-v45\.4\.1-/,
    );
    const mirrored = downloadUrl('45.4.1', {
      ELECTRON_MIRROR: 'https://mirror/',
      ELECTRON_CUSTOM_DIR: '{{ version }}',
    });
    expect(mirrored).toMatch(/^https:\/\/mirror\/45\.4\.1\/electron-v45\.4\.1-/);
  });
});

describe('a download that fails', () => {
  let server: Server | undefined;
  const serve = (listener: RequestListener) =>
    new Promise<string>((resolve) => {
      const started = createServer(listener);
      server = started;
      started.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(started.address() as AddressInfo).port}/`));
    });
  beforeEach(() => {
    vi.stubEnv('HTTPS_PROXY', '');
    vi.stubEnv('https_proxy', '');
    vi.stubEnv('electron_config_cache', join(cache, 'electron'));
  });
  afterEach(() => {
    server?.close();
    server = undefined;
  });

  it('says that the server cannot be reached', async () => {
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:9/');
    expect(await downloadOfficialElectron(() => {})).toEqual({
      reason: expect.stringMatching(/^127\.0\.0\.1:9 cannot be reached/),
    });
  });

  it('says what the server answered', async () => {
    vi.stubEnv('ELECTRON_MIRROR', await serve((_, response) => response.writeHead(404).end()));
    expect(await downloadOfficialElectron(() => {})).toEqual({ reason: expect.stringContaining('status 404') });
  });

  it('does not use a binary other than the published one', async () => {
    vi.stubEnv('ELECTRON_MIRROR', await serve((_, response) => response.writeHead(200).end('not Electron')));
    // Where the published one is already here, it stays and is used.
    const installed = installedOfficialElectron();
    const refused = { reason: expect.stringMatching(/checksum|sha/i) };
    expect(await downloadOfficialElectron(() => {})).toEqual(installed ? { executablePath: installed } : refused);
  }, 30_000);
});

describe('the memory of a failed download', () => {
  it('lasts until it is forgotten', () => {
    const failed = { version: '45.4.1', atMs: 1, reason: 'unreachable' };
    expect(recallFailedDownload()).toBeUndefined();
    rememberFailedDownload(failed);
    expect(recallFailedDownload()).toEqual(failed);
    forgetFailedDownload();
    expect(recallFailedDownload()).toBeUndefined();
  });

  it.each(['', '{"version":45}', 'null'])('is none when its file holds %j', (text) => {
    mkdirSync(join(cache, 'vm-migration-console'));
    writeFileSync(join(cache, 'vm-migration-console', 'official-electron-download-failed.json'), text);
    expect(recallFailedDownload()).toBeUndefined();
  });
});
