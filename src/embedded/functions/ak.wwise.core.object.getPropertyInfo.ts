import { asString, type JsonObject } from '../../base/json.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { PropertyFacts, ReferenceFacts, TypeFacts } from '../model/model.ts';
import { canRandomize } from '../model/randomizable.ts';
import { defineFunction } from './define-function.ts';
import { factsOfArgument } from './facts-of-argument.ts';
import { waapiErrors } from './waapi-errors.ts';

/**
 * Type, default, range and support of one property or reference. What the type table does not know
 * (dependencies, how the user interface shows it) is left out rather than guessed.
 */
export const objectGetPropertyInfo = defineFunction({
  uri: 'ak.wwise.core.object.getPropertyInfo',
  run(args, _options, { project }) {
    const facts = factsOfArgument(project.model, args);
    const name = asString(args.property) ?? '';
    const property = facts.property(name);
    if (property !== undefined) return ofProperty(property, facts);
    const reference = facts.reference(name);
    if (reference !== undefined) return ofReference(reference);
    throw unknownName(facts, name);
  },
});

function ofProperty(property: PropertyFacts, facts: TypeFacts): JsonObject {
  return {
    name: property.name,
    type: property.type,
    default: property.default,
    supports: {
      rtpc: rtpcName(property.rtpc),
      randomizer: canRandomize(facts, property.name),
      unlink: property.unlink,
    },
    ...(property.displayName === undefined ? {} : { display: { name: property.displayName } }),
    restriction: restrictionOf(property),
  };
}

function restrictionOf({ min, max, enum: values }: PropertyFacts): JsonObject {
  if (values !== undefined) {
    return { type: 'enum', values: values.map(({ value, label }) => ({ value, displayName: label })) };
  }
  return min === undefined || max === undefined ? {} : { type: 'range', min, max };
}

/** The answer's schema knows no `Boolean`: a switched property takes one curve, as an exclusive one does. */
function rtpcName(rtpc: string | null): string {
  return rtpc === 'Boolean' ? 'Exclusive' : (rtpc ?? 'None');
}

function ofReference(reference: ReferenceFacts): JsonObject {
  return {
    name: reference.name,
    type: 'Reference',
    default: null,
    supports: { rtpc: 'None', randomizer: false, unlink: false },
    ...(reference.displayName === undefined ? {} : { display: { name: reference.displayName } }),
    restriction: {
      type: 'reference',
      restrictions: [
        ...(reference.types === undefined ? [] : [{ type: reference.types }]),
        ...(reference.notNull === true ? ['notNull'] : []),
      ],
    },
  };
}

function unknownName(facts: TypeFacts, name: string): Error {
  const known = [...facts.properties(), ...facts.references()].map((member) => member.name);
  return waapiErrors.invalidProperty(
    `Property ${name} is unknown for ${facts.name}.${didYouMean(name, known)}`,
    {
      argumentName: 'property',
      property: name,
      objectType: facts.name,
    },
  );
}
