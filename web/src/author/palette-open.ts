import { create } from 'zustand';

/** Whether the steps to add are shown beside the drawing. */
export const usePaletteOpen = create<{ readonly isOpen: boolean; setOpen(isOpen: boolean): void }>((set) => ({
  isOpen: true,
  setOpen: (isOpen) => set({ isOpen }),
}));
