import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import type { InventoryIndex } from '../../stores/inventory-index.ts';
import { sortedByName } from '../../stores/natural-order.ts';

export const vmColumns = ['name', 'state', 'pool', 'host', 'cpu', 'memory', 'disk', 'remarks'] as const;
export type VmColumn = (typeof vmColumns)[number];

export interface Sorting {
  readonly column: VmColumn;
  readonly direction: 'ascending' | 'descending';
}

/** The power states a person thinks of as one. */
export type VmFilter = 'all' | 'on' | 'off' | 'other';

export const filterOf = (vm: VmSummary): Exclude<VmFilter, 'all'> =>
  vm.powerState === 'on' || vm.powerState === 'off' ? vm.powerState : 'other';

/** What a column shows as text; empty for a place that has no name or is not known. */
export const poolName = (vm: VmSummary, index: InventoryIndex): string => {
  const pool = vm.pool === null ? undefined : index.place(vm.pool);
  if (pool === undefined) return '';
  const shown = pool.kind === 'resource-pool' && pool.isRoot ? index.place(pool.owner) : pool;
  return shown?.name ?? '';
};

export const hostName = (vm: VmSummary, index: InventoryIndex): string =>
  (vm.host === null ? undefined : index.place(vm.host))?.name ?? '';

const remarkWeight = (vm: VmSummary): number =>
  vm.busyWith !== null ? 3 : vm.condition !== 'connected' ? 2 : vm.isTemplate ? 1 : 0;

const numbers: Partial<Record<VmColumn, (vm: VmSummary) => number>> = {
  cpu: (vm) => vm.cpuCount,
  memory: (vm) => vm.memoryBytes,
  disk: (vm) => vm.diskBytes,
  remarks: remarkWeight,
};

const texts: Partial<Record<VmColumn, (vm: VmSummary, index: InventoryIndex) => string>> = {
  state: (vm) => vm.powerState,
  pool: poolName,
  host: hostName,
};

const collator = new Intl.Collator(undefined, { numeric: true });

/** A sorted copy. Rows that are alike stay in the order of their names. */
export const sortVms = (vms: readonly VmSummary[], sorting: Sorting, index: InventoryIndex): readonly VmSummary[] => {
  const sorted = sortedByName(vms);
  const number = numbers[sorting.column];
  const text = texts[sorting.column];
  if (number !== undefined) sorted.sort((left, right) => number(left) - number(right));
  if (text !== undefined) {
    const words = new Map(sorted.map((vm) => [vm, text(vm, index)]));
    sorted.sort((left, right) => collator.compare(words.get(left) ?? '', words.get(right) ?? ''));
  }
  return sorting.direction === 'ascending' ? sorted : sorted.reverse();
};
