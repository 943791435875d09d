import { useMemo } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { useInventory } from '../../stores/inventory.ts';
import type { PlaceId } from '../../stores/selection.ts';
import { vmsIn } from './place-vms.ts';
import { filterOf, type Sorting, sortVms, type VmFilter } from './vm-sorting.ts';

export interface PlaceVms {
  /** What is to be listed, in order. */
  readonly ids: readonly EntityId[];
  /** Without the filter. */
  readonly total: number;
  readonly counts: Readonly<Record<Exclude<VmFilter, 'all'>, number>>;
  /** VMs of more than the place itself are listed, so each says which pool it is in. */
  readonly showsPool: boolean;
}

/** The VMs of a place. Sorted anew only when something moved, unless the order or the filter looks at what changes. */
export const usePlaceVms = (place: PlaceId, sorting: Sorting, filter: VmFilter): PlaceVms => {
  const placed = useInventory((state) => state.placed);
  const latest = useInventory((state) => state.latest);
  const all = useMemo(() => vmsIn(placed.index, place).map((vm) => vm.id), [placed, place]);
  const source = sorting.column === 'name' && filter === 'all' ? placed : latest;
  const ids = useMemo(() => {
    const { index } = source;
    const vms = all.flatMap((id) => index.vm(id) ?? []);
    const wanted = filter === 'all' ? vms : vms.filter((vm) => filterOf(vm) === filter);
    return sortVms(wanted, sorting, index).map((vm) => vm.id);
  }, [source, all, sorting, filter]);
  const counts = useMemo(() => {
    const found = { on: 0, off: 0, other: 0 };
    for (const id of all) {
      const vm = latest.index.vm(id);
      if (vm !== undefined) found[filterOf(vm)] += 1;
    }
    return found;
  }, [latest, all]);
  const showsPool = useMemo(
    () =>
      all.some((id) => {
        const pool = placed.index.vm(id)?.pool ?? null;
        return pool !== null && pool !== place;
      }),
    [placed, all, place],
  );
  return { ids, total: all.length, counts, showsPool };
};
