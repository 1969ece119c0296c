import { asJsonArray, asString, type JsonObject } from '../../../core/json.ts';

/** `options.return`, `options.platform` and `options.language`; the documented default return is id and name. */
export function returnOptions(options: JsonObject): {
  readonly expressions: readonly string[];
  readonly view: { platform?: string; language?: string };
} {
  const requested = asJsonArray(options.return).flatMap((item) => (typeof item === 'string' ? [item] : []));
  const platform = asString(options.platform);
  const language = asString(options.language);
  return {
    expressions: requested.length === 0 ? ['id', 'name'] : requested,
    view: {
      ...(platform === undefined ? {} : { platform }),
      ...(language === undefined ? {} : { language }),
    },
  };
}
