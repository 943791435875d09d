import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { pageFile, servePage } from '../../electron/page-files.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

let folder = '';
beforeEach(() => {
  const root = temporaryDirectory();
  folder = join(root, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(root, 'secret.json'), '{}');
  writeFileSync(join(root, 'renderer-secret.json'), '{}');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'main.js'), 'x');
});

const get = (url: string, method = 'GET') => servePage(folder)({ url, method });

describe('the page', () => {
  test.each([
    ['app://console/', 'text/html; charset=utf-8'],
    ['app://console/index.html', 'text/html; charset=utf-8'],
    ['app://console/assets/main.js?v=1', 'text/javascript; charset=utf-8'],
  ])('%s is served with its type and the content security policy', async (url, type) => {
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('no inline script and no foreign address are allowed', async () => {
    const policy = (await get('app://console/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });
});

test.each([
  'app://console/../secret.json',
  'app://console/%2e%2e/secret.json',
  'app://console/..%2fsecret.json',
  'app://console/..%5csecret.json',
  'app://console/assets/..%2f..%2fsecret.json',
  'app://console/..%2frenderer-secret.json',
  'app://console/%2fetc%2fpasswd',
  'app://console//etc/passwd',
  'app://console/index.html%00.js',
  'app://console/%',
  'app://console/assets',
  'app://console/missing.js',
  'app://elsewhere/index.html',
  'not a url',
])('%s finds nothing', async (url) => {
  const response = await get(url);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('Not found');
});

test('nothing but reading is answered', async () => {
  expect((await get('app://console/', 'POST')).status).toBe(404);
});

test('a file is only ever one below the folder', () => {
  expect(pageFile('/app/out', 'app://console/a.js')).toBe(join('/app/out', 'a.js'));
  expect(pageFile('/app/out', 'app://console/..%2fout-of-it.js')).toBeNull();
});
