import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../core/json.ts';
import { nullGuid } from '../../../core/null-guid.ts';
import { comesBackUnlessWorkUnit } from '../revert.ts';
import { absent, type Change, madeChildren, sameValue } from './change.ts';

/** A WAAPI call that puts back what was there before. */
export interface InverseCall {
  readonly uri: string;
  readonly args: JsonObject;
}

/** The calls that take one change back, in order; none where it goes with another one. Or why there are none. */
export type Inverse = { readonly calls: readonly InverseCall[] } | { readonly why: string };

/** How to roll back a change of what is now as the change left it. */
export function inverseOf(change: Change): Inverse {
  const { cell, before, after } = change;
  if (cell.kind === 'unseen') return { why: cell.why };
  if (after === undefined)
    return { why: 'Its answer was lost: what is there now may be the work of others.' };
  // What it did to an object that it made, or that is gone with it, goes and comes with that.
  if (cell.kind !== 'object' && (before === absent || after === absent)) return { calls: [] };
  switch (cell.kind) {
    case 'object':
      return before === absent ? deleting([cell.id]) : { why: comesBackUnlessWorkUnit.never };
    case 'range': {
      const { min = null, max = null } = asJsonObject(before);
      const { id: object, onCurveUpdate } = cell;
      return { calls: [{ uri: `${core}gameParameter.setRange`, args: { object, min, max, onCurveUpdate } }] };
    }
    case 'order':
    case 'kept':
      return { calls: [] };
    case 'children':
      return ofChildren(change);
    case 'value':
      return cell.member.startsWith('@') && (Array.isArray(before) || Array.isArray(after))
        ? ofList(cell.id, cell.member, change)
        : ofMember(cell.id, cell.member, cell.platform, before, after);
    case 'answer':
      return ofAnswer(cell.uri, cell.args, asJsonObject(before), asJsonObject(after));
  }
}

/** Whether no call of WAAPI puts back all of what was there before. */
export function onlyByUndo(change: Change): boolean {
  return change.cell.kind === 'order' || 'why' in inverseOf(change);
}

function ofMember(object: string, member: string, platform: string, before: Json, after: Json): Inverse {
  const onPlatform = platform === '' ? {} : { platform };
  switch (member) {
    case 'name':
      return { calls: [{ uri: `${core}object.setName`, args: { object, value: before } }] };
    case 'notes':
      return { calls: [{ uri: `${core}object.setNotes`, args: { object, value: before ?? '' } }] };
    case 'parent':
      return { calls: [{ uri: `${core}object.move`, args: { object, parent: idOf(before) ?? nullGuid } }] };
    case 'stateGroups':
      if (!idsOf(before).every((id) => idsOf(after).includes(id))) return { why: valuesLost };
      return {
        calls: [{ uri: `${core}object.setStateGroups`, args: { object, stateGroups: idsOf(before) } }],
      };
    case 'stateProperties':
      if (!asJsonArray(before).every((name) => asJsonArray(after).includes(name))) return { why: valuesLost };
      return {
        calls: [{ uri: `${core}object.setStateProperties`, args: { object, stateProperties: before } }],
      };
  }
  if (member === 'activeSource') {
    const source = idOf(before);
    const calls = [{ uri: `${core}sound.setActiveSource`, args: { sound: object, source: source ?? null } }];
    return { calls: source === undefined ? [] : calls };
  }
  if (!member.startsWith('@')) return { why: `${member} cannot be set: only Undo in Wwise brings it back.` };
  const property = member.slice(1);
  if (isJsonObject(before) || isJsonObject(after)) {
    // Points follow what the curve depends on.
    if (idOf(before) !== undefined && idOf(before) === idOf(after)) return { calls: [] };
    const args = { object, reference: property, value: idOf(before) ?? nullGuid, ...onPlatform };
    return { calls: [{ uri: `${core}object.setReference`, args }] };
  }
  if (before === null)
    return { why: `What ${property} was before is not reported: only Undo in Wwise brings it back.` };
  return {
    calls: [{ uri: `${core}object.setProperty`, args: { object, property, value: before, ...onPlatform } }],
  };
}

const valuesLost =
  'What States did to it went with a State Group or property that was taken away, and comes back through Undo in Wwise only.';

/** Children that were made are deleted; one that went only Undo puts back, unless it was moved, which is a change of its own. */
function ofChildren(change: Change): Inverse {
  const is = new Set(asJsonArray(change.after));
  return asJsonArray(change.before).every((id) => is.has(id))
    ? deleting(madeChildren(change).map(String))
    : { why: lost('children') };
}

/** Entries that were made are deleted, and links are set as they were; an entry that went, or stands elsewhere, only Undo puts back. */
function ofList(object: string, member: string, change: Change): Inverse {
  const was = idsOf(change.before);
  if (change.links === true) {
    const objects = [{ object, [member]: was }];
    return { calls: [{ uri: `${core}object.set`, args: { objects, listMode: 'replaceAll' } }] };
  }
  const is = idsOf(change.after ?? []);
  const what = member.slice(1);
  if (is.filter((id) => was.includes(id)).join() !== was.join()) return { why: lost(what) };
  const added = is.filter((id) => !was.includes(id));
  // What only stands in the list is not made by that.
  return added.every((id) => change.own?.includes(id) === true)
    ? deleting(added)
    : { why: `New entries of ${what} that are not known to be made by it go through Undo in Wwise only.` };
}

function lost(what: string): string {
  return `Entries of ${what} that were there before come back through Undo in Wwise only.`;
}

function ofAnswer(uri: string, args: JsonObject, before: JsonObject, after: JsonObject): Inverse {
  switch (uri.replace(core, '')) {
    case 'object.isLinked':
      return before.linked === true
        ? { calls: [{ uri: `${core}object.setLinked`, args: { ...args, linked: true } }] }
        : { calls: [] };
    case 'object.getAttenuationCurve': {
      const { use = null } = before;
      const points = use === 'Custom' ? (before.points ?? []) : [];
      return { calls: [{ uri: `${core}object.setAttenuationCurve`, args: { ...args, use, points } }] };
    }
    case 'soundbank.getInclusions': {
      const inclusions = asJsonArray(before.inclusions)
        .filter(isJsonObject)
        .map(({ object, filter = null }) => ({ object: idOf(object ?? null) ?? String(object), filter }));
      const set = { soundbank: args.soundbank ?? null, operation: 'replace', inclusions };
      return { calls: [{ uri: `${core}soundbank.setInclusions`, args: set }] };
    }
    case 'switchContainer.getAssignments':
      return { calls: reassigned(asJsonArray(before.return), asJsonArray(after.return)) };
    case 'blendContainer.getAssignments':
      return ofBlend(args, asJsonArray(before.return), asJsonArray(after.return));
    default:
      return { why: `What ${uri} says cannot be set again: only Undo in Wwise brings it back.` };
  }
}

/** The same assignments in the same order: what stands behind the first difference is taken out and put in again. */
function reassigned(before: readonly Json[], after: readonly Json[]): readonly InverseCall[] {
  const first = before.findIndex((pair, at) => !sameValue(pair, after[at]));
  const from = first === -1 ? before.length : first;
  const calls = (verb: 'add' | 'remove', pairs: readonly Json[]) =>
    pairs.map((pair) => {
      const { child = null, stateOrSwitch = null } = asJsonObject(pair);
      return { uri: `${core}switchContainer.${verb}Assignment`, args: { child, stateOrSwitch } };
    });
  return [...calls('remove', after.slice(from)), ...calls('add', before.slice(from))];
}

function ofBlend({ object = null }: JsonObject, before: readonly Json[], after: readonly Json[]): Inverse {
  const childOf = (one: Json) => String(asJsonObject(one).child);
  const was = new Set(before.map(childOf));
  if (!before.every((one) => after.some((other) => sameValue(one, other))))
    return { why: 'What a Blend Track held before comes back through Undo in Wwise only.' };
  const added = after.filter((one) => !was.has(childOf(one)));
  return {
    calls: added.map((one) => ({
      uri: `${core}blendContainer.removeAssignment`,
      args: { object, child: childOf(one) },
    })),
  };
}

function deleting(ids: readonly string[]): Inverse {
  return { calls: ids.map((object) => ({ uri: `${core}object.delete`, args: { object } })) };
}

function idsOf(value: Json): readonly string[] {
  return asJsonArray(value).flatMap((item) => idOf(item) ?? asString(item) ?? []);
}

function idOf(value: Json): string | undefined {
  const { ref, id } = asJsonObject(value);
  return asString(ref) ?? asString(id);
}

const core = 'ak.wwise.core.';
