import { asJsonObject, asString, type Json, type JsonObject } from '../../../../core/json.ts';

/**
 * The parameters of a query as JSON, each as the kind its schema wants: `limit=5` is a number where a number is wanted. What cannot
 * be read so stays text, for the schema to refuse by name.
 */
export function queryValues(query: URLSearchParams, properties: JsonObject): JsonObject {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => [name, jsonOf(query.getAll(name), asJsonObject(properties[name]))]),
  );
}

function jsonOf(texts: readonly string[], schema: JsonObject): Json {
  const kind = asString(schema.type);
  if (kind === 'array') return texts.flatMap((text) => text.split(','));
  const [text = ''] = texts;
  if (texts.length > 1) return [...texts];
  if ((kind === 'integer' || kind === 'number') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text);
  if (kind === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}
