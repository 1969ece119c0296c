import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../core/json.ts';
import type { Result } from '../../core/result.ts';
import { answerOf } from './preview.ts';

/**
 * What a run did that its preview did not show: rows of nodes that did the same are counted as `asPreviewed`, not repeated. New
 * objects have other GUIDs than in the preview, which is no difference; workflow_status shows every row.
 */
export function sincePreview(previewed: Result, result: Result): Result {
  if (!result.ok) return result;
  const before = new Map(rowsOf(answerOf(previewed)).map((row) => [asString(row.node), comparable(row)]));
  const rows = rowsOf(result.data);
  const differing = rows.filter((row) => before.get(asString(row.node)) !== comparable(row));
  const asPreviewed = rows.length - differing.length;
  if (asPreviewed === 0) return result;
  return { ...result, data: { ...result.data, asPreviewed, results: differing } };
}

function rowsOf(data: JsonObject): readonly JsonObject[] {
  return asJsonArray(data.results).filter(isJsonObject).map(asJsonObject);
}

/** A row without what says how it was done, and without GUIDs. */
function comparable({ node, ok, data, error }: JsonObject): string {
  const wanted: Json = { node: node ?? null, ok: ok ?? null, data: data ?? null, error: error ?? null };
  return JSON.stringify(wanted).replaceAll(/\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}/gi, '{}');
}
