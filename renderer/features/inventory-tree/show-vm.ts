import type { EntityId } from '../../../shared/domain/ids.ts';
import { chooseRow } from './tree-selection.ts';
import { reveal } from './tree-state.ts';

/** Shows the VM where it is: its row in the tree, itself beside it. */
export const showVm = (vm: EntityId): void => {
  reveal(vm);
  chooseRow(vm);
};
