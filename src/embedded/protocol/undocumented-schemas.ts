import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { canonicalCurveType, highShelfName } from './curve-names.ts';
import { functionSchemas } from './schemas.gen.ts';

const strict = (properties: JsonObject): JsonObject => ({
  type: 'object',
  properties,
  additionalProperties: false,
});

const classId = { type: 'integer', minimum: 0, maximum: 4294967295 };
const plugin = { plugin: classId, classId };

/** Deprecated functions without documented schemas: what their successors take, and the older name of the class id. */
const argumentsOf: Readonly<Record<string, JsonObject>> = {
  'ak.wwise.core.object.getPropertyNames':
    functionSchemas['ak.wwise.core.object.getPropertyAndReferenceNames']?.args ?? {},
  'ak.wwise.core.plugin.getProperties': {
    ...strict(plugin),
    anyOf: [{ required: ['plugin'] }, { required: ['classId'] }],
  },
  'ak.wwise.core.plugin.getProperty': {
    ...strict({ ...plugin, property: { type: 'string' } }),
    anyOf: [{ required: ['plugin', 'property'] }, { required: ['classId', 'property'] }],
  },
};

/** The schema of a function's arguments: the documented one, widened where documents disagree with each other. */
export function argumentSchema(uri: string, documented: JsonObject): JsonObject {
  const own = argumentsOf[uri];
  if (own !== undefined) return own;
  if (uri === 'ak.wwise.core.audio.import' || uri === 'ak.wwise.core.object.set') return anySize(documented);
  return uri.endsWith('AttenuationCurve') ? bothSpellings(documented) : documented;
}

/**
 * The documented pattern of a file in Base64 takes only what ends in padding, and no regular expression engine survives it
 * on a large file. What comes before the bar is checked here, the rest when it is decoded.
 */
function anySize(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).map(([member, value]) => {
      if (member === 'audioFileBase64')
        return [member, { type: 'string', pattern: '^[^|]+\\.[wW][aA][vV]\\|' }];
      if (Array.isArray(value))
        return [member, value.map((item) => (isJsonObject(item) ? anySize(item) : item))];
      return [member, isJsonObject(value) ? anySize(value) : value];
    }),
  );
}

/** Enumerations of curve types name the dual-shelf curves in one of two spellings: both are taken. */
function bothSpellings(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).map(([member, value]) => [
      member,
      member === 'enum' ? withBoth(asJsonArray(value)) : isJsonObject(value) ? bothSpellings(value) : value,
    ]),
  );
}

function withBoth(values: readonly Json[]): readonly Json[] {
  const spellings = values.flatMap((value) => {
    const name = typeof value === 'string' ? canonicalCurveType(value) : undefined;
    return name === undefined ? [value] : [name, highShelfName(name)];
  });
  return [...new Set(spellings)];
}
