import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { overrideFor } from '../../model/reading/overrides.ts';
import type { Scope } from '../evaluate/compile/scope.ts';
import type { ArgumentAccessor } from './accessor.ts';

/** Accessors that take the name of a property, reference or list. */
export const withArgument: readonly ArgumentAccessor[] = [
  {
    name: 'randomizer',
    kind: 'object',
    read: (object, property, { model }) => model.randomizer(object, property) ?? null,
  },
  {
    name: 'hasProperty',
    kind: 'value',
    read: (object, member, { model }) => hasMember(model, object, member),
  },
  { name: 'isLinked', kind: 'value', read: isLinked },
  {
    name: 'isOverridable',
    kind: 'value',
    read: (object, member, { model }) =>
      override(model, object, member) !== undefined && inheritsFrom(model, object, member),
  },
  { name: 'isSourceOfOverride', kind: 'value', read: isSourceOfOverride },
];

function hasMember(model: ProjectModel, object: WwiseObject, member: string): boolean {
  const facts = model.facts(object);
  return (facts?.property(member) ?? facts?.reference(member) ?? facts?.list(member)) !== undefined;
}

/** Linked for the asked platform; without one, for every platform. */
function isLinked(object: WwiseObject, member: string, { model, platform }: Scope): boolean | undefined {
  if (!hasMember(model, object, member)) return undefined;
  const platforms = platform === undefined ? model.platforms.map(({ name }) => name) : [platform];
  return platforms.every((name) => model.isLinked(object, member, name));
}

/** The override property that decides about a member of this object; undefined when the object has no such choice. */
function override(model: ProjectModel, object: WwiseObject, member: string): string | undefined {
  const name = overrideFor(member);
  return name !== undefined && hasMember(model, object, member) && hasMember(model, object, name)
    ? name
    : undefined;
}

function inheritsFrom(model: ProjectModel, object: WwiseObject, member: string): boolean {
  return object.parent !== null && hasMember(model, object.parent, member);
}

/** The object's own value is the one in effect: it overrides, or has nothing above it to inherit from. */
function isSourceOfOverride(
  object: WwiseObject,
  member: string,
  { model, platform }: Scope,
): boolean | undefined {
  if (!hasMember(model, object, member)) return undefined;
  const name = override(model, object, member);
  if (name === undefined || !inheritsFrom(model, object, member)) return true;
  return model.property(object, name, platform) === true;
}
