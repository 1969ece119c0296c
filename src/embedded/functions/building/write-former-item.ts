import { asJsonArray, asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { effectMembers, fourEffectSlots } from '../../model/legacy/legacy-effects.ts';
import type { ListFacts, ProjectModel, WwiseObject } from '../../model/model.ts';
import { factsOfType } from '../../model/types/type-table.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { BuildContext, Built, Fill } from './build-context.ts';
import {
  referenceTarget,
  refuseStranger,
  writeCheckedProperty,
  writeCheckedReference,
} from './write-member.ts';
import { writeOwned } from './write-owned.ts';

/**
 * An item of a list that only points at objects (2024.1 and before): given as an object designator, or as the slot of today
 * whose one reference says what it points at.
 */
export function linkItem(context: BuildContext, owner: WwiseObject, list: ListFacts, entry: Json): Built {
  const { model } = context.project;
  const [slot = ''] = list.types ?? [];
  const [reference] = factsOfType(slot)?.references() ?? [];
  if (reference === undefined) throw new TypeError(`list ${list.name} holds no slots`);
  const designator = isJsonObject(entry) ? designated(entry, slot, reference.name) : asString(entry);
  if (designator === undefined) {
    throw waapiErrors.invalidArguments(
      `An item of ${list.name} is an object designator, or a ${slot} with "@${reference.name}".`,
      { list: list.name },
    );
  }
  const target = referenceTarget(model, owner, reference.name, reference, designator);
  if (slot === 'PlaylistSlot') refuseStranger(model, owner, target);
  context.editor.linkInList(owner, list.name, target);
  return { object: target, children: [], members: new Map(), imported: undefined };
}

/** What a slot points at; undefined when it holds more than that: there is no room for it. */
function designated(spec: JsonObject, slot: string, reference: string): string | undefined {
  if (asString(spec.type)?.toLowerCase() !== slot.toLowerCase()) return undefined;
  const members = Object.keys(spec).filter((key) => key.startsWith('@'));
  const isOnly = members.length === 1 && members[0]?.toLowerCase() === `@${reference}`.toLowerCase();
  return isOnly ? asString(spec[members[0] ?? '']) : undefined;
}

/**
 * A path where it is no object: `"@EntryPath"` says where it leads along, `"@AudioNode"` what plays there, and it has nothing
 * else. Answers what plays. Refuses a path that does not fit the arguments.
 */
export function writeEntry(context: BuildContext, owner: WwiseObject, spec: JsonObject): Built {
  const { model } = context.project;
  const { year, major } = model.version;
  const members = membersOf(spec);
  const designator = asString(members.get('audionode'));
  const surplus = [...members.keys()].filter((name) => name !== 'audionode' && name !== 'entrypath');
  if (designator === undefined || surplus.length > 0) {
    throw waapiErrors.invalidArguments(
      `In Wwise ${year}.${major} an entry has "@EntryPath" and "@AudioNode", nothing else.`,
      { list: 'Entries', ...(surplus.length > 0 ? { surplus } : {}) },
    );
  }
  const path = asJsonArray(members.get('entrypath')).map((step) => stepTarget(model, owner, step));
  const groups = model.list(owner, 'Arguments') ?? [];
  const fits =
    path.length === groups.length &&
    path.every((step, at) => step === groups[at] || step.parent === groups[at]);
  if (!fits) {
    const names = groups.map(({ name }) => name).join(', ') || 'none';
    throw waapiErrors.invalidArguments(
      `"@EntryPath" must name a State or Switch (or the group, for any) of each argument in order; the arguments are: ${names}.`,
      { object: owner.id, list: 'EntryPath' },
    );
  }
  const playable = factsOfType('MultiSwitchEntry')?.reference('AudioNode');
  const object = referenceTarget(model, owner, 'AudioNode', playable, designator);
  context.editor.setLegacyEntry(owner, path, object);
  return { object, children: [], members: new Map(), imported: undefined };
}

function stepTarget(model: ProjectModel, owner: WwiseObject, step: Json): WwiseObject {
  const [slot, reference] = ['EntryPathSlot', 'EntryPathObject'];
  const designator = isJsonObject(step) ? designated(step, slot, reference) : asString(step);
  const facts = factsOfType(slot)?.reference(reference);
  return referenceTarget(model, owner, reference, facts, designator ?? '');
}

function membersOf(spec: JsonObject): ReadonlyMap<string, Json | undefined> {
  return new Map(
    Object.entries(spec).flatMap(([key, value]) =>
      key.startsWith('@') ? [[key.slice(1).toLowerCase(), value]] : [],
    ),
  );
}

/**
 * An effect slot where there were four references: its effect goes to the first free slot, its flags to the flags of that
 * slot. Refuses a fifth one, and members no slot has.
 */
export function writeFormerEffect(
  context: BuildContext,
  owner: WwiseObject,
  spec: JsonObject,
  fill: Fill,
): Built {
  const { project, editor } = context;
  const { model } = project;
  const { year, major } = model.version;
  const members = membersOf(spec);
  const effect = members.get('effect');
  const surplus = [...members.keys()].filter((name) => !['effect', 'bypass', 'render'].includes(name));
  if (surplus.length > 0 || effect === undefined || effect === null || spec.children !== undefined) {
    throw waapiErrors.invalidArguments(
      `In Wwise ${year}.${major} an effect slot has "@Effect", "@Bypass" and "@Render": an effect and its flags, nothing else.`,
      { list: 'Effects', ...(surplus.length > 0 ? { surplus } : {}) },
    );
  }
  const free = fourEffectSlots.map(effectMembers).find(({ reference }) => !model.reference(owner, reference));
  if (free === undefined) {
    throw waapiErrors.invalidArguments(
      `In Wwise ${year}.${major} an object has room for four effects, and they are taken; "listMode": "replaceAll" frees them.`,
      { list: 'Effects', object: owner.id },
    );
  }
  const built = isJsonObject(effect)
    ? writeOwned(context, owner, free.reference, effect, fill)
    : sharedEffect(context, owner, free.reference, effect);
  for (const [flag, name] of [
    ['bypass', free.flags[0]],
    ['render', free.flags[1]],
  ]) {
    const value = members.get(flag ?? '');
    if (value !== undefined && name !== undefined)
      writeCheckedProperty(model, editor, owner, name, value, context.platform);
  }
  return built;
}

function sharedEffect(context: BuildContext, owner: WwiseObject, reference: string, designator: Json): Built {
  const { model } = context.project;
  writeCheckedReference(model, context.editor, owner, reference, asString(designator) ?? '');
  const object = model.reference(owner, reference);
  if (!object) throw waapiErrors.unknownObject(asString(designator) ?? '');
  return { object, children: [], members: new Map(), imported: undefined };
}
