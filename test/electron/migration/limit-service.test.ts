import { describe, expect, test } from 'vitest';
import { createLimitService } from '../../../electron/migration/limit-service.ts';
import { defaultLimits } from '../../../shared/domain/limits.ts';

/** A service on preferences in memory, which counts how often waiting tasks are looked at. */
const aService = () => {
  const kept = new Map<string, string>();
  let looks = 0;
  const limits = createLimitService({
    settings: { preference: (key) => kept.get(key) ?? null, setPreference: (key, value) => kept.set(key, value) },
    together: (work) => work(),
    reconsider: () => {
      looks += 1;
    },
  });
  return { kept, limits, looks: () => looks };
};

describe('the limits', () => {
  test('changed here let waiting tasks begin, with or without anybody who listens', () => {
    const { limits, looks } = aService();
    limits.change({ perHost: 1 });
    expect(looks()).toBe(1);
    const told: number[] = [];
    limits.onChange(({ perHost }) => told.push(perHost));
    limits.change({ perHost: 2 });
    limits.change({ perHost: 2 });
    expect([looks(), told]).toEqual([2, [2]]);
  });

  test('changed by another process let waiting tasks begin as soon as that is heard', () => {
    const { kept, limits, looks } = aService();
    limits.onChange(() => {});
    kept.set('limits.movesPerHost', '9');
    limits.hearOthers();
    limits.hearOthers();
    expect([looks(), limits.read().perHost]).toEqual([1, 9]);
  });

  test('of which one is no limit are refused with what is needed, and none of them is kept', () => {
    const { kept, limits } = aService();
    expect(() => limits.change({ perHost: 3, filesPerVm: 40 })).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        data: { issues: [{ path: 'filesPerVm', message: 'a whole number from 1 to 32 is needed, not 40' }] },
      }),
    );
    expect(kept.size).toBe(0);
  });

  test('that cannot be understood count as not set, those beyond the most as the most', () => {
    const { kept, limits } = aService();
    kept.set('limits.movesPerHost', 'many').set('limits.movesPerFolder', '0').set('limits.filesPerMove', '99');
    expect(limits.read()).toEqual({ ...defaultLimits, filesPerVm: 32 });
  });
});
