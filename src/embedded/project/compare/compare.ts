import type { Json } from '../../../core/json.ts';
import { stepsBetweenLooks } from '../../../core/turns/turns.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import { own } from '../../model/index/own.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { attribute, childNamed } from '../../wwu/tree.ts';
import { changedSections, type ValueChange } from './compare-sections.ts';

export interface ObjectChange {
  readonly change: 'created' | 'changed' | 'moved' | 'deleted';
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly path: string;
  /** Of a moved object: where it was. */
  readonly oldPath?: string;
  readonly changes: readonly ValueChange[];
}

/**
 * Compares the objects of two states of one project, those in the files named. Sorted by path, so that an object comes
 * before what is below it. A moved object may have changes too; what only moved along with its parent is not listed. Yields
 * between objects.
 */
export function* compareObjects(
  before: ProjectModel,
  after: ProjectModel,
  isInChangedFile: { before(path: string): boolean; after(path: string): boolean },
): Generator<void, ObjectChange[]> {
  const old = yield* objectsIn(before, isInChangedFile.before);
  const now = yield* objectsIn(after, isInChangedFile.after);
  const changes: ObjectChange[] = [];
  for (const [id, object] of now) {
    yield;
    const former = old.get(id);
    if (former === undefined) changes.push(created(object, after));
    else changes.push(...changed(former, object, before, after));
  }
  for (const [id, object] of old) {
    if (!now.has(id)) changes.push({ change: 'deleted', ...rowOf(object, before), changes: [] });
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function* objectsIn(
  model: ProjectModel,
  isWanted: (filePath: string) => boolean,
): Generator<void, Map<string, ObjectNode>> {
  const found = new Map<string, ObjectNode>();
  let steps = 0;
  for (const object of model.all()) {
    if (++steps % stepsBetweenLooks === 0) yield;
    const node = own(object);
    if (isWanted(node.file.filePath)) found.set(node.id, node);
  }
  return found;
}

function rowOf(
  object: WwiseObject,
  model: ProjectModel,
): Pick<ObjectChange, 'id' | 'type' | 'name' | 'path'> {
  return { id: object.id, type: object.type, name: object.name, path: model.path(object) };
}

function created(object: ObjectNode, model: ProjectModel): ObjectChange {
  const changes = [
    ...(object.notes === '' ? [] : [{ property: 'Notes', old: null, new: object.notes }]),
    ...valuesOf(object, model).map(([property, value]) => ({ property, old: null, new: value })),
  ];
  return { change: 'created', ...rowOf(object, model), changes };
}

function changed(
  old: ObjectNode,
  now: ObjectNode,
  before: ProjectModel,
  after: ProjectModel,
): ObjectChange[] {
  const changes = [
    ...differing('Name', old.name, now.name),
    ...differing('Notes', old.notes, now.notes),
    ...changedValues(old, now, before, after),
    ...changedSections(old.element, now.element),
  ];
  const hasMoved = parentId(old) !== parentId(now);
  if (!hasMoved && changes.length === 0) return [];
  const row = rowOf(now, after);
  return hasMoved
    ? [{ change: 'moved', ...row, oldPath: before.path(old), changes }]
    : [{ change: 'changed', ...row, changes }];
}

function parentId(object: ObjectNode): string | undefined {
  return (object.parent ?? object.owner)?.id;
}

function differing(property: string, old: Json, now: Json): ValueChange[] {
  return old === now ? [] : [{ property, old, new: now }];
}

/** What the file says of the object's properties and references, in its order. */
function valuesOf(object: ObjectNode, model: ProjectModel): [string, Json][] {
  return [
    ...membersIn(object, 'PropertyList').map((name): [string, Json] => [
      name,
      model.property(object, name) ?? null,
    ]),
    ...membersIn(object, 'ReferenceList').map((name): [string, Json] => [
      name,
      targetOf(object, name, model),
    ]),
  ];
}

function changedValues(
  old: ObjectNode,
  now: ObjectNode,
  before: ProjectModel,
  after: ProjectModel,
): ValueChange[] {
  const union = (list: string): Set<string> => new Set([...membersIn(old, list), ...membersIn(now, list)]);
  const properties = [...union('PropertyList')].flatMap((name) => {
    const linked = differing(name, before.property(old, name) ?? null, after.property(now, name) ?? null);
    const [, ...others] = after.platforms;
    const unlinked = others.flatMap((platform) => {
      const [from, to] = [
        before.property(old, name, platform.name),
        after.property(now, name, platform.name),
      ];
      const [first] = linked;
      if (first !== undefined && first.old === from && first.new === to) return [];
      return differing(`${name} (${platform.name})`, from ?? null, to ?? null);
    });
    return [...linked, ...unlinked];
  });
  // A target that is only called otherwise, or lies elsewhere, is listed itself.
  const references = [...union('ReferenceList')].flatMap((name) =>
    before.reference(old, name)?.id === after.reference(now, name)?.id
      ? []
      : differing(name, targetOf(old, name, before), targetOf(now, name, after)),
  );
  return [...properties, ...references];
}

function membersIn(object: ObjectNode, list: string): string[] {
  return (childNamed(object.element, list)?.children ?? []).flatMap(
    (entry) => attribute(entry, 'Name') ?? [],
  );
}

function targetOf(object: ObjectNode, reference: string, model: ProjectModel): string | null {
  const target = model.reference(object, reference);
  return target === undefined || target === null ? null : model.path(target);
}
