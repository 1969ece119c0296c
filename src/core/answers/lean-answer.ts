import type { z } from 'zod';
import { asJsonObject, asString, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Failure, MemoState } from '../result.ts';
import { boundedData } from './bounded-data.ts';
import { leanData } from './lean-data.ts';

/** What a facade prints of a result. */
export interface LeanOptions {
  /** Everything: full keys, hashes, durations, counts of calls, and what only repeats. */
  readonly verbose: boolean;
  /** What the command gave that was called; undefined for an answer about workflows. */
  readonly output?: z.ZodType | undefined;
  /** What the command of a node gives; undefined for a kind that is none. */
  outputOf(type: string): z.ZodType | undefined;
  /** What the data may take. Default: what one answer may hold. */
  readonly mostBytes?: number | undefined;
}

/** A result of any kind, as far as this looks at it. */
export type AnyResult =
  | Failure
  | {
      readonly ok: true;
      readonly data: unknown;
      readonly error: null;
      readonly code: null;
      readonly memo?: MemoState;
      readonly idemKey?: string | null;
      readonly notices?: readonly string[];
    };

/**
 * A result as every facade prints it unless it is asked to be verbose: what was done, without bookkeeping, without nulls where
 * there is nothing, without what is as usual or said already. The memo is mentioned where it took part. What no page of its own
 * bounds is cut to what one answer may hold, and a notice says so.
 */
export function leanAnswer(result: AnyResult, options: LeanOptions): AnyResult {
  if (options.verbose) return result;
  if (!result.ok) {
    const { details } = result;
    if (details === undefined) return result;
    const { data, cuts } = boundedData(leanRun(details, options), options.mostBytes);
    return withCuts({ ...result, details: data }, cuts);
  }
  const { ok, data, memo, idemKey, ...rest } = result;
  const lean =
    options.output === undefined
      ? withoutNulls(leanRun(data, options))
      : leanData(options.output, asJsonObject(data), []);
  const { data: shown, cuts } = boundedData(asJsonObject(lean), options.mostBytes);
  return withCuts(
    { ok, data: shown, ...rest, ...(memo === 'hit' || memo === 'stale' ? { memo } : {}) },
    cuts,
  );
}

function withCuts(result: AnyResult, cuts: readonly string[]): AnyResult {
  if (cuts.length === 0) return result;
  const notice = `This answer was cut: ${cuts.join('; ')}. Ask for less, or with verbose: true for everything.`;
  return { ...result, notices: [...(result.notices ?? []), notice] };
}

/** Whether a caller asked for everything; clients that can send texts only send "true". */
export function isVerbose(given: unknown): boolean {
  return given === true || given === 'true';
}

/** Of an answer about a workflow: what serves the keeping of records, not who reads the answer. */
const bookkeeping: ReadonlySet<string> = new Set([
  ...['planHash', 'waapiCalls', 'durationMs', 'planVersion', 'peakMemoryBytes'],
]);

function leanRun(data: unknown, options: LeanOptions): JsonObject {
  const whole = asJsonObject(data);
  const isAboutRun = ['executionId', 'previewId', 'planHash'].some((name) => whole[name] !== undefined);
  const members = Object.entries(whole).flatMap(([name, value]): [string, Json][] => {
    if (value === undefined || (value === null && (isAboutRun || name === 'cursor'))) return [];
    if (name === 'runs' && Array.isArray(value)) return [[name, value.map((run) => leanRun(run, options))]];
    if (listsOfRecords.has(name) && Array.isArray(value)) return [[name, value.map(leanRecord)]];
    if (!isAboutRun) return [[name, value]];
    if (bookkeeping.has(name) || isEmptyOf(name, value)) return [];
    if (name === 'result' && isJsonObject(value) && isJsonObject(value.data))
      return [[name, withoutNulls({ ...value, data: leanRun(value.data, options) })]];
    if (name === 'results' && Array.isArray(value))
      return [[name, value.map((row) => leanRow(row, options))]];
    if (name === 'nodes' && Array.isArray(value)) return [[name, value.map(leanNode)]];
    return [[name, value]];
  });
  return Object.fromEntries(members);
}

/** Lists of what is kept: what was done, what is remembered, workflows and jobs. */
const listsOfRecords: ReadonlySet<string> = new Set([
  ...['records', 'entries', 'workflows', 'examples', 'templates', 'versions', 'jobs'],
]);

function leanRecord(row: Json): Json {
  if (!isJsonObject(row)) return row;
  const { durationMs, planHash, memo, idemKey, key, ...rest } = row;
  const [shownIdemKey, shownKey] = [idemKey, key].map((one) => asString(one)?.slice(0, SHOWN_KEY_CHARACTERS));
  return withoutNulls({
    ...(shownKey === undefined ? {} : { key: shownKey }),
    ...rest,
    ...(memo === 'hit' || memo === 'stale' ? { memo } : {}),
    ...(shownIdemKey === undefined ? {} : { idemKey: shownIdemKey }),
  });
}

function withoutNulls(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

/** Lists and maps beside the rows that say nothing when they are empty. */
function isEmptyOf(name: string, value: Json): boolean {
  if (!mayBeEmpty.has(name)) return false;
  return Array.isArray(value) ? value.length === 0 : isJsonObject(value) && Object.keys(value).length === 0;
}

const mayBeEmpty: ReadonlySet<string> = new Set([
  ...['cursors', 'notices', 'warnings', 'skipped', 'inputs', 'addedEdges', 'objects', 'diff', 'originals'],
  ...['files', 'notRolledBack', 'removedFiles', 'restoredFiles'],
]);

/** How much of a key is shown: enough to find it by. */
export const SHOWN_KEY_CHARACTERS = 12;

/** `{node, ok, idemKey, data}`: what it is and how it went; a type stands in the workflow. */
function leanRow(row: Json, { outputOf }: LeanOptions): Json {
  if (!isJsonObject(row)) return row;
  // What it cost stands in the costs of the run.
  const { type, memo, idemKey, durationMs, peakMemoryBytes, cost, data, node, ok, ...rest } = row;
  const schema = outputOf(asString(type) ?? '');
  const key = asString(idemKey)?.slice(0, SHOWN_KEY_CHARACTERS);
  const given = data === undefined ? undefined : schema === undefined ? data : leanData(schema, data, []);
  return {
    ...(node === undefined ? {} : { node }),
    ...(ok === undefined ? {} : { ok }),
    ...(memo === 'hit' || memo === 'stale' ? { memo } : {}),
    ...(key === undefined ? {} : { idemKey: key }),
    ...(given === undefined || isEmpty(given) ? {} : { data: given }),
    ...rest,
  };
}

function leanNode(node: Json): Json {
  if (!isJsonObject(node)) return node;
  const { idemKey, durationMs, waapiCalls, ...rest } = node;
  const members = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(members);
}

function isEmpty(value: Json): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}
