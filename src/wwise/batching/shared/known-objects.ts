import { toWwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asString, isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { ProjectAccess } from '../../objects/finding/find-object.ts';
import { namesakesAmong } from '../../objects/finding/namesakes.ts';
import { inProjectWords, isGuid } from '../../objects/finding/object-designator.ts';
import {
  type CreatedRef,
  createdRefOf,
  type FoundObject,
  referenceIdOf,
  refOf,
} from '../../objects/rows/object-row.ts';

/** Longest text of one query; longer lists of objects are asked for in several. */
const QUERY_LIMIT_CHARS = 100_000;

/** The objects a batched unit is about, each asked for once and kept up to date by what the unit does to them. */
export interface KnownObjects {
  /** True until something was asked for. */
  readonly isEmpty: boolean;
  /**
   * Asks for what is not known yet, with one query as long as everything exists; those in `parents` with their children.
   * Of objects that do not exist the first is found, and what is named behind it may stay unknown.
   */
  load(designators: readonly string[], parents: ReadonlySet<string>): Promise<void>;
  /** Asks again for objects, with one query; their children too when wanted. */
  refresh(ids: readonly string[], withChildren: boolean): Promise<void>;
  find(designator: string): FoundObject | undefined;
  /** Undefined when the children were not asked for. */
  children(parentId: string): readonly JsonObject[] | undefined;
  /** Children called so, or so with a number behind it; the exact name first. */
  namesakes(parentId: string, name: string): readonly CreatedRef[];
  /** Takes in a new object, as Wwise described it. */
  add(row: JsonObject, children: readonly JsonObject[]): void;
  /** Forgets every object but these. */
  keepOnly(ids: ReadonlySet<string>): void;
}

/** `returns`: expressions asked for with every object, beside id, name, type, path and parent. */
export function createKnownObjects(
  access: ProjectAccess,
  returns: readonly string[],
  year: number,
): KnownObjects {
  const rowOf = new Map<string, JsonObject>();
  const childrenOf = new Map<string, JsonObject[]>();
  const idOf = new Map<string, string>();
  const refsOf = new WeakMap<readonly JsonObject[], CreatedRef[]>();
  const wanted = [...new Set(['id', 'name', 'type', 'path', 'parent', ...returns])];

  const put = (row: JsonObject): void => {
    const { id, name, type, path } = refOf(row);
    rowOf.set(id, row);
    idOf.set(path.toLowerCase(), id);
    idOf.set(`${type}:${name}`.toLowerCase(), id);
  };

  const known = (word: string): JsonObject | undefined =>
    rowOf.get(isGuid(word) ? word : (idOf.get(word.toLowerCase()) ?? ''));

  const ask = async (words: readonly string[], withChildren: boolean): Promise<readonly JsonObject[]> => {
    const list = words.map((word) => `"${word}"`).join(', ');
    const waql = `$ ${list}${withChildren ? ' select this, children' : ''}`;
    const answer = await access.waapi.call('ak.wwise.core.object.get', { waql }, { return: wanted });
    return asJsonArray(answer.return).filter(isJsonObject);
  };

  const take = (words: readonly string[], rows: readonly JsonObject[], withChildren: boolean): void => {
    for (const row of rows) put(row);
    if (!withChildren) return;
    const children = new Map<string, JsonObject[]>();
    for (const word of words) {
      const row = known(word);
      if (row !== undefined) children.set(refOf(row).id, []);
    }
    for (const row of uniqueById(rows)) children.get(referenceIdOf(row.parent) ?? '')?.push(row);
    for (const [id, list] of children) childrenOf.set(id, list);
  };

  /** True when all of them exist. */
  const exist = async (words: readonly string[], withChildren: boolean): Promise<boolean> => {
    try {
      take(words, await ask(words, withChildren), withChildren);
      return true;
    } catch (thrown) {
      const error = toWwiseFlowError(thrown);
      if (['OBJECT_NOT_FOUND', 'INVALID_QUERY', 'WAAPI_ERROR'].includes(error.code)) return false;
      throw error;
    }
  };

  const loadWords = async (words: readonly string[], withChildren: boolean): Promise<void> => {
    for (const batch of batches(words)) {
      if (await exist(batch, withChildren)) continue;
      // The first that is missing is found by halving; all before it are loaded on the way.
      let present = 0;
      for (let missing = batch.length; missing - present > 1; ) {
        const middle = (present + missing) >> 1;
        if (await exist(batch.slice(present, middle), withChildren)) present = middle;
        else missing = middle;
      }
      return;
    }
  };

  let isEmpty = true;

  return {
    get isEmpty() {
      return isEmpty;
    },
    load: async (designators, parents) => {
      isEmpty = false;
      const words = new Set(designators.map((designator) => inProjectWords(designator, year)));
      const parentWords = new Set([...parents].map((designator) => inProjectWords(designator, year)));
      const isKnown = (word: string): boolean => {
        const row = known(word);
        return row !== undefined && (!parentWords.has(word) || childrenOf.has(refOf(row).id));
      };
      const unknown = [...words].filter((word) => !isKnown(word));
      // One query for both as long as few children come along that nobody asked for.
      const openParents = unknown.filter((word) => parentWords.has(word));
      if (openParents.length === 0) await loadWords(unknown, false);
      else if (unknown.length - openParents.length <= 50) await loadWords(unknown, true);
      else {
        await loadWords(openParents, true);
        await loadWords(
          unknown.filter((word) => !parentWords.has(word)),
          false,
        );
      }
    },
    refresh: async (ids, withChildren) => {
      for (const batch of batches([...new Set(ids)]))
        take(batch, await ask(batch, withChildren), withChildren);
    },
    find: (designator) => {
      const row = known(inProjectWords(designator, year));
      return row === undefined ? undefined : { ...refOf(row), row };
    },
    children: (parentId) => childrenOf.get(parentId),
    namesakes: (parentId, name) => {
      const rows = childrenOf.get(parentId) ?? [];
      const refs = refsOf.get(rows) ?? rows.map(createdRefOf);
      // New children come one by one, so what is kept of a list may be shorter than the list.
      for (const row of rows.slice(refs.length)) refs.push(createdRefOf(row));
      refsOf.set(rows, refs);
      return namesakesAmong(refs, name);
    },
    add: (row, children) => {
      put(row);
      for (const child of children) put(child);
      childrenOf.set(refOf(row).id, [...children]);
      childrenOf.get(referenceIdOf(row.parent) ?? '')?.push(row);
    },
    keepOnly: (ids) => {
      for (const id of [...rowOf.keys()]) if (!ids.has(id)) rowOf.delete(id);
      for (const [word, id] of idOf) if (!ids.has(id)) idOf.delete(word);
      for (const id of [...childrenOf.keys()]) if (!ids.has(id)) childrenOf.delete(id);
    },
  };
}

/** An object may come as one that was asked for and as the child of another. */
function uniqueById(rows: readonly JsonObject[]): Iterable<JsonObject> {
  return new Map(rows.map((row) => [asString(row.id), row])).values();
}

function* batches(words: readonly string[]): Generator<readonly string[]> {
  let batch: string[] = [];
  let chars = 0;
  for (const word of words) {
    if (batch.length > 0 && chars + word.length > QUERY_LIMIT_CHARS) {
      yield batch;
      [batch, chars] = [[], 0];
    }
    batch.push(word);
    chars += word.length + 4;
  }
  if (batch.length > 0) yield batch;
}
