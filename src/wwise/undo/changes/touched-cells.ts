import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';
import { tabDelimitedRows } from '../../audio/importing/tab-delimited-rows.ts';
import type { Waapi } from '../../connection/waapi.ts';
import type { ProjectAccess } from '../../objects/finding/find-object.ts';
import { propertyNames } from '../../objects/types/property-names.ts';
import type { Cell } from './change.ts';
import { type Made, ofPlatform, type Touched } from './touched.ts';
import { touchedByImport } from './touched-by-import.ts';
import { touchedBySpec } from './touched-by-spec.ts';
import { usersOf } from './users-of.ts';

export interface TouchAccess extends ProjectAccess {
  /** A member of an object as the command itself has read it; undefined where it has not. */
  reported(id: string, member: string): Json | undefined;
}

/**
 * The cells a changing call of Wwise touches, by its arguments. Objects may be named as the call names them. Asks Wwise
 * where the arguments alone do not say. What is not known here is one `unseen` cell.
 */
export async function touchedCells(uri: string, args: JsonObject, access: TouchAccess): Promise<Touched> {
  const { waapi } = access;
  const id = asString(args.object) ?? '';
  const platform = asString(args.platform) ?? '';
  const value = (member: string): Cell => ({ kind: 'value', id, member, platform });
  const own = (member: string): Cell => ({ kind: 'value', id, member, platform: '' });
  switch (uri.replace('ak.wwise.core.', '')) {
    case 'object.setProperty':
      return { cells: ofPlatform(value(`@${String(args.property)}`), String(args.property)) };
    case 'object.setReference':
      return { cells: ofPlatform(value(`@${String(args.reference)}`), String(args.reference)) };
    case 'object.setNotes':
      return { cells: [own('notes')] };
    case 'object.setName':
      return { cells: [own('name')] };
    case 'object.setStateGroups':
      return { cells: [own('stateGroups')] };
    case 'object.setStateProperties':
      return { cells: [own('stateProperties')] };
    case 'object.delete':
      return { cells: [{ kind: 'object', id }] };
    case 'object.move':
      return {
        cells: [
          own('parent'),
          ...ofOrder(await parentOf(id, access)),
          ...(mayReplace(args) ? [own('name'), childrenOf(args.parent)] : []),
        ],
      };
    case 'object.copy':
      return { cells: mayReplace(args) ? [childrenOf(args.parent)] : [], made: idIn };
    case 'object.set':
    case 'object.create':
      return touchedBySpec(uri, args, waapi);
    case 'object.pasteProperties':
      return { cells: await ofPaste(args, waapi) };
    case 'object.setAttenuationCurve': {
      const { object = null, curveType = null } = args;
      const asked = { object, curveType, ...(platform === '' ? {} : { platform }) };
      return { cells: [{ kind: 'answer', id, uri: `${core}object.getAttenuationCurve`, args: asked }] };
    }
    case 'switchContainer.addAssignment':
    case 'switchContainer.removeAssignment':
      return { cells: ofAssignment(await parentOf(String(args.child), access)) };
    case 'blendContainer.addTrack':
      return { cells: [], made: idIn };
    case 'blendContainer.addAssignment':
    case 'blendContainer.removeAssignment':
      return {
        cells: [{ kind: 'answer', id, uri: `${core}blendContainer.getAssignments`, args: { object: id } }],
      };
    case 'soundbank.setInclusions': {
      const soundbank = asString(args.soundbank) ?? '';
      const asked = { soundbank };
      return {
        cells: [{ kind: 'answer', id: soundbank, uri: `${core}soundbank.getInclusions`, args: asked }],
      };
    }
    case 'gameParameter.setRange':
      return { cells: await ofRange(id, String(args.onCurveUpdate), waapi) };
    case 'audio.import':
      return touchedByImport(args, access);
    case 'audio.importTabDelimited': {
      const { importFile, importLocation } = args;
      const imports = await tabDelimitedRows(String(importFile));
      const common = importLocation === undefined ? {} : { default: { importLocation } };
      return touchedByImport({ ...common, imports }, access);
    }
    default:
      return { cells: [{ kind: 'unseen', why: `What ${uri} changed cannot be read back.` }] };
  }
}

const core = 'ak.wwise.core.';

function mayReplace({ onNameConflict }: JsonObject): boolean {
  return onNameConflict === 'replace' || onNameConflict === 'rename' || onNameConflict === 'merge';
}

function childrenOf(parent: unknown): Cell {
  return { kind: 'children', id: asString(parent) ?? '' };
}

function idIn(answer: JsonObject): readonly Made[] {
  const id = asString(answer.id);
  return id === undefined ? [] : [{ id: id.toUpperCase() }];
}

/** Where something stands among the children of its parent. */
function ofOrder(id: string): readonly Cell[] {
  return id === '' ? [] : [{ kind: 'order', id }];
}

async function parentOf(id: string, { waapi, reported }: TouchAccess): Promise<string> {
  const known = reported(id, 'parent');
  if (known !== undefined) return asString(asJsonObject(known).ref) ?? '';
  const answer = await waapi.call(
    `${core}object.get`,
    { waql: `$ "${id}" select parent` },
    { return: ['id'] },
  );
  return asString(asJsonObject(asJsonArray(answer.return)[0]).id) ?? '';
}

/** Everything of a target that may be pasted onto it; lists are no properties, so only a comparison names them. */
async function ofPaste(
  { source = null, targets, inclusion, exclusion }: JsonObject,
  waapi: Waapi,
): Promise<readonly Cell[]> {
  const out = new Set(asJsonArray(exclusion).map(String));
  const cells: Cell[] = [];
  for (const target of asJsonArray(targets)) {
    const id = asString(target) ?? '';
    const names = Array.isArray(inclusion)
      ? inclusion.map(String)
      : [
          ...(await propertyNames({ object: id }, waapi)),
          ...asJsonArray((await waapi.call(`${core}object.diff`, { source, target: id })).lists).map(String),
        ];
    for (const name of names)
      if (!out.has(name)) cells.push({ kind: 'value', id, member: `@${name}`, platform: '' });
  }
  return cells;
}

/** The container a child is assigned in is its parent. */
function ofAssignment(id: string): readonly Cell[] {
  return [{ kind: 'answer', id, uri: `${core}switchContainer.getAssignments`, args: { id } }];
}

/** The range of a Game Parameter, with what it drives: curves and crossfades move along. */
async function ofRange(id: string, onCurveUpdate: string, waapi: Waapi): Promise<readonly Cell[]> {
  const values = ['@InitialValue', '@SimulationValue'].map(
    (member): Cell => ({ kind: 'value', id, member, platform: '' }),
  );
  const rows = await usersOf(id, waapi);
  const driven = rows.flatMap((row): readonly Cell[] => {
    const user = asString(row.id) ?? '';
    if (row.type === 'RTPC') return [{ kind: 'value', id: user, member: '@Curve', platform: '' }];
    if (row.type !== 'BlendTrack') return [];
    return [
      { kind: 'answer', id: user, uri: `${core}blendContainer.getAssignments`, args: { object: user } },
    ];
  });
  const users = rows.flatMap((row) => asString(row.id)?.toUpperCase() ?? []);
  return [{ kind: 'range', id, onCurveUpdate, users }, ...driven, ...values];
}
