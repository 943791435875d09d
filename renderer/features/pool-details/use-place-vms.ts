import { useMemo } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { useSettled } from '../../controls/use-settled.ts';
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

/** From so many VMs on, making the list takes long enough to be felt; then it may lag behind by {@link pause} ms. */
const many = 2_000;
const pause = 1_000;

/**
 * The VMs of a place. Made anew only when something moved, unless the order or the filter looks at what changes. Rows
 * draw what they show by themselves: a power state is always of now, wherever its row stands.
 */
export const usePlaceVms = (place: PlaceId, sorting: Sorting, filter: VmFilter): PlaceVms => {
  const size = useInventory((state) => state.index.vmCount);
  const wait = size > many ? pause : 0;
  const placed = useSettled(
    useInventory((state) => state.placed),
    wait,
  );
  const latest = useSettled(
    useInventory((state) => state.latest),
    wait,
  );
  const all = useMemo(() => vmsIn(placed.index, place), [placed, place]);
  const source = sorting.column === 'name' && filter === 'all' ? placed : latest;
  const ids = useMemo(() => {
    const { index } = source;
    const vms = all.flatMap((vm) => index.vm(vm.id) ?? []);
    const wanted = filter === 'all' ? vms : vms.filter((vm) => filterOf(vm) === filter);
    return sortVms(wanted, sorting, index).map((vm) => vm.id);
  }, [source, all, sorting, filter]);
  const counts = useMemo(() => {
    const found = { on: 0, off: 0, other: 0 };
    for (const { id } of all) {
      const vm = latest.index.vm(id);
      if (vm !== undefined) found[filterOf(vm)] += 1;
    }
    return found;
  }, [latest, all]);
  const showsPool = useMemo(() => all.some(({ pool }) => pool !== null && pool !== place), [all, place]);
  return { ids, total: all.length, counts, showsPool };
};
