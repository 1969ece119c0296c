import { create } from 'zustand';

/** How the steps inside of a step are shown; the view that draws says so. */
export const useOpenBody = create<{ open(id: string): void }>(() => ({ open: () => undefined }));
