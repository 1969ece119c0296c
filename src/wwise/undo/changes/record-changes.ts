import { asJsonArray, asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { withCall } from '../../connection/with-call.ts';
import type { ProjectAccess } from '../../objects/finding/find-object.ts';
import { lookUpObjects } from '../../objects/finding/look-up-objects.ts';
import { isGuid } from '../../objects/finding/object-designator.ts';
import { callChangesProject } from '../watched-waapi.ts';
import { absent, type Cell, type Change, hasChanged, keyOfCell, present } from './change.ts';
import { importedFiles } from './imported-files.ts';
import { keepSteps } from './keep-steps.ts';
import { type CellValues, cellsInRow, readCells } from './read-cells.ts';
import { createProgress } from './record-progress.ts';
import { touchedCells } from './touched-cells.ts';
import { withOwn } from './with-own.ts';

export interface ChangeRecorder {
  /** The connection as the command shall use it. */
  readonly waapi: Waapi;
  /**
   * What the calls so far changed, from before the first to after the last. `isWhole`: false when the command failed, so that
   * what it made may be gone again. Never rejects: what cannot be read now has no `after`.
   */
  finish(isWhole: boolean): Promise<readonly Change[]>;
}

export interface RecorderOptions {
  /** Awaited before each further call, with what those since the last time changed. */
  readonly onProgress?: ((changes: readonly Change[]) => Promise<void>) | undefined;
  /** Awaited before a call that copies these files into the Originals. */
  readonly onImport?: ((files: readonly string[]) => Promise<void>) | undefined;
}

/**
 * Watches the calls of one command: before each that changes something, what it is about to change is looked at; after the
 * last, once more. What the command reads itself is not read twice, and where it goes through many objects one by one, they
 * are looked at together.
 */
export function recordChanges(
  { waapi, project }: ProjectAccess,
  { onProgress, onImport }: RecorderOptions = {},
): ChangeRecorder {
  /** As the command's own reads reported it, before and after its last change. */
  const reported: CellValues = new Map();
  let latest: CellValues = new Map();
  const idAt = new Map<string, string>();
  const idsReported = new Set<string>();
  const missed = new Set<string>();
  const touched = new Map<string, { readonly cell: Cell; readonly before: Json | undefined }>();
  const made = new Map<string, readonly string[] | undefined>();
  /** GUIDs in the answers of calls that may have made something. */
  const answered = new Set<string>();
  let hasImported = false;
  const kept = keepSteps(waapi);

  const listen = (options: JsonObject, answer: JsonObject): void => {
    const members = asJsonArray(options.return).flatMap((member) => asString(member) ?? []);
    for (const row of asJsonArray(answer.return)) {
      if (!isJsonObject(row)) continue;
      for (const [key, value] of cellsInRow(row, members, asString(options.platform) ?? '')) {
        if (!reported.has(key)) reported.set(key, value);
        latest.set(key, value);
      }
      const id = asString(row.id)?.toUpperCase();
      if (id === undefined) continue;
      idsReported.add(id);
      if (typeof row.path === 'string') idAt.set(row.path.toLowerCase(), id);
    }
  };

  const isMade = (id: string): boolean =>
    made.has(id) || [...made.values()].some((below) => below?.includes(id) === true);

  /** The cells with GUIDs, whatever the call named its objects by. */
  const identified = async (cells: readonly Cell[]): Promise<readonly Cell[]> => {
    const named = cells.flatMap((cell) =>
      'id' in cell && cell.id !== undefined && !isGuid(cell.id) ? [cell.id] : [],
    );
    const unknown = [...new Set(named)].filter((name) => !idAt.has(name.toLowerCase()));
    const rows = unknown.length === 0 ? new Map() : await lookUpObjects(unknown, [], {}, waapi);
    for (const [name, row] of rows) idAt.set(name.toLowerCase(), String(row.id).toUpperCase());
    return cells.flatMap((cell): readonly Cell[] => {
      if (!('id' in cell) || cell.id === undefined) return [cell];
      const id = isGuid(cell.id) ? cell.id.toUpperCase() : idAt.get(cell.id.toLowerCase());
      return id === undefined || isMade(id) ? [] : [{ ...cell, id }];
    });
  };

  /** Where a member is asked for object by object, the other objects the command knows are asked along. */
  const withOthers = (cells: readonly Cell[]): readonly Cell[] => {
    const more = cells.flatMap((cell): readonly Cell[] => {
      if (cell.kind !== 'value') return [];
      const { member, platform } = cell;
      const kind = `${member} ${platform}`;
      if (!missed.has(kind)) {
        missed.add(kind);
        return [];
      }
      if (idsReported.size > mostAtOnce) return [];
      return [...idsReported].map((id) => ({ kind: 'value', id, member, platform }));
    });
    return [...cells, ...more.filter((cell) => !reported.has(keyOfCell(cell)))];
  };

  /** What the command itself made before it came to this was not there before it. */
  const beforeAll = (cell: Cell, value: Json | undefined): Json | undefined =>
    (cell.kind === 'children' || cell.kind === 'order') && Array.isArray(value)
      ? value.filter((id) => !made.has(String(id)))
      : value;

  const lookBefore = async (cells: readonly Cell[]): Promise<void> => {
    const fresh = cells.filter((cell) => !touched.has(keyOfCell(cell)));
    const unknown = fresh.filter((cell) => cell.kind !== 'unseen' && !reported.has(keyOfCell(cell)));
    if (unknown.length > 0) {
      const answers = await readCells(withOthers(unknown), waapi);
      for (const [key, value] of answers) if (!reported.has(key)) reported.set(key, value);
    }
    for (const cell of fresh)
      touched.set(keyOfCell(cell), { cell, before: beforeAll(cell, reported.get(keyOfCell(cell))) });
  };

  const progress = createProgress({ waapi, onProgress, valueBefore: (key) => touched.get(key)?.before });

  const change: Waapi['call'] = async (uri, args = {}, options, control) => {
    const about = await touchedCells(uri, args, {
      waapi,
      project,
      reported: (id, member) => latest.get(keyOfCell({ kind: 'value', id, member, platform: '' })),
    });
    await progress.report();
    const cells = await identified(about.cells);
    await lookBefore(cells);
    const files = await importedFiles(uri, args);
    hasImported ||= files.length > 0;
    if (files.length > 0) await onImport?.(files);
    // What was read after an earlier change says nothing after this one.
    latest = new Map();
    // What is read back has to pass by here.
    const answer = await waapi.call(uri, args, options, {
      ...control,
      readBehind: undefined,
      onKept: kept.add,
    });
    for (const id of guidsIn(answer)) answered.add(id);
    const fresh = about.made?.(answer) ?? [];
    for (const { id, below } of fresh) made.set(id, below);
    progress.add(cells, fresh, answered);
    return answer;
  };

  return {
    waapi: withCall(waapi, async (uri, args, options, control) => {
      if (callChangesProject(uri)) return change(uri, args, options, control);
      const answer = await waapi.call(uri, args, options, control);
      if (uri === 'ak.wwise.core.object.get') listen(options ?? {}, answer);
      return answer;
    }),
    finish: async (isWhole) => {
      const objects = [...made.keys()].map((id): Cell => ({ kind: 'object', id }));
      const cells = [...touched.values()].map(({ cell }) => cell);
      const open = cells.filter((cell) => cell.kind !== 'unseen' && !latest.has(keyOfCell(cell)));
      const asked = isWhole ? open : [...open, ...objects];
      const after = await readAfter(asked, waapi);
      for (const [key, value] of latest) if (!after.has(key)) after.set(key, value);
      if (isWhole) for (const cell of objects) after.set(keyOfCell(cell), present);
      const changes = [
        ...objects.map((cell) => changeOf(cell, absent, after.get(keyOfCell(cell)))),
        ...[...touched.values()].map(({ cell, before }) =>
          changeOf(cell, before, after.get(keyOfCell(cell))),
        ),
      ];
      const effective = changes.filter(({ cell, before, after: now }) => hasChanged(cell, before, now));
      // What an import puts into an object that was just made stands in no answer about that.
      const below = (id: string) => (hasImported ? undefined : made.get(id));
      return withOwn([...effective, ...kept.for(effective)], { below, answered }, waapi);
    },
  };
}

/** Every GUID in an answer, in capitals. */
function guidsIn(answer: JsonObject): readonly string[] {
  return (JSON.stringify(answer).match(/\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}/gi) ?? []).map((id) =>
    id.toUpperCase(),
  );
}

/** Objects that one look takes along. */
const mostAtOnce = 2_000;

/** A cell of which nothing was read before is as good as unseen. */
function changeOf(cell: Cell, before: Json | undefined, after: Json | undefined): Change {
  if (cell.kind === 'unseen') return { cell, before: null, after: null };
  if (before === undefined)
    return {
      cell: { kind: 'unseen', why: 'What was there before could not be read.' },
      before: null,
      after: null,
    };
  return after === undefined ? { cell, before } : { cell, before, after };
}

async function readAfter(cells: readonly Cell[], waapi: Waapi): Promise<CellValues> {
  if (cells.length === 0) return new Map();
  try {
    return await readCells(cells, waapi);
  } catch {
    // The command's own outcome stands; what it left is then judged by what was there before.
    return new Map();
  }
}
