import { useCallback, useEffect } from 'react';
import { useDrag as useDragSource } from 'react-dnd';
import { getEmptyImage } from 'react-dnd-html5-backend';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { endDrag, startDrag } from '../../stores/drag.ts';
import { selectedVms, selectVm, useSelection } from '../../stores/selection.ts';
import { vmDragType } from './vm-drag-item.ts';

/**
 * Lets the row of a VM be picked up with the mouse: alone, or with all that are selected when it is one of them.
 * The browser's own drag image stays empty, because it cannot change on the way; the drag layer draws one.
 */
export const useVmDragSource = (vm: EntityId): ((element: HTMLElement | null) => void) => {
  const [, connect, connectPreview] = useDragSource(
    () => ({
      type: vmDragType,
      item: () => {
        if (!useSelection.getState().vms.has(vm)) selectVm(vm);
        startDrag('mouse', selectedVms());
        return { vm };
      },
      end: endDrag,
    }),
    [vm],
  );
  useEffect(() => {
    connectPreview(getEmptyImage(), { captureDraggingState: true });
  }, [connectPreview]);
  return useCallback(
    (element) => {
      connect(element);
    },
    [connect],
  );
};
