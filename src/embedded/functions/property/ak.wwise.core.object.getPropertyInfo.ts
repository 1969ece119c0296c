import { asString, type JsonObject } from '../../../core/json.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import type { PropertyFacts, ReferenceFacts, TypeFacts } from '../../model/model.ts';
import { canRandomize } from '../../model/types/randomizable.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { factsOfArgument } from '../arguments/facts-of-argument.ts';
import { defineFunction } from '../define-function.ts';

/**
 * Type, default, range, support and display name of one property or reference. What no public table knows (dependencies,
 * how the user interface shows it, its id in the sound engine) is left out rather than guessed: the documented answer's
 * members are all optional.
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
    display: displayOf(property),
    restriction: restrictionOf(property),
  };
}

function restrictionOf({ min, max, enum: values }: PropertyFacts): JsonObject {
  if (values !== undefined) {
    return { type: 'enum', values: values.map(({ value, label }) => ({ value, displayName: label })) };
  }
  return min === undefined || max === undefined ? {} : { type: 'range', min, max };
}

/** The type table leaves out a display name that is the name itself (343 of 2,424 members). */
function displayOf({ name, displayName = name }: PropertyFacts | ReferenceFacts): JsonObject {
  return { name: displayName };
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
    display: displayOf(reference),
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
