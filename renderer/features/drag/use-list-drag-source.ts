import { type DragEvent, type MouseEvent, type RefObject, useEffect, useRef } from 'react';
import { useDrag as useDragSource } from 'react-dnd';
import { getEmptyImage } from 'react-dnd-html5-backend';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { endDrag, startDrag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { selectedVms, selectVms, useSelection } from '../../stores/selection.ts';
import { vmDragType } from './vm-drag-item.ts';

export interface ListDragSource {
  readonly onMouseDownCapture: (event: MouseEvent) => void;
  readonly onDragStartCapture: (event: DragEvent) => void;
}

/**
 * Lets VMs be picked up from a list with the mouse: the one that was grabbed, or all that are selected when it is one
 * of them. The list as a whole is the source, not each row: rows come and go while one scrolls, and a browser never
 * tells the end of a drag whose source is gone. Its own drag image stays empty, because that cannot change on the way;
 * the drag layer draws one. `vmAt` finds the VM whose row holds an element; `pane` as in {@link selectVms}.
 */
export const useListDragSource = (
  list: RefObject<HTMLElement | null>,
  vmAt: (target: EventTarget) => string | null,
  pane: 'show' | 'list',
): ListDragSource => {
  const grabbed = useRef<EntityId | null>(null);
  const [, connect, connectPreview] = useDragSource(
    () => ({
      type: vmDragType,
      canDrag: () => grabbed.current !== null,
      item: () => {
        const vm = grabbed.current;
        if (vm !== null && !useSelection.getState().vms.has(vm)) selectVms([vm], pane);
        startDrag('mouse', selectedVms());
        return {};
      },
      end: endDrag,
    }),
    [pane],
  );
  useEffect(() => {
    connect(list.current);
    connectPreview(getEmptyImage(), { captureDraggingState: true });
    return () => {
      connect(null);
    };
  }, [connect, connectPreview, list]);

  const grab = (target: EventTarget): void => {
    const id = vmAt(target) as EntityId | null;
    grabbed.current = id !== null && useInventory.getState().index.vm(id) !== undefined ? id : null;
  };
  return {
    onMouseDownCapture: (event) => grab(event.target),
    // A drag begins where the mouse went down; the event itself names the list, unless it is made by a program.
    onDragStartCapture: (event) => {
      if (event.target !== list.current) grab(event.target);
    },
  };
};
