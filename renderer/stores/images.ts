import { create } from 'zustand';

interface ImagesState {
  /** Whether the view of evacuation images is shown in place of the inventory's details. */
  readonly isOpen: boolean;
  open(): void;
  close(): void;
}

export const useImages = create<ImagesState>((set) => ({
  isOpen: false,
  open: () => set({ isOpen: true }),
  close: () => set({ isOpen: false }),
}));
