import type { SameObject } from '../../../core/backend/planned-batch.ts';
import { asString, type JsonObject } from '../../../core/json.ts';
import { isGuid, tidyDesignator } from '../../objects/finding/object-designator.ts';

/** Those members of the output that the input says: an object that is named by GUID is known before. */
export function objectKnown({ input, outputs }: SameObject, raw: JsonObject): JsonObject {
  const id = tidyDesignator(asString(raw[input]) ?? '');
  return isGuid(id) ? outputs.reduce((known, path) => withMember(known, path.split('.'), id), {}) : {};
}

function withMember(object: JsonObject, [name = '', ...inner]: readonly string[], value: string): JsonObject {
  return { ...object, [name]: inner.length === 0 ? value : withMember({}, inner, value) };
}
