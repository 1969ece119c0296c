import type { Accessor } from './accessor.ts';

/** Custom states: what an object's values become in a State. */
export const states: readonly Accessor[] = [
  { name: 'customStates', kind: 'objects', read: (object, scope) => scope.ownedBy(object, 'CustomState') },
  { name: 'panner', kind: 'object', read: (object, scope) => scope.ownedBy(object, 'Panner')[0] },
];
