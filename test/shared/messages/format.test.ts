import { describe, expect, it } from 'vitest';
import { age, clockTime, duration, size } from '../../../shared/messages/format.ts';

describe('numbers as people read them', () => {
  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1536, '1.5 KB'],
    [16 * 1024 ** 3, '16 GB'],
    [146.4 * 1024 ** 3, '146 GB'],
    [7.42 * 1024 ** 4, '7.42 TB'],
    [5000 * 1024 ** 5, '5,000 PB'],
  ])('%d bytes is %s', (bytes, text) => expect(size(bytes)).toBe(text));

  it.each([
    [400, '0 s', '0秒'],
    [38_000, '38 s', '38秒'],
    [250_000, '4 min 10 s', '4分10秒'],
    [7_500_000, '2 h 5 min', '2時間5分'],
    [-5, '0 s', '0秒'],
  ])('%d ms is %s', (ms, en, ja) => {
    expect(duration(ms, 'en')).toBe(en);
    expect(duration(ms, 'ja')).toBe(ja);
  });

  it.each([
    [8_000, '8 s ago', '8秒前'],
    [26 * 60_000, '26 min ago', '26分前'],
    [5 * 3_600_000, '5 h ago', '5時間前'],
    [86_400_000, '1 day ago', '1日前'],
    [3 * 86_400_000, '3 days ago', '3日前'],
  ])('an age of %d ms is %s', (ms, en, ja) => {
    expect(age(ms, 'en')).toBe(en);
    expect(age(ms, 'ja')).toBe(ja);
  });

  it('gives the date only when it is not today', () => {
    const noon = new Date(2026, 4, 6, 12, 30, 15).getTime();
    expect(clockTime(noon, noon, 'en')).toBe('12:30:15');
    expect(clockTime(noon, noon + 3 * 86_400_000, 'en')).toContain('2026');
  });
});
