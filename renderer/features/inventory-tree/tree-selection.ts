import type { EntityId } from '../../../shared/domain/ids.ts';
import { useInventory } from '../../stores/inventory.ts';
import { isEntity } from '../../stores/inventory-index.ts';
import { selectPlace, selectVm, selectVms, toggleVm, useSelection } from '../../stores/selection.ts';
import type { RowId, TreeRow } from './tree-rows.ts';
import { setActive, setAnchor, useTree } from './tree-state.ts';

const isVm = (id: RowId): id is EntityId => isEntity(id) && useInventory.getState().index.vm(id) !== undefined;

/** Several VMs are listed where they are, so the pane turns to the place of the last one. */
const turnToPlaceOf = (vm: EntityId): void => {
  const { index } = useInventory.getState();
  useSelection.setState({ place: index.parentOf(useTree.getState().view, vm) });
};

/** A row alone: a place is shown with its content, a VM with its facts. */
export const chooseRow = (id: RowId): void => {
  setActive(id);
  setAnchor(id);
  if (isVm(id)) selectVm(id);
  else selectPlace(id);
};

/** One VM more or less; a place is shown. */
export const toggleRow = (id: RowId): void => {
  setActive(id);
  setAnchor(id);
  if (!isVm(id)) {
    selectPlace(id);
    return;
  }
  turnToPlaceOf(id);
  toggleVm(id, 'show');
};

/** All VMs between the anchor and this row. */
export const extendTo = (rows: readonly TreeRow[], indexOf: (id: RowId | null) => number, id: RowId): void => {
  const { anchor } = useTree.getState();
  const to = indexOf(id);
  const from = indexOf(anchor) === -1 ? to : indexOf(anchor);
  setActive(id);
  if (anchor === null) setAnchor(id);
  const between = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  const vms = between.filter((row) => row.kind === 'vm').map((row) => row.id as EntityId);
  if (isVm(id)) turnToPlaceOf(id);
  selectVms(vms, 'show');
};

/** All VMs that stand beside the active row, or in it when it is a place. */
export const chooseAllBeside = (rows: readonly TreeRow[], line: number): void => {
  const row = rows[line];
  if (row === undefined) return;
  const { index } = useInventory.getState();
  const { view } = useTree.getState();
  const place = row.kind === 'vm' && isEntity(row.id) ? index.parentOf(view, row.id) : row.id;
  useSelection.setState({ place });
  selectVms(index.content(view, place).vms, 'list');
};
