/** Distance from an edge within which a drag scrolls, and the most it scrolls in a frame, in CSS pixels. */
const edge = 36;
const fastest = 14;

/** Pixels to scroll for a mouse at `y` over a list from `top` to `bottom`: the nearer the edge the faster. */
export const edgeScrollSpeed = (y: number, top: number, bottom: number): number => {
  if (y < top || y > bottom) return 0;
  if (y < top + edge) return -Math.ceil((fastest * (top + edge - y)) / edge);
  if (y > bottom - edge) return Math.ceil((fastest * (y - (bottom - edge))) / edge);
  return 0;
};
