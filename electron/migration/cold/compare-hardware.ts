import type { HardwareDifference } from '../../../shared/domain/evacuation.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';

const capacities = (vm: VirtualMachine): readonly number[] | undefined =>
  vm.disks?.map(({ capacityBytes }) => capacityBytes).toSorted((one, other) => one - other);

/**
 * What a restored VM lacks of the evacuated one. Facts that one of the two does not tell are passed over. Disks may be
 * rounded up to what the platform can make, never down.
 */
export const hardwareDifferences = (
  evacuated: VirtualMachine,
  restored: VirtualMachine,
): readonly HardwareDifference[] => {
  const differences: HardwareDifference[] = [];
  const compare = (what: HardwareDifference['what'], wanted?: string | number, found?: string | number): void => {
    if (wanted !== undefined && found !== undefined && wanted !== found) differences.push({ what, wanted, found });
  };
  compare('cpus', evacuated.cpuCount, restored.cpuCount);
  compare('memory', evacuated.memoryBytes, restored.memoryBytes);
  compare('firmware', evacuated.firmware, restored.firmware);
  compare('adapters', evacuated.adapters?.length, restored.adapters?.length);
  const [wanted, found] = [capacities(evacuated), capacities(restored)];
  if (wanted === undefined || found === undefined) return differences;
  compare('disks', wanted.length, found.length);
  if (wanted.length !== found.length) return differences;
  for (const [index, bytes] of wanted.entries()) {
    const has = found[index] ?? 0;
    if (has < bytes) differences.push({ what: 'disk-size', wanted: bytes, found: has });
  }
  return differences;
};
