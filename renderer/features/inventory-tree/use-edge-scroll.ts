import { type RefObject, useEffect } from 'react';
import { useDragLayer } from 'react-dnd';
import { edgeScrollSpeed } from './edge-scroll.ts';

/** Scrolls the list while something is dragged near its upper or lower edge. */
export const useEdgeScroll = (list: RefObject<HTMLElement | null>): void => {
  const speed = useDragLayer((monitor) => {
    const at = monitor.isDragging() ? monitor.getClientOffset() : null;
    const box = at === null ? undefined : list.current?.getBoundingClientRect();
    if (at === null || box === undefined || at.x < box.left || at.x > box.right) return 0;
    return edgeScrollSpeed(at.y, box.top, box.bottom);
  });
  useEffect(() => {
    if (speed === 0) return;
    let frame = 0;
    const step = () => {
      list.current?.scrollBy({ top: speed });
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [speed, list]);
};
