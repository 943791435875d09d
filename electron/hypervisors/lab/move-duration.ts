import type { MigrationMethod } from '../../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import type { PlannedPlacement } from './placement/planned-placement.ts';
import { GIB } from './world/world-state.ts';

export const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/** Where a move stands between its start (0) and its end (1), in whole percent as platforms tell it. */
export const percentAt = (part: number): number => {
  const done = between(0, part, 1);
  // The first copy of the memory goes fast; the last changed pages, and the switch-over, take their time.
  const eased = done < 0.8 ? done * 1.15 : 0.92 + (done - 0.8) * 0.4;
  return Math.floor(eased * 100);
};

/** From this percent on the VM is being switched over and the move cannot be stopped. */
export const pointOfNoReturn = 96;

/** How long files of so many bytes take at speed 1, in ms. */
export const copyDurationMs = (bytes: number): number => between(1000, (bytes / GIB / 20) * 1000, 15_000);

/**
 * How long a move takes at speed 1, in ms: about 1 s when only the pool changes; 3 to 12 s for the memory, at
 * 4 GiB/s, when it runs; up to 15 s more for the files, at 20 GiB/s. Real moves take as many minutes.
 */
export const moveDurationMs = (vm: VirtualMachine, plan: PlannedPlacement, method: MigrationMethod): number => {
  if (vm.host === plan.host.id && plan.newDatastore === null) return 1000;
  const memory = method !== 'hot' ? 1000 : between(3000, (vm.memoryBytes / GIB / 4) * 1000, 12_000);
  const files = plan.newDatastore === null ? 0 : copyDurationMs(vm.storedBytes ?? 0);
  return memory + files;
};
