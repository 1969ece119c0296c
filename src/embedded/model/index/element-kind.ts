import { attribute, type WwuElement } from '../../wwu/tree.ts';

/**
 * What an element with a GUID is: the definition of an object, a reference that repeats the target's name, or the
 * position of a nested Work Unit. Measured: every other element with a GUID and a name is a definition.
 */
export type ElementKind = 'definition' | 'reference' | 'placeholder' | 'other';

export function elementKind(node: WwuElement): ElementKind {
  const id = attribute(node, 'ID');
  if (id === undefined || !looksLikeGuid(id)) return 'other';
  if (node.name === 'WwiseDocument') return 'other';
  if (node.name === 'WorkUnit' && attribute(node, 'PersistMode') === 'Reference') return 'placeholder';
  if (node.name.endsWith('Ref') || namedReferences.has(node.name)) return 'reference';
  return attribute(node, 'Name') === undefined ? 'other' : 'definition';
}

const namedReferences = new Set([
  'ActiveSource',
  'DefaultConversion',
  'EnvironmentalCurves',
  // Of a transition between two States.
  'StartState',
  'EndState',
]);

/** Asked for every element with an ID; the others (media ids) are plain numbers. */
function looksLikeGuid(id: string): boolean {
  return id.length === 38 && id.startsWith('{') && id.endsWith('}');
}
