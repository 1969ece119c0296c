import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../base/json.ts';
import { firstRtpcListSchema } from '../model/legacy-rtpc.ts';
import type { ProjectModel, WwiseObject } from '../model/model.ts';
import type { BuildContext, Built, Fill } from './build-context.ts';
import { waapiErrors } from './waapi-errors.ts';
import { unknownMember } from './write-member.ts';

/** Fills a list with new local objects (RTPC, EffectSlot, Marker, ...), after the present ones or instead of them. */
export function writeList(
  context: BuildContext,
  owner: WwiseObject,
  list: string,
  value: Json,
  fill: Fill,
): readonly Built[] {
  const { model } = context.project;
  const facts = model.facts(owner)?.list(list);
  if (facts === undefined) throw unknownMember(model, owner, list, 'list');
  if (!Array.isArray(value) || !value.every(isJsonObject)) {
    throw waapiErrors.invalidArguments(
      `List ${facts.name} takes an array of objects with "type" and "name".`,
      { list },
    );
  }
  refuseOldLayout(model, owner, facts.name);
  if (context.listMode === 'replaceAll') {
    for (const item of model.list(owner, facts.name) ?? []) context.editor.remove(item);
  }
  return asJsonArray(value).map((entry) => {
    const spec = asJsonObject(entry);
    const type = model.typeName(asString(spec.type) ?? '') ?? asString(spec.type) ?? '';
    if (facts.types !== undefined && !facts.types.includes(type)) {
      throw waapiErrors.invalidArguments(
        `List ${facts.name} takes ${facts.types.join(' or ')}, not ${type}.`,
        { list, type },
      );
    }
    const property = asString(spec['@PropertyName']);
    // Up to 2021.1 an RTPC stands inside the property it drives: without one it has no place.
    if (facts.name === 'RTPC' && property === undefined && model.version.schema < firstRtpcListSchema)
      throw waapiErrors.invalidArguments('An RTPC needs @PropertyName: the property it drives.', { list });
    const name = asString(spec.name) ?? '';
    const item = context.editor.createInList(owner, facts.name, { type, name, property });
    return fill(context, item, spec);
  });
}

/** Gives a reference an object of its own: `"@Curve": {type: "Curve", points: [...]}`, a custom effect, a custom modulator. */
export function writeOwned(
  context: BuildContext,
  owner: WwiseObject,
  reference: string,
  spec: JsonObject,
  fill: Fill,
): Built {
  const { model } = context.project;
  const name = model.facts(owner)?.reference(reference)?.name ?? reference;
  const type = model.typeName(asString(spec.type) ?? '');
  if (type === undefined) {
    throw waapiErrors.invalidArguments(`Type ${asString(spec.type) ?? ''} is unknown.`, {
      type: asString(spec.type) ?? '',
    });
  }
  const points = asJsonArray(spec.points).map((point) => {
    const { x, y, shape } = asJsonObject(point);
    return { x: Number(x), y: Number(y), shape: asString(shape) ?? 'Linear' };
  });
  const object = context.editor.createOwned(owner, name, {
    type,
    name: asString(spec.name) ?? '',
    classId: typeof spec.classId === 'number' ? spec.classId : undefined,
    points: type === 'Curve' ? points : undefined,
  });
  return fill(context, object, spec);
}

/**
 * Lists moved between versions: effects were four references up to 2022.1,
 * and playlists and the like held bare references until 2025.1 made slots of them. This engine does not write those, and says so.
 */
export function refuseOldLayout(model: ProjectModel, owner: WwiseObject, list: string): void {
  const { schema, year, major } = model.version;
  if (schema >= (firstSchemaOf[list] ?? 103)) return;
  throw waapiErrors.invalidArguments(
    `This engine does not write the list ${list} in the file format of Wwise ${year}.${major}; nothing was changed.`,
    { object: owner.id, list, schema },
  );
}

/** The first schema that has the list in today's form. */
const firstSchemaOf: Readonly<Record<string, number>> = {
  RTPC: 0,
  Effects: 119,
  Playlist: 131,
  Arguments: 131,
  EntryPath: 131,
  Metadata: 131,
};
