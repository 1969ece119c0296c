import type { Accessor } from './accessor.ts';

/** Older names of references that music objects have, kept because scripts use them. */
export const music: readonly Accessor[] = [
  {
    name: 'musicTransitionRoot',
    kind: 'object',
    read: (object, { model }) => model.reference(object, 'TransitionRoot'),
  },
  {
    name: 'musicPlaylistRoot',
    kind: 'object',
    read: (object, { model }) => model.reference(object, 'PlaylistRoot'),
  },
];
