import { create } from 'zustand';

/** Below this nothing on a card can be read: it is drawn as a box in the colour of its effect and state. */
export const farZoom = 0.36;

/** Whether the drawing is looked at from so far. Kept apart from the zoom, so that cards are drawn again only when it changes. */
export const useFar = create<{ readonly isFar: boolean }>(() => ({ isFar: false }));
