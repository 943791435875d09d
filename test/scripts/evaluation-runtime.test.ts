import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  checkIntegrity,
  EVALUATION_RUNTIME,
  electronPath,
  ensureEvaluationRuntime,
} from '../../scripts/lib/evaluation-runtime.mjs';
import { projectRoot, UserFacingError } from '../../scripts/lib/project.mjs';
import { lowerNodeApi } from '../../scripts/lib/sqlite-binding.mjs';

describe('the evaluation runtime', () => {
  it.each([
    ['Cypress/Cypress', 'electron'],
    ['Cypress/locales/ja.pak', 'locales/ja.pak'],
    ['Cypress/v8_context_snapshot.bin', 'v8_context_snapshot.bin'],
    ['Cypress/browser_v8_context_snapshot.bin', undefined],
    ['Cypress/resources/app/index.js', undefined],
    ['Cypress/locales/', undefined],
    ['Cypress/../../etc/passwd', undefined],
    ['Other/file', undefined],
  ])('takes %s as %s', (name, expected) => {
    expect(electronPath(name)).toBe(expected);
  });

  it('is not made from a package other than the reviewed one', () => {
    const content = Buffer.from('some other package');
    expect(() => checkIntegrity(content, EVALUATION_RUNTIME.integrity, 'the package')).toThrow(UserFacingError);
    const itsOwn = 'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==';
    expect(() => checkIntegrity(Buffer.alloc(0), itsOwn, 'the package')).not.toThrow();
  });

  it('knows the build recipe of the installed better-sqlite3', () => {
    const recipe = readFileSync(join(projectRoot, 'node_modules/better-sqlite3/binding.gyp'), 'utf8');
    expect(lowerNodeApi(recipe)).toContain("'NAPI_EXPERIMENTAL'");
    expect(() => lowerNodeApi("'defines': ['NAPI_VERSION=11']")).toThrow('no longer contains');
  });
});

describe('fetching it without a network', () => {
  let cache = '';
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'evaluation-'));
    vi.stubEnv('XDG_CACHE_HOME', cache);
    // A port that nothing listens on; npm's own cache is set aside, since it may hold the package.
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
    vi.stubEnv('npm_config_cache', join(cache, 'npm'));
    vi.stubEnv('npm_config_fetch_retries', '0');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true, force: true });
  });

  it('fails with the registry to check and leaves no half runtime behind', async () => {
    await expect(ensureEvaluationRuntime(() => {})).rejects.toThrow(/npm registry[\s\S]*npm config get registry/);
    const folder = join(cache, 'vm-migration-console');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  }, 30_000);
});
