import { basename } from 'node:path';
import { type AnswerList, answerList, cutNotice, readListCursor } from '../../core/answers/answer-list.ts';
import { ANSWER_BYTES } from '../../core/answers/budget.ts';
import type { CursorScope } from '../../core/answers/cursor.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, isJsonObject, type JsonObject } from '../../core/json.ts';
import { didYouMean, nearest } from '../../core/text/nearest.ts';
import type { PreviewedChange } from './image.ts';
import { answerOf, type FileDiff, type Preview } from './preview.ts';

/** What of a preview to show: from a cursor on, or the diff of one Work Unit. */
export interface PreviewView {
  readonly cursor?: string | undefined;
  /** File name or path of a Work Unit. */
  readonly file?: string | undefined;
  /** With the diffs of all files and everything about new objects. */
  readonly verbose?: boolean | undefined;
}

/**
 * A preview as an answer: the whole of it when it fits, else the beginning of each list with a notice how to go on; with a
 * cursor the next part of one list. Throws INVALID_INPUT for a cursor or file the preview does not have.
 */
export function showPreview(
  preview: Preview,
  { cursor, file, verbose = true }: PreviewView = {},
): JsonObject {
  const lists = listsOf(preview, file, verbose);
  const scope: CursorScope = ['workflow_status', preview.previewId, file ?? null];
  if (cursor !== undefined) {
    const { list, offset } = readListCursor(scope, cursor, listNames);
    const page = answerList(scope, list, lists[list], offset);
    return {
      ...head(preview),
      [list]: page.rows,
      notices: notices(list, page),
      cursors: cursorOf(list, page.cursor),
    };
  }
  if (file !== undefined) {
    const page = answerList(scope, 'diff', lists.diff);
    return {
      ...head(preview),
      diff: page.rows,
      notices: notices('diff', page),
      cursors: cursorOf('diff', page.cursor),
    };
  }
  const shown = verbose ? listNames : leanLists;
  const pages = shown.map(
    (list) => [list, answerList(scope, list, lists[list], 0, ANSWER_BYTES * shares[list])] as const,
  );
  return {
    ...head(preview),
    ...summary(preview, verbose),
    ...rollbackOf(preview, verbose),
    ...Object.fromEntries(pages.map(([list, page]) => [list, page.rows])),
    notices: [...(preview.result.notices ?? []), ...pages.flatMap(([list, page]) => notices(list, page))],
    cursors: Object.assign({}, ...pages.map(([list, page]) => cursorOf(list, page.cursor))),
  };
}

/** A preview in full, for a caller that has no limit: every list uncut, the diff file by file. */
export function showWholePreview(preview: Preview, verbose = true): JsonObject {
  const { originals } = preview;
  const { objects } = listsOf(preview, undefined, verbose);
  const diff = preview.files.map(({ filePath, hunks }) => ({ file: filePath, text: hunks.join('\n') }));
  const all = { ...showPreview(preview, { verbose }), objects, originals, notices: [], cursors: {} };
  return verbose ? { ...all, diff } : all;
}

const listNames = ['objects', 'diff', 'originals', 'results'] as const;
type ListName = (typeof listNames)[number];

/** The diffs say in XML what the objects say already: who wants one asks for the file. */
const leanLists = ['objects', 'originals', 'results'] as const;

/** How the room of a first answer is shared out; what a preview says of itself takes the rest. */
const shares: Readonly<Record<ListName, number>> = {
  objects: 0.35,
  diff: 0.25,
  originals: 0.1,
  results: 0.2,
};

const said: Readonly<Record<ListName, string>> = {
  objects: 'objects',
  diff: 'parts of the diff',
  originals: 'new originals',
  results: 'node results',
};

/** A part of a diff is at most this long, so that it can be paged. In characters. */
const PART_CHARACTERS = 4_000;

function listsOf(
  preview: Preview,
  file: string | undefined,
  verbose: boolean,
): Record<ListName, readonly JsonObject[]> {
  const files = file === undefined ? preview.files : [fileNamed(file, preview.files)];
  return {
    objects: verbose ? preview.objects : preview.objects.map(leanChange),
    diff: files.flatMap(partsOf),
    originals: preview.originals,
    // What a run that succeeds does stands in the objects.
    results: !verbose && preview.result.ok ? [] : rowsOf(preview),
  };
}

function rowsOf({ result }: Preview): readonly JsonObject[] {
  return asJsonArray(answerOf(result).results).filter(isJsonObject);
}

function notices(list: ListName, page: AnswerList<JsonObject>): string[] {
  const narrow = list === 'diff' && page.cursor !== null ? [' Or give file: the name of one Work Unit.'] : [];
  return cutNotice(said[list], page, 'workflow_status').map((notice) => notice + narrow.join(''));
}

function cursorOf(list: ListName, cursor: string | null): JsonObject {
  return cursor === null ? {} : { [list]: cursor };
}

function head({ previewId, plan, expiresAtMs, result }: Preview): JsonObject {
  return {
    mode: 'preview',
    previewId,
    workflowId: plan.workflowId,
    planHash: plan.planHash,
    wouldSucceed: result.ok,
    expiresAtMs,
  };
}

/** A new object gets another id when the preview is applied; what was nothing before need not be said. */
function leanChange(object: PreviewedChange): JsonObject {
  const { change, id, type, path, oldPath, changes } = object;
  const said = changes.map(({ old, ...rest }) => (old === null ? rest : { old, ...rest }));
  return {
    change,
    ...(change === 'created' ? {} : { id }),
    type,
    path,
    ...(oldPath === undefined ? {} : { oldPath }),
    ...(said.length === 0 ? {} : { changes: said }),
  };
}

function rollbackOf({ plan }: Preview, verbose: boolean): JsonObject {
  const said = (plan.rollback ?? []).filter(
    ({ except, never }) => verbose || (except ?? never) !== undefined,
  );
  return said.length === 0 ? {} : { rollback: said };
}

function summary(preview: Preview, verbose: boolean): JsonObject {
  const { result, objects, files, originals, warnings } = preview;
  const answer = answerOf(result);
  const count = (change: string): number => objects.filter((object) => object.change === change).length;
  const counts = {
    created: count('created'),
    changed: count('changed'),
    moved: count('moved'),
    deleted: count('deleted'),
    files: files.length,
    originals: originals.length,
    originalBytes: originals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    memoHits: rowsOf(preview).filter(({ memo }) => memo === 'hit').length,
  };
  return {
    ...(result.ok
      ? {}
      : {
          failure: {
            code: result.code,
            error: result.error,
            hint: result.hint,
            stopAt: answer.stopAt ?? null,
          },
        }),
    counts: verbose ? counts : withoutZeros(counts),
    ...(verbose || files.length === 0 ? {} : { diffs: 'workflow_status with file shows the diff of one.' }),
    files: files
      .slice(0, 100)
      .map(({ filePath, state, added, removed }) => ({ filePath, state, added, removed })),
    ...(count('created') === 0 || !verbose
      ? {}
      : {
          idsOfCreated: 'The ids of created objects hold for this preview only: applied, they get new ones.',
        }),
    ...(preview.estimatedCosts === undefined ? {} : { estimatedCosts: preview.estimatedCosts }),
    waapiCalls: answer.waapiCalls ?? 0,
    durationMs: answer.durationMs ?? 0,
    warnings,
  };
}

function withoutZeros(counts: Readonly<Record<string, number>>): JsonObject {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function partsOf({ filePath, hunks }: FileDiff): JsonObject[] {
  return hunks.flatMap((hunk) => cutLines(hunk).map((text) => ({ file: filePath, text })));
}

function cutLines(hunk: string): string[] {
  if (hunk.length <= PART_CHARACTERS) return [hunk];
  const parts: string[] = [];
  let part: string[] = [];
  let length = 0;
  for (const line of hunk.split('\n')) {
    if (length + line.length > PART_CHARACTERS && part.length > 0) {
      parts.push(part.join('\n'));
      [part, length] = [[], 0];
    }
    part.push(line);
    length += line.length + 1;
  }
  return [...parts, part.join('\n')];
}

function fileNamed(wanted: string, files: readonly FileDiff[]): FileDiff {
  const name = (path: string): string => basename(path.replaceAll('\\', '/')).toLowerCase();
  const found =
    files.find(({ filePath }) => filePath === wanted) ??
    files.find(({ filePath }) => name(filePath) === name(wanted));
  if (found !== undefined) return found;
  const names = files.map(({ filePath }) => basename(filePath));
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `The preview changes no file "${wanted}".${didYouMean(wanted, names)}`,
    {
      hint:
        names.length === 0 ? 'It changes no file at all.' : `Give one of ${names.slice(0, 20).join(', ')}.`,
      details: { file: wanted, candidates: nearest(wanted, names) },
    },
  );
}
