import type { JsonObject } from '../../core/json.ts';

/**
 * The WAAPI options of a CALL or SUBSCRIBE. They share their dictionary with the options of WAMP, which stock clients
 * send unasked; those are about delivery, which is plain here, and are left out. A `match` other than `exact` stays, to be
 * refused: patterns are not matched, and whoever waits for one must know.
 */
export function waapiOptions(options: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(options).filter(([name, value]) => !isOfWamp(name, value)));
}

function isOfWamp(name: string, value: unknown): boolean {
  if (name === 'match') return value === 'exact';
  return ofWamp.has(name) || /^_[a-z0-9_]{3,}$/.test(name);
}

/** Options of the advanced profile, none of which WAAPI uses for itself. */
const ofWamp = new Set([
  'acknowledge',
  'disclose_caller',
  'disclose_me',
  'forward_for',
  'get_retained',
  'progress',
  'receive_progress',
  'rkey',
  'runmode',
  'timeout',
]);
