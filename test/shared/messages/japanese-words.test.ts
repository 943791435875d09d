import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const messages = join(import.meta.dirname, '../../../shared/messages');

const files = readdirSync(messages, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

test('a move and its two ends have one Japanese word each: 移動, 移動元, 移動先', () => {
  const sources = files.map((file) => ({ file, source: readFileSync(join(messages, file), 'utf8') }));
  expect(sources.some(({ source }) => source.includes('移動先'))).toBe(true);
  expect(sources.filter(({ source }) => source.includes('移行')).map(({ file }) => file)).toEqual([]);
});
