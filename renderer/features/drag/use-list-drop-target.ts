import { type DragEvent, type RefObject, useEffect } from 'react';
import { useDrop } from 'react-dnd';
import { dragOver, useDrag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { isEntity } from '../../stores/inventory-index.ts';
import type { PlaceId } from '../../stores/selection.ts';
import { dropOutcome, opensDialog } from './drop-outcome.ts';
import { putDown } from './put-down.ts';
import { vmDragType } from './vm-drag-item.ts';

export interface ListDropTarget {
  readonly onDragOverCapture: (event: DragEvent) => void;
}

/** Lets the rows of a list take VMs: letting go on a pool opens the migration dialog, nothing more. */
export const useListDropTarget = (
  list: RefObject<HTMLElement | null>,
  rowAt: (target: EventTarget) => PlaceId | null,
): ListDropTarget => {
  const [isOver, connect] = useDrop(
    () => ({
      accept: vmDragType,
      canDrop: () => {
        const { drag, over } = useDrag.getState();
        const place = over !== null && isEntity(over) ? useInventory.getState().index.place(over) : undefined;
        const outcome = drag === null || place === undefined ? null : dropOutcome(drag, place);
        return outcome !== null && opensDialog(outcome);
      },
      drop: () => {
        const { over } = useDrag.getState();
        if (over !== null && isEntity(over)) putDown(over);
      },
      collect: (monitor) => monitor.isOver(),
    }),
    [],
  );
  useEffect(() => {
    connect(list.current);
    return () => {
      connect(null);
    };
  }, [connect, list]);
  useEffect(() => {
    if (!isOver) return;
    return () => dragOver(null);
  }, [isOver]);
  return {
    onDragOverCapture: (event) => {
      if (useDrag.getState().drag?.by === 'mouse') dragOver(rowAt(event.target));
    },
  };
};
