import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hardwareDifferences } from '../../../../electron/migration/cold/compare-hardware.ts';
import { aVm, GIB, without } from '../../../support/inventory-builders.ts';

const disk = (key: string, capacityBytes: number) => ({
  key,
  label: `Hard disk ${key}`,
  capacityBytes,
  backing: 'file' as const,
});

describe('a restored VM beside the evacuated one', () => {
  it('is the same whatever it is called, wherever it is, and in whatever order its disks are', () => {
    const disks = [disk('2000', 40 * GIB), disk('2001', 8 * GIB)];
    const evacuated = aVm({ disks });
    const restored = aVm({ name: 'web-01 again', instanceUuid: 'another', disks: disks.toReversed() });
    expect(hardwareDifferences(evacuated, restored)).toEqual([]);
  });

  it.each([
    ['cpus', { cpuCount: 1 }, 2, 1],
    ['memory', { memoryBytes: 2 * GIB }, 4 * GIB, 2 * GIB],
    ['firmware', { firmware: 'bios' as const }, 'efi', 'bios'],
    ['adapters', { adapters: [] }, 1, 0],
    ['disks', { disks: [] }, 1, 0],
    ['disk-size', { disks: [disk('2000', 39 * GIB)] }, 40 * GIB, 39 * GIB],
  ])('differs in %s', (what, facts, wanted, found) => {
    expect(hardwareDifferences(aVm(), aVm(facts))).toEqual([{ what, wanted, found }]);
  });

  it('may have larger disks: a platform rounds up', () => {
    expect(hardwareDifferences(aVm(), aVm({ disks: [disk('2000', 41 * GIB)] }))).toEqual([]);
  });

  it('is not blamed for what the platform did not tell', () => {
    expect(hardwareDifferences(aVm(), without(without(aVm(), 'disks'), 'adapters'))).toEqual([]);
    expect(hardwareDifferences(without(aVm(), 'firmware'), aVm())).toEqual([]);
  });

  it('never has fewer bytes unnoticed', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sizes, fc.nat(), (capacities, which) => {
        const disks = capacities.map((bytes, index) => disk(String(index), bytes));
        const smaller = disks.map((one, index) =>
          index === which % disks.length ? { ...one, capacityBytes: one.capacityBytes - 1 } : one,
        );
        expect(hardwareDifferences(aVm({ disks }), aVm({ disks: smaller }))).not.toEqual([]);
      }),
    );
  });
});
