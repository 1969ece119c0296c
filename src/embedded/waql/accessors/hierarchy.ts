import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import type { Accessor } from './accessor.ts';

/** Where an object stands: above, below, beside. */
export const hierarchy: readonly Accessor[] = [
  { name: 'this', kind: 'object', read: (object) => object },
  { name: 'parent', kind: 'object', read: (object) => object.parent },
  { name: 'children', kind: 'objects', read: (object) => object.children },
  { name: 'descendants', kind: 'objects', read: (object) => Array.from(descendantsOf(object)) },
  { name: 'ancestors', kind: 'objects', read: (object) => Array.from(ancestorsOf(object)) },
  { name: 'owner', kind: 'object', read: (object) => object.owner },
  { name: 'workunit', kind: 'object', read: (object, { model }) => model.workUnit(object) },
  {
    name: 'referencesTo',
    kind: 'objects',
    read: (object, { model }) => Array.from(model.referencesTo(object)),
  },
];

/** Everything below, depth first, a parent before its children. Nothing is copied: taking one costs one. */
export function* descendantsOf(object: WwiseObject): Generator<WwiseObject> {
  const stack = [{ children: object.children, at: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const child = top.children[top.at++];
    if (child === undefined) {
      stack.pop();
      continue;
    }
    yield child;
    if (child.children.length > 0) stack.push({ children: child.children, at: 0 });
  }
}

/** Everything above, the parent first. */
function* ancestorsOf(object: WwiseObject): Generator<WwiseObject> {
  for (let at = object.parent; at !== null; at = at.parent) yield at;
}

/** The top folder an object belongs to, through its owners; undefined for the project itself. */
export function topFolder(model: ProjectModel, object: WwiseObject): WwiseObject | undefined {
  let below: WwiseObject | undefined;
  for (let at: WwiseObject | null = object; at !== null && at !== model.project; at = at.parent ?? at.owner)
    below = at;
  return below;
}
