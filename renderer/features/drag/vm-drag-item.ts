/** The one type of thing that is dragged in this window. What is held is in the drag store, which both input ways share. */
export const vmDragType = 'virtual-machines';
