import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { supportsStates } from '../../model/types/state-support.ts';
import { findBySpec } from '../evaluate/compile/object-spec.ts';
import type { Accessor, ArgumentAccessor } from './accessor.ts';

/** States: the groups an object is associated with, and what its values become in them. */
export const states: readonly Accessor[] = [
  { name: 'supportsStates', kind: 'value', read: (object) => supportsStates(object.type) },
  {
    name: 'stateGroups',
    kind: 'objects',
    read: (object, { model }) => (supportsStates(object.type) ? model.stateGroups(object) : undefined),
  },
  {
    name: 'stateProperties',
    kind: 'values',
    read: (object, { model }) => (supportsStates(object.type) ? model.stateProperties(object) : undefined),
  },
  // No source describes it; the States of the associated groups are what the name says.
  {
    name: 'states',
    kind: 'objects',
    read: (object, { model }) =>
      supportsStates(object.type) ? model.stateGroups(object).flatMap((group) => group.children) : undefined,
  },
  {
    name: 'customStates',
    kind: 'objects',
    read: (object, { model }) =>
      supportsStates(object.type) ? model.customStates(object).map(({ values }) => values) : undefined,
  },
  { name: 'originalState', kind: 'object', read: (object, { model }) => originalState(model, object) },
  { name: 'panner', kind: 'object', read: (object, scope) => scope.ownedBy(object, 'Panner')[0] },
];

export const stateArguments: readonly ArgumentAccessor[] = [
  {
    name: 'state',
    kind: 'object',
    read(object, argument, { model }) {
      if (!supportsStates(object.type)) return undefined;
      const wanted = findBySpec(model, argument);
      const found = model.customStates(object).find(({ state }) => state !== null && state === wanted);
      return found?.values ?? null;
    },
  },
];

function originalState(model: ProjectModel, object: WwiseObject): WwiseObject | null | undefined {
  if (object.type !== 'CustomState' || object.owner === null) return undefined;
  return model.customStates(object.owner).find(({ values }) => values === object)?.state;
}
