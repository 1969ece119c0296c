import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../core/json.ts';
import { importLogEntryOf } from '../../audio/importing/import-log.ts';
import { isError } from '../../log/wwise-log.ts';
import { createdRefOf, refOf } from '../../objects/rows/object-row.ts';
import type { CommandContext } from '../../wwise-command.ts';
import type { Aftermath, Piece } from '../description/batch.ts';
import type { KnownObjects } from './known-objects.ts';

/** How much goes into one call. */
export interface CallLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** Far below what Wwise takes, and still thousands of objects in one call. */
export const defaultCallLimits: CallLimits = { maxEntries: 2_000, maxBytes: 8_000_000 };

/** Of a step that failed: the piece that is known to be at fault, counted from 0. */
export class StepFailure extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/**
 * Executes pieces that do not depend on each other: one object.set, one audio.import and one query to read back, each
 * split where it would be too large. Gives what each piece may look at afterwards.
 * Rejects like Waapi, with RoundFailure where it is known whose fault it is.
 */
export async function executeStep(
  pieces: readonly Piece[],
  known: KnownObjects,
  returns: readonly string[],
  limits: CallLimits,
  { waapi }: Pick<CommandContext, 'waapi'>,
  answered: Answered = { ids: [], made: new Set() },
): Promise<readonly Aftermath[]> {
  answered.ids.push(...pieces.map(() => undefined));
  const step: Step = {
    pieces,
    known,
    waapi,
    ids: answered.ids,
    made: answered.made,
    logs: pieces.map(() => []),
    stale: new Set(),
    spreads: pieces.some((piece) => piece.spreads === true),
    needsChildren: false,
  };
  const indexes = [...pieces.keys()];
  for (const chunk of chunks(indexes, pieces, limits, ({ change }) => change.kind !== 'import'))
    await setObjects(chunk, returns, step);
  for (const chunk of chunks(indexes, pieces, limits, ({ change }) => change.kind === 'import'))
    await importAudio(chunk, step);

  const { ids, logs, stale, spreads, needsChildren } = step;
  if (spreads) known.keepOnly(new Set());
  const asked = spreads ? ids.flatMap((id) => id ?? []) : [...stale];
  if (asked.length > 0) await known.refresh(asked, needsChildren);
  return pieces.map((_, pieceIndex) => {
    const id = ids[pieceIndex] ?? '';
    const found = known.find(id);
    if (found === undefined) throw new StepFailure(pieceIndex, 'The object is not there.');
    return { row: found.row, children: known.children(id) ?? [], log: logs[pieceIndex] ?? [] };
  });
}

/** What was answered so far, for whoever has to roll back a step that failed. */
export interface Answered {
  /** The object each piece made, changed or imported into; undefined while it has no answer. */
  readonly ids: (string | undefined)[];
  /** GUIDs of all that Wwise said it made. */
  readonly made: Set<string>;
}

/** What is learned while the calls are made, piece by piece. */
interface Step {
  readonly pieces: readonly Piece[];
  readonly known: KnownObjects;
  readonly waapi: CommandContext['waapi'];
  /** The object each piece made, changed or imported into. */
  readonly ids: (string | undefined)[];
  readonly made: Set<string>;
  readonly logs: (readonly JsonObject[])[];
  /** Objects to be asked for again. */
  readonly stale: Set<string>;
  readonly spreads: boolean;
  needsChildren: boolean;
}

async function setObjects(chunk: readonly number[], returns: readonly string[], step: Step): Promise<void> {
  const { pieces, known, waapi, ids, stale, spreads } = step;
  const request = entriesOf(chunk, pieces);
  const answer = await waapi.call(
    'ak.wwise.core.object.set',
    { objects: request.map(({ entry }) => entry), onNameConflict: 'fail' },
    { return: [...new Set(['id', 'name', 'type', 'path', 'parent', ...returns])] },
  );
  const rows = asJsonArray(answer.objects).map(asJsonObject);
  noteIds(rows, step.made);
  for (const [index, { objectId, children, changed }] of request.entries()) {
    const made = asJsonArray(rows[index]?.children).map(asJsonObject);
    for (const [nth, pieceIndex] of children.entries()) {
      const row = made[nth] ?? {};
      const { name, id } = refOf(row);
      if (id === '' || name !== nameOf(pieces[pieceIndex]))
        throw new StepFailure(pieceIndex, 'Wwise did not say which object it made.');
      ids[pieceIndex] = id;
      const below = asJsonArray(row.children).map(asJsonObject);
      known.add({ ...row, parent: row.parent ?? { id: objectId } }, below);
      step.needsChildren ||= below.length > 0 && (spreads || !below.every(isComplete));
      if (![row, ...below].every(isComplete)) stale.add(id);
    }
    for (const pieceIndex of changed) ids[pieceIndex] = objectId;
    if (changed.length > 0) stale.add(objectId);
  }
}

async function importAudio(chunk: readonly number[], step: Step): Promise<void> {
  const { pieces, waapi, ids, logs, stale } = step;
  const imports = chunk.flatMap((pieceIndex) => {
    const change = pieces[pieceIndex]?.change;
    return change?.kind === 'import' ? [change.entry] : [];
  });
  const answer = await waapi.call(
    'ak.wwise.core.audio.import',
    { importOperation: 'useExisting', imports },
    { return: ['id', 'name', 'type', 'path', 'parent'] },
  );
  const log = asJsonArray(answer.log).filter(isJsonObject);
  noteIds(asJsonArray(answer.objects), step.made);
  const sounds = asJsonArray(answer.objects).filter(isJsonObject).map(createdRefOf);
  const soundAt = new Map(sounds.map(({ id, name, parentId }) => [`${parentId}\\${name.toLowerCase()}`, id]));
  const wrong = log.find((entry) => isError(importLogEntryOf(entry)));
  if (wrong !== undefined) {
    const culprit = typeof wrong.index === 'number' ? chunk[wrong.index] : undefined;
    if (culprit !== undefined) throw new StepFailure(culprit, String(wrong.message));
    throw new Error(String(wrong.message));
  }
  for (const [nth, pieceIndex] of chunk.entries()) {
    const change = pieces[pieceIndex]?.change;
    if (change?.kind !== 'import') continue;
    const id = change.soundId ?? soundAt.get(`${change.parentId}\\${change.name.toLowerCase()}`);
    if (id === undefined) throw new StepFailure(pieceIndex, 'Wwise did not say which Sound it made.');
    ids[pieceIndex] = id;
    stale.add(id);
    step.needsChildren = true;
    logs[pieceIndex] = log.filter(({ index }) => index === undefined || index === nth).map(withoutIndex);
  }
}

/** Every object in an answer, children and entries of lists too. */
function noteIds(rows: readonly Json[], into: Set<string>): void {
  for (const row of rows) {
    if (!isJsonObject(row)) continue;
    const id = asString(row.id)?.toUpperCase();
    if (id !== undefined) into.add(id);
    for (const value of Object.values(row)) if (Array.isArray(value)) noteIds(value, into);
  }
}

interface SetEntry {
  readonly objectId: string;
  readonly entry: JsonObject;
  /** Indexes of the pieces that get a child, in the order of `children`. */
  readonly children: readonly number[];
  /** Indexes of the pieces that change the object itself. */
  readonly changed: readonly number[];
}

/** One entry per object, in the order in which the pieces come to it. */
function entriesOf(indexes: readonly number[], pieces: readonly Piece[]): readonly SetEntry[] {
  const drafts = new Map<
    string,
    { members: JsonObject; specs: JsonObject[]; children: number[]; changed: number[] }
  >();
  for (const pieceIndex of indexes) {
    const change = pieces[pieceIndex]?.change;
    if (change === undefined || change.kind === 'import') continue;
    const objectId = change.kind === 'child' ? change.parentId : change.objectId;
    const draft = drafts.get(objectId) ?? { members: {}, specs: [], children: [], changed: [] };
    drafts.set(objectId, draft);
    if (change.kind === 'child') {
      draft.specs.push(change.spec);
      draft.children.push(pieceIndex);
    } else {
      draft.members = { ...draft.members, ...change.members };
      draft.changed.push(pieceIndex);
    }
  }
  return [...drafts].map(([objectId, { members, specs, children, changed }]) => ({
    objectId,
    entry: { object: objectId, ...members, ...(specs.length === 0 ? {} : { children: specs }) },
    children,
    changed,
  }));
}

/** Indexes of the pieces that `belongs` chooses, cut where a call would be too large. */
function* chunks(
  indexes: readonly number[],
  pieces: readonly Piece[],
  { maxEntries, maxBytes }: CallLimits,
  belongs: (piece: Piece) => boolean,
): Generator<readonly number[]> {
  let chunk: number[] = [];
  let bytes = 0;
  for (const pieceIndex of indexes) {
    const piece = pieces[pieceIndex];
    if (piece === undefined || !belongs(piece)) continue;
    const size = JSON.stringify(piece.change).length;
    if (chunk.length > 0 && (chunk.length >= maxEntries || bytes + size > maxBytes)) {
      yield chunk;
      [chunk, bytes] = [[], 0];
    }
    chunk.push(pieceIndex);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

function nameOf(piece: Piece | undefined): string | undefined {
  return piece?.change.kind === 'child' ? asString(piece.change.spec.name) : undefined;
}

/** Some versions of Wwise give only id and name of what they made. */
function isComplete(row: JsonObject): boolean {
  return typeof row.path === 'string' && typeof row.type === 'string' && row.parent !== undefined;
}

/** A node knows nothing of the other entries of its call. */
function withoutIndex({ index: _index, ...entry }: JsonObject): JsonObject {
  return entry;
}
