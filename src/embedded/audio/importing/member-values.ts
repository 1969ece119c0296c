import type { Json, JsonObject } from '../../../core/json.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { ProjectModel, PropertyFacts, PropertyValue, WwiseObject } from '../../model/model.ts';
import { lookUpObject } from '../../model/naming/resolve-object.ts';
import { checkValue } from '../../model/types/check-value.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { ImportProblem } from './import-problem.ts';

/** A checked `"@Name": value` of an import. */
export type MemberValue =
  | { readonly kind: 'property'; readonly name: string; readonly value: PropertyValue }
  | { readonly kind: 'reference'; readonly name: string; readonly target: WwiseObject | null };

/** The `@` members of an entry, checked against the type. Numbers may be given as text, as import files do. Throws ImportProblem. */
export function memberValues(entry: JsonObject, type: string, model: ProjectModel): MemberValue[] {
  return Object.entries(entry).flatMap(([key, value]) =>
    key.startsWith('@') && value !== undefined ? [memberValue(key.slice(1), value, type, model)] : [],
  );
}

export function applyMembers(
  object: WwiseObject,
  members: readonly MemberValue[],
  editor: ModelEditor,
): void {
  for (const member of members) {
    if (member.kind === 'property') editor.setProperty(object, member.name, member.value);
    else editor.setReference(object, member.name, member.target);
  }
}

function memberValue(name: string, value: Json, type: string, model: ProjectModel): MemberValue {
  const facts = model.factsOf(type);
  const property = facts?.property(name) ?? shownAs(facts?.properties() ?? [], name);
  if (property !== undefined)
    return { kind: 'property', name: property.name, value: propertyValue(property, value) };
  const reference = facts?.reference(name) ?? shownAs(facts?.references() ?? [], name);
  if (reference !== undefined) {
    if (value === null) return { kind: 'reference', name: reference.name, target: null };
    const target = typeof value === 'string' ? lookUpObject(model, value) : undefined;
    if (target === undefined)
      throw new ImportProblem(`@${name}: ${JSON.stringify(value)} is not an object of the project.`);
    if (reference.types !== undefined && !reference.types.includes(target.type)) {
      throw new ImportProblem(
        `@${name} takes ${reference.types.map(aOrAn).join(' or ')}; ${model.path(target)} is ${aOrAn(target.type)}.`,
      );
    }
    return { kind: 'reference', name: reference.name, target };
  }
  const candidates = [...(facts?.properties() ?? []), ...(facts?.references() ?? [])].map(
    (member) => member.name,
  );
  throw new ImportProblem(`A ${type} has no property or reference "${name}".${didYouMean(name, candidates)}`);
}

/** Import files may name members as the user interface does: `Voice Volume`, `Output Bus`. */
function shownAs<T extends { readonly displayName?: string }>(
  members: readonly T[],
  name: string,
): T | undefined {
  const wanted = name.trim().toLowerCase();
  return members.find(({ displayName }) => displayName?.toLowerCase() === wanted);
}

function propertyValue(property: PropertyFacts, value: Json): PropertyValue {
  const checked = checkValue(property, fromText(property, value));
  if (checked.ok) return checked.value;
  throw new ImportProblem(checked.problem);
}

/** Import files give every value as text. */
function fromText(property: PropertyFacts, value: Json): Json {
  if (typeof value !== 'string' || property.type === 'string') return value;
  if (property.type === 'bool') {
    if (/^(true|1)$/i.test(value)) return true;
    return /^(false|0)$/i.test(value) ? false : value;
  }
  return value.trim() === '' ? value : Number(value);
}
