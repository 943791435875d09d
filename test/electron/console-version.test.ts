import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { consoleVersion } from '../../electron/console-version.ts';

test('the version is that of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(consoleVersion()).toBe(version);
});
