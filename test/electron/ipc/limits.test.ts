import { describe, expect, test } from 'vitest';
import { openStorage } from '../../../electron/storage/open-storage.ts';
import { defaultLimits } from '../../../shared/domain/limits.ts';
import { openLabPage } from '../../support/lab-page.ts';

describe('limits', () => {
  test('are what is usual until somebody changes one; the others stay', async () => {
    const page = openLabPage();
    expect(await page.call('limits.read', {})).toEqual(defaultLimits);
    const changed = { ...defaultLimits, perHost: 7 };
    expect(await page.call('limits.change', { perHost: 7 })).toEqual(changed);
    expect(await page.call('limits.read', {})).toEqual(changed);
    expect(page.events('limits.changed')).toEqual([changed]);
  });

  test.each([
    { perHost: 0 },
    { perDatastore: 33 },
    { perFolder: 1.5 },
    { filesPerVm: '2' },
    { perHost: 3, perFolder: -1 },
  ])('%j is refused, and nothing of it is kept', async (wanted) => {
    const page = openLabPage();
    expect(await page.tryCall('limits.change', wanted)).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    expect(await page.call('limits.read', {})).toEqual(defaultLimits);
  });

  test('changed by another process are heard of, and let waiting tasks begin', () => {
    let looked = 0;
    const page = openLabPage();
    const { limits } = page.services;
    limits.onChange(() => {
      looked += 1;
    });
    limits.hearOthers();
    expect(looked).toBe(0);
    const elsewhere = openStorage(page.directory, { now: () => 1 });
    elsewhere.settings.setPreference('limits.movesPerFolder', '9');
    elsewhere.close();
    limits.hearOthers();
    limits.hearOthers();
    expect(looked).toBe(1);
    expect(page.events('limits.changed')).toEqual([{ ...defaultLimits, perFolder: 9 }]);
  });
});
