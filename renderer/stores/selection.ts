import { create } from 'zustand';
import type { EntityId, SiteId } from '../../shared/domain/ids.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import { useInventory } from './inventory.ts';

/** A site, or a pool, host, cluster, folder … of one. */
export type PlaceId = EntityId | SiteId;

interface SelectionState {
  /** The place whose content the right pane shows. */
  readonly place: PlaceId | null;
  /** The VMs commands act on. May hold ids of VMs that no longer exist: ask {@link selectedVms}. */
  readonly vms: ReadonlySet<EntityId>;
  /** The VM the right pane shows instead of the place. */
  readonly shownVm: EntityId | null;
}

export const useSelection = create<SelectionState>(() => ({ place: null, vms: new Set(), shownVm: null }));

/** Shows a place; nothing is selected in it yet. */
export const selectPlace = (place: PlaceId): void => useSelection.setState({ place, vms: new Set(), shownVm: null });

/** Selects one VM alone and shows it. */
export const selectVm = (vm: EntityId): void => useSelection.setState({ vms: new Set([vm]), shownVm: vm });

/** Selects exactly these VMs. One alone is shown, unless the pane lists the VMs (`list`). */
export const selectVms = (vms: Iterable<EntityId>, pane: 'show' | 'list'): void => {
  const chosen = new Set(vms);
  const [only] = chosen;
  const shownVm = pane === 'show' && chosen.size === 1 && only !== undefined ? only : null;
  useSelection.setState({ vms: chosen, shownVm });
};

/** Adds the VM to the selection, or takes it out. */
export const toggleVm = (vm: EntityId, pane: 'show' | 'list'): void => {
  const vms = new Set(useSelection.getState().vms);
  if (!vms.delete(vm)) vms.add(vm);
  selectVms(vms, pane);
};

/** Back from one VM to the list it was opened from; it stays selected. */
export const closeVm = (): void => useSelection.setState({ shownVm: null });

/** The selected VMs that still exist. */
export const selectedVms = (): readonly VmSummary[] => {
  const { index } = useInventory.getState();
  return [...useSelection.getState().vms].flatMap((id) => index.vm(id) ?? []);
};
