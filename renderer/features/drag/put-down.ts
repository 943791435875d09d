import type { EntityId } from '../../../shared/domain/ids.ts';
import { destinationOf } from '../../../shared/planning/destination.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { endDrag, useDrag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { type DropOutcome, freshOutcome, opensDialog } from './drop-outcome.ts';

/**
 * Puts what is dragged or picked up down on a place: the migration dialog opens when at least one VM may go there.
 * Answers what the place said; null when nothing is held or the place never takes VMs. Both the mouse and the keyboard
 * come here.
 */
export const putDown = (place: EntityId): DropOutcome | null => {
  const { drag } = useDrag.getState();
  const entity = useInventory.getState().index.place(place);
  if (drag === null || entity === undefined) return null;
  const outcome = freshOutcome(drag, entity);
  const destination = destinationOf(entity);
  if (outcome === null || destination === null) return null;
  if (opensDialog(outcome)) {
    endDrag();
    openDialog({ kind: 'migrate', vms: drag.vms.map((vm) => vm.id), destination });
  }
  return outcome;
};
