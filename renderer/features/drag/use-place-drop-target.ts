import { useCallback, useEffect } from 'react';
import { useDrop } from 'react-dnd';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { dragOver, useDrag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { setExpanded } from '../inventory-tree/tree-state.ts';
import { dropOutcome, opensDialog } from './drop-outcome.ts';
import { putDown } from './put-down.ts';
import { vmDragType } from './vm-drag-item.ts';

/** How long the mouse rests on a closed row before it opens. */
const openAfterMs = 700;

/** Lets a row take VMs: letting go opens the migration dialog, nothing more. `closed`: it opens while hovered. */
export const usePlaceDropTarget = (place: EntityId, closed: boolean): ((element: HTMLElement | null) => void) => {
  const [isOver, connect] = useDrop(
    () => ({
      accept: vmDragType,
      canDrop: () => {
        const { drag } = useDrag.getState();
        const entity = useInventory.getState().index.place(place);
        const outcome = drag === null || entity === undefined ? null : dropOutcome(drag, entity);
        return outcome !== null && opensDialog(outcome);
      },
      drop: () => {
        putDown(place);
      },
      collect: (monitor) => monitor.isOver(),
    }),
    [place],
  );
  useEffect(() => {
    if (!isOver) return;
    dragOver(place);
    return () => {
      if (useDrag.getState().over === place) dragOver(null);
    };
  }, [isOver, place]);
  useEffect(() => {
    if (!isOver || !closed) return;
    const timer = setTimeout(() => setExpanded(place, true), openAfterMs);
    return () => clearTimeout(timer);
  }, [isOver, closed, place]);
  return useCallback(
    (element) => {
      connect(element);
    },
    [connect],
  );
};
