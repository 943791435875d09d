import { expect, it } from 'vitest';
import { csvText } from '../../../shared/messages/csv.ts';

const cell = (value: string | number | null): string =>
  csvText(['a'], [[value]])
    .split('\r\n')
    .slice(1, -1)
    .join('\r\n');

it.each([
  ['plain', 'plain'],
  [12.5, '12.5'],
  [null, ''],
  ['', ''],
  ['日本語', '日本語'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['-1+2', "'-1+2"],
  ['@cmd', "'@cmd"],
  ['\u001b[31mred', '?[31mred'],
  ['a\u0000b\u009bc', 'a?b?c'],
])('a cell %j', (value, text) => {
  expect(cell(value)).toBe(text);
});

it('is a line a row, marked as UTF-8', () => {
  expect(csvText(['a', 'b'], [['1', null]])).toBe('\uFEFFa,b\r\n1,\r\n');
});
