import { WwiseFlowError } from '../../../../core/errors.ts';
import { deepestDocument, isNestedDeeper, type Json } from '../../../../core/json.ts';
import { type JsonBounds, jsonSize } from '../../../../core/json-bounds.ts';
import { parseJsonSteps } from '../../../../core/parse-json-steps.ts';
import { inTurns } from '../../../../core/turns/turns.ts';
import { pathSegments, valueAt } from '../../../expressions/value-at.ts';

/**
 * The value of a JSON text, or a list of those of its lines. Rejects with TABLE_UNREADABLE with the line, INVALID_INPUT for a wrong path,
 * QUERY_TOO_LARGE where it holds very much: it is measured before it is parsed.
 */
export async function readJsonText(
  text: string,
  path: string,
  format: string,
  list: string | undefined,
): Promise<Json> {
  const isLines = format === 'jsonl';
  const { excess, depth } = await inTurns(jsonSize(Buffer.from(text), isLines ? boundsOfLines : boundsOfOne));
  if (excess !== null) throw tooMuch(path, excess, isLines);
  if (!isLines && depth > deepestDocument) throw nested(path, undefined);
  const value = isLines ? await linesOf(text, path) : await inTurns(parsed(text, path, undefined));
  if (list === undefined) return value;
  const found = valueAt(value, pathSegments(list));
  if (Array.isArray(found)) return found;
  throw new WwiseFlowError('INVALID_INPUT', `"${path}" has no list at "${list}".`, {
    hint: 'Name the path of a list inside, as "data.items"; or leave "list" out and take the whole.',
    details: { field: 'list', path },
  });
}

/** So much takes half a second to parse, in steps. */
const boundsOfOne: JsonBounds = { deepest: Infinity, mostValues: 2_000_000, mostMembers: 200_000 };
const boundsOfLines: JsonBounds = { ...boundsOfOne, mostValues: 5_000_000 };

async function linesOf(text: string, path: string): Promise<Json[]> {
  return inTurns(valuesOf(text.split('\n'), path));
}

function* valuesOf(lines: readonly string[], path: string): Generator<void, Json[]> {
  const values: Json[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() !== '') values.push(yield* parsed(line, path, index + 1));
    if (index % linesPerStep === 0) yield;
  }
  return values;
}

const linesPerStep = 64;

function tooMuch(path: string, excess: string, isLines: boolean): WwiseFlowError {
  return new WwiseFlowError('QUERY_TOO_LARGE', `"${path}" ${excess}.`, {
    hint: `Split the file${isLines ? '' : ', write one row a line (jsonl)'}, or put the rows into a database.`,
    details: { path },
  });
}

function* parsed(text: string, path: string, line: number | undefined): Generator<void, Json> {
  try {
    const value = yield* parseJsonSteps(text);
    if (line === undefined || !isNestedDeeper(value, deepestDocument)) return value;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw unreadable(path, line, `is no JSON: ${reason}`, cause);
  }
  throw nested(path, line);
}

function nested(path: string, line: number | undefined): WwiseFlowError {
  return unreadable(path, line, `is nested more than ${deepestDocument} levels deep`);
}

function unreadable(path: string, line: number | undefined, what: string, cause?: unknown): WwiseFlowError {
  const where = line === undefined ? `"${path}"` : `Line ${line} of "${path}"`;
  return new WwiseFlowError('TABLE_UNREADABLE', `${where} ${what}.`, {
    hint: 'Correct the file, or say "format" where it is written otherwise.',
    details: { path, ...(line === undefined ? {} : { line }) },
    cause,
  });
}
