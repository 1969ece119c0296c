import { basename } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, isJsonObject, type JsonObject } from '../../core/json.ts';
import { didYouMean, nearest } from '../../core/nearest.ts';
import { ANSWER_CHARACTERS, cutNotice, pageOf, readCursor } from '../library/page.ts';
import { answerOf, type FileDiff, type Preview } from './preview.ts';

/** What of a preview to show: from a cursor on, or the diff of one Work Unit. */
export interface PreviewView {
  readonly cursor?: string | undefined;
  /** File name or path of a Work Unit. */
  readonly file?: string | undefined;
}

/**
 * A preview as an answer: the whole of it when it fits, else the beginning of each list with a notice how to go on; with a
 * cursor the next part of one list. Throws INVALID_INPUT for a cursor or file the preview does not have.
 */
export function showPreview(preview: Preview, { cursor, file }: PreviewView = {}): JsonObject {
  const lists = listsOf(preview, file);
  if (cursor !== undefined) {
    const { list, offset } = readCursor(cursor, listNames);
    const page = pageOf(list, lists[list], offset);
    return {
      ...head(preview),
      [list]: page.rows,
      notices: notices(list, page),
      cursors: cursorOf(list, page.cursor),
    };
  }
  if (file !== undefined) {
    const page = pageOf('diff', lists.diff, 0);
    return {
      ...head(preview),
      diff: page.rows,
      notices: notices('diff', page),
      cursors: cursorOf('diff', page.cursor),
    };
  }
  const pages = listNames.map(
    (list) => [list, pageOf(list, lists[list], 0, ANSWER_CHARACTERS * shares[list])] as const,
  );
  return {
    ...head(preview),
    ...summary(preview),
    ...(preview.plan.rollback === undefined ? {} : { rollback: preview.plan.rollback }),
    ...Object.fromEntries(pages.map(([list, page]) => [list, page.rows])),
    notices: [...(preview.result.notices ?? []), ...pages.flatMap(([list, page]) => notices(list, page))],
    cursors: Object.assign({}, ...pages.map(([list, page]) => cursorOf(list, page.cursor))),
  };
}

/** A preview in full, for a caller that has no limit: every list uncut, the diff file by file. */
export function showWholePreview(preview: Preview): JsonObject {
  const { objects, originals } = preview;
  const diff = preview.files.map(({ filePath, hunks }) => ({ file: filePath, text: hunks.join('\n') }));
  return { ...showPreview(preview), objects, diff, originals, notices: [], cursors: {} };
}

const listNames = ['objects', 'diff', 'originals', 'results'] as const;
type ListName = (typeof listNames)[number];

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

function listsOf(preview: Preview, file: string | undefined): Record<ListName, readonly JsonObject[]> {
  const files = file === undefined ? preview.files : [fileNamed(file, preview.files)];
  return {
    objects: preview.objects,
    diff: files.flatMap(partsOf),
    originals: preview.originals,
    results: asJsonArray(answerOf(preview.result).results).filter(isJsonObject),
  };
}

function notices(list: ListName, page: ReturnType<typeof pageOf>): string[] {
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

function summary(preview: Preview): JsonObject {
  const { result, objects, files, originals, warnings } = preview;
  const answer = answerOf(result);
  const count = (change: string): number => objects.filter((object) => object.change === change).length;
  const results = asJsonArray(answer.results).filter(isJsonObject);
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
    counts: {
      created: count('created'),
      changed: count('changed'),
      moved: count('moved'),
      deleted: count('deleted'),
      files: files.length,
      originals: originals.length,
      originalBytes: originals.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      memoHits: results.filter(({ memo }) => memo === 'hit').length,
    },
    files: files
      .slice(0, 100)
      .map(({ filePath, state, added, removed }) => ({ filePath, state, added, removed })),
    ...(count('created') === 0
      ? {}
      : {
          idsOfCreated: 'The ids of created objects hold for this preview only: applied, they get new ones.',
        }),
    waapiCalls: answer.waapiCalls ?? 0,
    durationMs: answer.durationMs ?? 0,
    warnings,
  };
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
