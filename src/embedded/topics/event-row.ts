import type { Json, JsonObject } from '../../core/json.ts';
import { nullGuid } from '../../core/null-guid.ts';
import type { ModelChange, ProjectModel, WwiseObject } from '../model/model.ts';
import type { Subscriber } from './topic.ts';

/**
 * The object as the subscriber wants it. Of an object that is gone only what was its own is left; members that need
 * the project are left out.
 */
export function eventRow(
  model: ProjectModel,
  object: WwiseObject | null,
  { wanted, row }: Subscriber,
  batch: readonly ModelChange[],
): JsonObject {
  if (object === null) return only(wanted, { id: nullGuid, name: '' });
  return model.byId(object.id) === object ? row(object) : only(wanted, remains(object, batch));
}

function remains(object: WwiseObject, batch: readonly ModelChange[]): Readonly<Record<string, Json>> {
  const { id, name, type, notes } = object;
  const deletion = batch.find(
    (change) => (change.kind === 'deleted' || change.kind === 'deleting') && change.object === object,
  );
  const path =
    deletion !== undefined && 'path' in deletion && deletion.path !== '' ? deletion.path : undefined;
  return { id, name, type, notes, ...(path === undefined ? {} : { path }) };
}

function only(wanted: readonly string[], known: Readonly<Record<string, Json>>): JsonObject {
  const row: Record<string, Json> = {};
  for (const expression of wanted) {
    const value = known[expression];
    if (value !== undefined) row[expression] = value;
  }
  return row;
}
