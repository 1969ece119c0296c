import type { Json, JsonObject } from '../../../../core/json.ts';
import type { ProjectModel, WwiseObject } from '../../../model/model.ts';
import type { ReturnItemNode } from '../../ast.ts';
import { choices } from '../../choices.ts';
import { type Item, isFacts, isList, type Value } from '../value.ts';
import type { CompiledReturnItem, Compiler } from './compiler.ts';

/** The member is named by its alias, or exactly as the expression was written. */
export function compileReturnItem(item: ReturnItemNode, compiler: Compiler): CompiledReturnItem {
  const key = item.alias ?? item.text;
  if (item.value.kind !== 'path') return { key, read: compiler.condition(item.value) };
  const path = compiler.path(item.value, 'return');
  return { key, read: (object) => toJson(path.read(object), compiler.scope.model) };
}

/** The row of an object; members without a value are left out. */
export function rowOf(items: readonly CompiledReturnItem[], object: WwiseObject): JsonObject {
  const row: Record<string, Json> = {};
  for (const item of items) {
    const value = item.read(object);
    if (value !== undefined) row[item.key] = value;
  }
  return row;
}

function toJson(value: Value, model: ProjectModel): Json | undefined {
  if (typeof value !== 'object') return value;
  if (value === null) return choices.unsetInRow;
  return isList(value) ? value.map((item) => itemToJson(item, model)) : itemToJson(value, model);
}

function itemToJson(item: Item, model: ProjectModel): Json {
  if (typeof item !== 'object') return item;
  return isFacts(item) ? item.facts : referenceJson(item, model);
}

/** An object inside a row: `{id, name}`; without a name only `{id}`; a Curve shows its flags and points instead. */
function referenceJson(object: WwiseObject, model: ProjectModel): JsonObject {
  const points = object.type === 'Curve' ? model.points(object) : undefined;
  if (points !== undefined) {
    const flags = model.property(object, 'Flags');
    const shape = { id: object.id, points: points.map((point) => ({ ...point })) };
    return typeof flags === 'number' ? { ...shape, '@Flags': flags } : shape;
  }
  return object.name === '' ? { id: object.id } : { id: object.id, name: object.name };
}
