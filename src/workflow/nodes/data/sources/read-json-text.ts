import { WwiseFlowError } from '../../../../core/errors.ts';
import { deepestDocument, isNestedDeeper, type Json } from '../../../../core/json.ts';
import { pathSegments, valueAt } from '../../../expressions/value-at.ts';

/** The value of a JSON text, or a list of those of its lines. Throws TABLE_UNREADABLE with the line, INVALID_INPUT for a wrong path. */
export function readJsonText(text: string, path: string, format: string, list: string | undefined): Json {
  const value = format === 'jsonl' ? linesOf(text, path) : parsed(text, path, undefined);
  if (list === undefined) return value;
  const found = valueAt(value, pathSegments(list));
  if (Array.isArray(found)) return found;
  throw new WwiseFlowError('INVALID_INPUT', `"${path}" has no list at "${list}".`, {
    hint: 'Name the path of a list inside, as "data.items"; or leave "list" out and take the whole.',
    details: { field: 'list', path },
  });
}

function linesOf(text: string, path: string): Json {
  return text
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parsed(line, path, index + 1)]));
}

function parsed(text: string, path: string, line: number | undefined): Json {
  try {
    const value: Json = JSON.parse(text);
    if (!isNestedDeeper(value, deepestDocument)) return value;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw unreadable(path, line, `is no JSON: ${reason}`, cause);
  }
  throw unreadable(path, line, `is nested more than ${deepestDocument} levels deep`);
}

function unreadable(path: string, line: number | undefined, what: string, cause?: unknown): WwiseFlowError {
  const where = line === undefined ? `"${path}"` : `Line ${line} of "${path}"`;
  return new WwiseFlowError('TABLE_UNREADABLE', `${where} ${what}.`, {
    hint: 'Correct the file, or say "format" where it is written otherwise.',
    details: { path, ...(line === undefined ? {} : { line }) },
    cause,
  });
}
