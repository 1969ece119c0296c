import type { ProjectModel, WwiseObject } from '../../model/model.ts';

export interface MemberDifference {
  readonly properties: readonly string[];
  readonly references: readonly string[];
  readonly lists: readonly string[];
}

/** What two objects of the project hold differently, among the members both have. */
export function compareMembers(
  model: ProjectModel,
  source: WwiseObject,
  target: WwiseObject,
): MemberDifference {
  const [from, to] = [model.facts(source), model.facts(target)];
  if (from === undefined || to === undefined) return { properties: [], references: [], lists: [] };
  const names = (members: readonly { readonly name: string }[]): string[] => members.map(({ name }) => name);
  return {
    properties: names(from.properties()).filter(
      (name) => to.property(name) !== undefined && !sameProperty(model, source, target, name),
    ),
    references: names(from.references()).filter(
      (name) => to.reference(name) !== undefined && !sameReference(model, source, target, name),
    ),
    lists: names(from.lists()).filter(
      (name) => to.list(name) !== undefined && !sameList(model, source, target, name),
    ),
  };
}

/** True when both hold the same values, references, lists, points and children, whatever their ids. */
function sameContent(model: ProjectModel, one: WwiseObject, other: WwiseObject): boolean {
  if (one.type !== other.type || one.name !== other.name || one.notes !== other.notes) return false;
  if (model.classId(one) !== model.classId(other) || !sameChildren(model, one, other)) return false;
  if (JSON.stringify(model.points(one)) !== JSON.stringify(model.points(other))) return false;
  const { properties, references, lists } = compareMembers(model, one, other);
  return properties.length + references.length + lists.length === 0;
}

/** The same value and randomizer on every platform. */
function sameProperty(model: ProjectModel, source: WwiseObject, target: WwiseObject, name: string): boolean {
  const sameValues = model.platforms.every(
    ({ name: platform }) => model.property(source, name, platform) === model.property(target, name, platform),
  );
  if (!sameValues) return false;
  const [from, to] = [model.randomizer(source, name), model.randomizer(target, name)];
  return from === undefined || to === undefined ? from === to : sameContent(model, from, to);
}

/** The same target, or objects of their own with the same content. */
function sameReference(model: ProjectModel, source: WwiseObject, target: WwiseObject, name: string): boolean {
  const [from, to] = [model.reference(source, name), model.reference(target, name)];
  if (!from || !to) return (from ?? null) === (to ?? null);
  if (from === to) return true;
  return from.owner === source && to.owner === target && sameContent(model, from, to);
}

function sameList(model: ProjectModel, source: WwiseObject, target: WwiseObject, name: string): boolean {
  if (model.listForm(source, name) === 'entries') {
    const entries = (object: WwiseObject): string =>
      JSON.stringify(
        model
          .legacyEntries(object)
          .map(({ path, audioNode }) => [path.map(({ id }) => id), audioNode?.id ?? '']),
      );
    return entries(source) === entries(target);
  }
  const from = model.list(source, name) ?? [];
  const to = model.list(target, name) ?? [];
  return from.length === to.length && from.every((item, at) => sameItem(model, item, to[at]));
}

function sameItem(model: ProjectModel, one: WwiseObject, other: WwiseObject | undefined): boolean {
  return other !== undefined && (one === other || sameContent(model, one, other));
}

function sameChildren(model: ProjectModel, one: WwiseObject, other: WwiseObject): boolean {
  return (
    one.children.length === other.children.length &&
    one.children.every((child, at) => sameItem(model, child, other.children[at]))
  );
}
