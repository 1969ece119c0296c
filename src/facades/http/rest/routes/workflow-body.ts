import { asJsonArray, isJsonObject, type JsonObject } from '../../../../core/json.ts';
import { plainArgs } from '../operation-route.ts';

/** The arguments of a body that is the workflow itself, or has it as a member beside others. */
export function workflowArgs(body: unknown): JsonObject {
  const given = plainArgs(body);
  return isWorkflow(given) ? { workflow: given } : given;
}

/** A document has nodes; arguments have none. */
function isWorkflow(given: JsonObject): boolean {
  return given.workflow === undefined && (Array.isArray(given.nodes) || isJsonObject(given.nodes));
}

/** RFC 7396: members of the patch replace those of the document, null removes one, objects are patched in their turn. */
export function mergePatched(document: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, JsonObject[string]> = { ...document };
  for (const [name, value] of Object.entries(patch)) {
    const present = merged[name];
    if (value === null) delete merged[name];
    else if (isJsonObject(value)) merged[name] = mergePatched(isJsonObject(present) ? present : {}, value);
    else merged[name] = Array.isArray(value) ? asJsonArray(value) : value;
  }
  return merged;
}
