import { describe, expect, it } from 'vitest';
import { readUntil } from '../../electron/cli/read-until.ts';
import { AppError } from '../../shared/errors/app-error.ts';

const now = new Date(2026, 0, 31, 12, 0).getTime();
const day = 24 * 60 * 60 * 1_000;

describe('until when', () => {
  it.each([
    ['12h', now + day / 2],
    ['30d', now + 30 * day],
    ['8W', now + 56 * day],
    ['2026-01-31', new Date(2026, 1, 1).getTime()],
    ['2026-12-31', new Date(2027, 0, 1).getTime()],
    ['2028-02-29', new Date(2028, 2, 1).getTime()],
    ['2026-01-31T12:01', now + 60_000],
    ['2026-02-01 00:00', new Date(2026, 1, 1).getTime()],
  ])('%s', (text, expected) => {
    expect(readUntil(text, now)).toBe(expected);
  });

  it.each([
    [undefined],
    [''],
    ['soon'],
    ['0d'],
    ['-3d'],
    ['1.5d'],
    ['99999d'],
    ['3x'],
    ['2026-02-30'],
    ['2026-13-01'],
    ['2027-02-29'],
    ['2026-03-01T24:00'],
    ['2026-03-01T10:60'],
    ['31.03.2026'],
    ['2026-01-30'],
    ['2026-01-31T12:00'],
    ['2026-03-01; rm -rf /'],
  ])('%s is refused', (text) => {
    expect(() => readUntil(text, now)).toThrow(AppError);
  });
});
