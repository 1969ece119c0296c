import { asJsonObject, deepestDocument, isNestedDeeper, type JsonObject } from '../../core/json.ts';
import { waapiErrors } from './waapi-errors.ts';

/** As it would arrive over a wire: nothing shared with the caller, nothing that JSON does not have. */
export function copyOfArguments(value: JsonObject): JsonObject {
  if (isNestedDeeper(value, deepestDocument)) {
    throw waapiErrors.invalidArguments(`The arguments are nested more than ${deepestDocument} levels deep.`);
  }
  return asJsonObject(JSON.parse(JSON.stringify(value)));
}
