import type { TypeFacts } from '../model.ts';

/**
 * The members of a CustomState: it holds values of the object it belongs to, for the properties that something can drive.
 * A value it does not hold leaves the object as it is, which for an additive property is 0.
 */
export function customStateFacts(own: TypeFacts, owner: TypeFacts): TypeFacts {
  const present = known.get(owner);
  if (present !== undefined) return present;
  const properties = owner.properties().filter(({ rtpc }) => rtpc !== null);
  const facts: TypeFacts = {
    ...own,
    properties: () => properties,
    property: (name) => properties.find((one) => one.name.toLowerCase() === name.toLowerCase()),
  };
  known.set(owner, facts);
  return facts;
}

const known = new WeakMap<TypeFacts, TypeFacts>();
