import { WwiseFlowError } from '../../../core/errors.ts';
import { asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { pathSegments, valueAt } from '../../expressions/value-at.ts';
import { evaluatePreset } from '../../remote/presets/fill-template.ts';
import type { ComposedRequest } from './compose-request.ts';

/** What expressions of a preset see of an answer. */
function seen({ scope }: ComposedRequest, body: Json, status: number) {
  return { ...scope, body, status };
}

/** Throws SERVICE_FAILED where the service answers 200 and says in the answer that it failed. */
export function refuseFailedAnswer(request: ComposedRequest, body: Json, status: number): void {
  const { operation, where } = request;
  const failed = operation?.answer?.failed;
  if (failed === undefined) return;
  const why = asString(evaluatePreset(failed, seen(request, body, status), where));
  if (why === undefined) return;
  throw new WwiseFlowError(
    'SERVICE_REFUSED',
    `${where} says in its answer that it failed: ${why.slice(0, 500)}.`,
    {
      hint: 'Repair what was sent, or look at the service.',
      details: { preset: where, status },
    },
  );
}

/** What one call gives: what the operation says, or the answer as "body". `fieldMapping`: paths in it, by new names. */
export function pickOutput(
  request: ComposedRequest,
  body: Json,
  status: number,
  fieldMapping: Readonly<Record<string, string>> | undefined,
): JsonObject {
  refuseFailedAnswer(request, body, status);
  const { operation, where } = request;
  const made: Record<string, Json> = {};
  const own = operation?.answer?.output;
  for (const [name, source] of Object.entries(own ?? {}))
    made[name] = evaluatePreset(source, seen(request, body, status), where);
  if (fieldMapping !== undefined) {
    const from = givenToItem(request, body, status);
    Object.assign(made, mappedFields(from, fieldMapping));
  }
  return own === undefined && fieldMapping === undefined ? { status, body } : { status, ...made };
}

/** What one item is given by its call. */
export function givenToItem(request: ComposedRequest, body: Json, status: number): Json {
  const source = request.operation?.answer?.item;
  return source === undefined ? body : evaluatePreset(source, seen(request, body, status), request.where);
}

/** What the items of a batch are given, in their order. Throws ANSWER_UNREADABLE for a list of another length. */
export function givenToItems(
  request: ComposedRequest,
  body: Json,
  status: number,
  count: number,
): readonly Json[] {
  const source = request.operation?.answer?.items;
  const found =
    source === undefined ? body : evaluatePreset(source, seen(request, body, status), request.where);
  if (Array.isArray(found) && found.length === count) return found;
  const length = Array.isArray(found) ? `a list of ${found.length}` : 'no list';
  throw new WwiseFlowError(
    'ANSWER_UNREADABLE',
    `${request.where} was asked for ${count} items and gave ${length}.`,
    {
      hint: 'Make "batchSize" smaller, or say in the preset where the list stands ("answer": { "items": ... }).',
      details: { preset: request.where, asked: count },
    },
  );
}

/** Members at paths of a value; what is not there, or is null, is left out. */
export function mappedFields(value: Json, fieldMapping: Readonly<Record<string, string>>): JsonObject {
  const made: Record<string, Json> = {};
  for (const [name, path] of Object.entries(fieldMapping)) {
    const found = valueAt(value, pathSegments(path));
    if (found !== undefined && found !== null) made[name] = found;
  }
  return made;
}

/** An item with what it was given: its members, or the one that "outputField" names. */
export function mergedItem(
  item: Json,
  given: Json,
  {
    fieldMapping,
    outputField,
  }: {
    readonly fieldMapping?: Readonly<Record<string, string>> | undefined;
    readonly outputField?: string | undefined;
  },
): Json {
  const base = isJsonObject(item) ? item : { value: item };
  if (outputField !== undefined && fieldMapping === undefined) return { ...base, [outputField]: given };
  if (fieldMapping !== undefined) return { ...base, ...mappedFields(given, fieldMapping) };
  if (!isJsonObject(given)) return { ...base, result: given };
  const members = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  return { ...base, ...Object.fromEntries(members) };
}
