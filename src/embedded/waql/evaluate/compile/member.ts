import { isFormerMember } from '../../../model/legacy/legacy-facts.ts';
import type { TypeFacts, WwiseObject } from '../../../model/model.ts';
import { accessors } from '../../accessors/catalog.ts';
import type { MemberForm } from '../../ast.ts';
import { unknownWord } from '../../query-error.ts';
import type { Kind, Value } from '../value.ts';
import { isMember, isMemberOfOtherVersion, knownNames, memberKind } from './names.ts';
import type { Scope } from './scope.ts';

export interface CompiledMember {
  readonly kind: Kind;
  readonly members?: readonly string[] | undefined;
  read(object: WwiseObject): Value;
}

/**
 * A name as a step on an object: an accessor first, else a property, reference or list of the object's type.
 * `@Name` is what the object stores, the other forms what is in effect.
 */
export function compileMember(
  step: { form: MemberForm; name: string; position: number },
  scope: Scope,
): CompiledMember {
  const accessor = step.form === 'bare' ? accessors.get(step.name.toLowerCase()) : undefined;
  if (accessor !== undefined) {
    return { kind: accessor.kind, members: accessor.members, read: (object) => accessor.read(object, scope) };
  }
  if (!isMember(scope.model, step.name) && !isFormerMember(step.name, scope.model.version.schema)) {
    if (scope.unknownNames === 'refuse' && !isMemberOfOtherVersion(step.name)) {
      throw unknownWord('name', step.name, step.position, knownNames(scope.model));
    }
    return { kind: 'unknown', read: () => undefined };
  }
  return {
    kind: memberKind(scope.model, step.name),
    read: memberReader(step.name, step.form === 'stored', scope),
  };
}

type Role = 'property' | 'reference' | 'list' | 'untyped';

function memberReader(name: string, isStored: boolean, scope: Scope): (object: WwiseObject) => Value {
  const { model, platform } = scope;
  if (isStored) {
    const stored = model.stored(name, platform);
    return (object) => stored(object, scope.facts(object));
  }
  // Objects of one type come in runs: what the name is on the type is looked up once per run.
  let lastFacts: TypeFacts | undefined;
  let lastRole: Role = 'untyped';
  return (object) => {
    const facts = scope.facts(object);
    if (facts === undefined || facts !== lastFacts) {
      lastFacts = facts;
      lastRole = roleOf(facts, name);
    }
    if (lastRole === 'property') return model.effectiveProperty(object, name, platform);
    if (lastRole === 'reference') return model.effectiveReference(object, name);
    if (lastRole === 'list') return model.list(object, name);
    // Custom properties and members of unknown plug-ins stand in the file only.
    return (
      model.effectiveProperty(object, name, platform) ??
      model.effectiveReference(object, name) ??
      model.list(object, name)
    );
  };
}

function roleOf(facts: TypeFacts | undefined, name: string): Role {
  if (facts?.property(name) !== undefined) return 'property';
  if (facts?.reference(name) !== undefined) return 'reference';
  if (facts?.list(name) !== undefined) return 'list';
  return 'untyped';
}
