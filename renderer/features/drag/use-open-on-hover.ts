import { useEffect } from 'react';
import { useDrag } from '../../stores/drag.ts';
import type { PlaceId } from '../../stores/selection.ts';

/** How long the mouse rests on a closed row before it opens, ms. */
const openAfter = 700;

/** Opens the closed row under a drag after a moment. */
export const useOpenOnHover = (isClosed: (id: PlaceId) => boolean, open: (id: PlaceId) => void): void => {
  const over = useDrag((state) => (state.drag?.by === 'mouse' ? state.over : null));
  const waits = over !== null && isClosed(over);
  useEffect(() => {
    if (over === null || !waits) return;
    const timer = setTimeout(() => open(over), openAfter);
    return () => clearTimeout(timer);
  }, [over, waits, open]);
};
