import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const messages = join(import.meta.dirname, '../../../shared/messages');

const files = readdirSync(messages, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const sources = files.map((file) => ({ file, source: readFileSync(join(messages, file), 'utf8') }));
const filesWith = (word: string): readonly string[] =>
  sources.filter(({ source }) => source.includes(word)).map(({ file }) => file);

test('a move and its two ends have one Japanese word each: 移動, 移動元, 移動先', () => {
  expect(filesWith('移動先')).not.toEqual([]);
  expect(filesWith('移行')).toEqual([]);
});

test.each(['フォルダ', 'アダプタ', 'サーバ', 'クラスタ'])(
  '%s is written with no mark at its end, as in フォルダ',
  (word) => {
    expect(filesWith(word)).not.toEqual([]);
    expect(filesWith(`${word}ー`)).toEqual([]);
  },
);
