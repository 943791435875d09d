import { describe, expect, it } from 'vitest';
import {
  hardwareVersionOf,
  newestHardwareVersion,
} from '../../../../../electron/hypervisors/vsphere/mapping/hardware-version.ts';

describe('hardware versions', () => {
  it.each([
    ['9.0.0', undefined, 22],
    ['9.1.0', undefined, 22],
    ['8.0.3', '24022510', 21],
    ['8.0.1', undefined, 20],
    ['7.0.3', undefined, 19],
    ['7.0.1', undefined, 18],
    ['7.0.0', undefined, 17],
    ['6.7.0', '13006603', 15],
    ['6.7.0', '10302608', 14],
    ['6.7.0', undefined, 14],
    ['6.5.0', undefined, 13],
    ['5.5.0', undefined, 10],
    ['4.1.0', undefined, 7],
    ['3.5.0', undefined, undefined],
  ])('knows the newest that ESXi %s (build %s) runs', (version, build, newest) => {
    expect(newestHardwareVersion(version, build)).toBe(newest);
  });

  it('reads the version of a VM', () => {
    expect(['vmx-07', 'vmx-21', 'vmx-', '', undefined].map(hardwareVersionOf)).toEqual([
      7,
      21,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
