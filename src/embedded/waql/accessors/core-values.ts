import type { WwiseObject } from '../../model/model.ts';
import { choices } from '../choices.ts';
import type { Accessor } from './accessor.ts';
import { topFolder } from './hierarchy.ts';
import { nodeTypeLabel } from './node-type.ts';

/** Facts every object has. */
export const coreValues: readonly Accessor[] = [
  { name: 'id', kind: 'value', read: (object) => object.id },
  { name: 'name', kind: 'value', read: (object) => object.name },
  { name: 'notes', kind: 'value', read: (object) => object.notes },
  { name: 'type', kind: 'value', read: (object) => object.type },
  { name: 'nodeType', kind: 'value', read: (object, { model }) => nodeTypeLabel(model, object) },
  { name: 'shortId', kind: 'value', read: (object, { model }) => model.shortId(object) },
  { name: 'classId', kind: 'value', read: (object, { model }) => model.classId(object) },
  { name: 'category', kind: 'value', read: (object, { model }) => topFolder(model, object)?.name },
  { name: 'path', kind: 'value', read: (object, scope) => scope.path(object) },
  { name: 'filePath', kind: 'value', read: (object, { model }) => model.filePath(object) },
  { name: 'pluginName', kind: 'value', read: (object, { model }) => model.pluginName(object) },
  { name: 'isPlayable', kind: 'value', read: (object) => playable.has(object.type) },
  { name: 'childrenCount', kind: 'value', read: (object) => object.children.length },
  {
    name: 'points',
    kind: 'facts',
    members: ['x', 'y', 'shape'],
    read: (object, { model }) => model.points(object)?.map((point) => ({ facts: { ...point } })),
  },
  {
    name: 'isIncluded',
    kind: 'value',
    read: (object, { model, platform }) =>
      included(object, (at) => model.property(at, 'Inclusion', platform)),
  },
];

const playable: ReadonlySet<string> = new Set(choices.playableTypes);

/** Included for the platform: the object and everything above it. */
function included(object: WwiseObject, inclusion: (at: WwiseObject) => unknown): boolean {
  for (let at: WwiseObject | null = object; at !== null; at = at.parent ?? at.owner) {
    if (inclusion(at) === false) return false;
  }
  return true;
}
