import type { PropertyFacts, ReferenceFacts, TypeFacts } from './model.ts';
import { mergeFacts } from './type-table.ts';

/** 2023.1: effects moved into the list Effects, one EffectSlot each. */
export const firstEffectSlotSchema = 119;

/** What took effects before: four references, each with its own bypass and render flag (linkable, measured). */
const references: readonly ReferenceFacts[] = [0, 1, 2, 3].map((slot) => ({
  name: `Effect${slot}`,
  types: ['Effect'],
}));
const properties: readonly PropertyFacts[] = [0, 1, 2, 3].flatMap((slot) =>
  ['Bypass', 'Render'].map((flag) => ({
    name: `${flag}Effect${slot}`,
    type: 'bool',
    default: false,
    rtpc: flag === 'Bypass' ? 'Boolean' : null,
    unlink: true,
  })),
);

/** Facts of a type as a project of that schema has them. */
export function factsOfEra(facts: TypeFacts, schema: number): TypeFacts {
  if (schema >= firstEffectSlotSchema || facts.list('Effects') === undefined) return facts;
  let legacy = withFourEffects.get(facts);
  if (legacy === undefined) {
    legacy = mergeFacts(facts, { ...fourEffects, classId: facts.classId });
    withFourEffects.set(facts, legacy);
  }
  return legacy;
}

const withFourEffects = new WeakMap<TypeFacts, TypeFacts>();

const fourEffects: TypeFacts = {
  name: '',
  kind: 'object',
  classId: 0,
  properties: () => properties,
  references: () => references,
  lists: () => [],
  property: (name) => properties.find((known) => known.name.toLowerCase() === name.toLowerCase()),
  reference: (name) => references.find((known) => known.name.toLowerCase() === name.toLowerCase()),
  list: () => undefined,
};
