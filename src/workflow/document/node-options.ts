import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Problem, Report } from '../compiler/problem.ts';
import { showValue, typeInWords } from '../runtime/values/show-value.ts';
import { below } from './json-pointer.ts';
import { parsedIfText } from './json-text.ts';
import { documentKeys, readKeys } from './keys.ts';
import type { NodeCost, NodeOptions } from './workflow.ts';

/** What a node may promise and stand for beside its input. */
export const nodeOptionKeys = ['inputSchema', 'outputSchema', 'coerce', 'mock', 'cost'] as const;

/** Reads them; undefined where the node has none, as most. Null is none. */
export function readNodeOptions(
  node: JsonObject,
  base: string,
  id: string | undefined,
  report: Report,
): NodeOptions | undefined {
  if (nodeOptionKeys.every((key) => (node[key] ?? undefined) === undefined)) return undefined;
  const wrong = (pointer: string, message: string, expected: string): undefined => {
    const problem: Problem = { code: 'WORKFLOW_INVALID', message, pointer, expected };
    report(id === undefined ? problem : { ...problem, node: id });
    return undefined;
  };
  const schema = (key: 'inputSchema' | 'outputSchema'): JsonObject | boolean | undefined => {
    const value = parsedIfText(node[key] ?? undefined);
    if (value === undefined || typeof value === 'boolean' || isJsonObject(value)) return value;
    return wrong(
      below(base, key),
      `"${key}" must be a JSON Schema, not ${typeInWords(value)}.`,
      schemaExample,
    );
  };
  const { coerce } = node;
  if (coerce !== undefined && coerce !== null && typeof coerce !== 'boolean')
    wrong(below(base, 'coerce'), `"coerce" must be true or false, not ${showValue(coerce)}.`, 'boolean');
  return {
    inputSchema: schema('inputSchema'),
    outputSchema: schema('outputSchema'),
    coerce: coerce === true,
    mock: readMock(node.mock ?? undefined, below(base, 'mock'), wrong, report, id),
    cost: readCost(node.cost ?? undefined, below(base, 'cost'), wrong, report, id),
  };
}

type Wrong = (pointer: string, message: string, expected: string) => undefined;

const schemaExample = '{ "type": "object", "properties": { ... } }, or { "$ref": "#/schemas/name" }';

function readMock(
  value: Json | undefined,
  pointer: string,
  wrong: Wrong,
  report: Report,
  id: string | undefined,
): JsonObject | undefined {
  if (value === undefined) return undefined;
  if (!isJsonObject(value) || !isJsonObject(value.output))
    return wrong(pointer, '"mock" must hold the object that the node gives.', '{ "output": { ... } }');
  readKeys(value, pointer, 'A mock', mockKeys, report, id);
  return structuredClone(value.output);
}

const mockKeys = documentKeys(['output']);

function readCost(
  value: Json | undefined,
  pointer: string,
  wrong: Wrong,
  report: Report,
  id: string | undefined,
): NodeCost | undefined {
  if (value === undefined) return undefined;
  const example = '{ "perCall": 0.02, "currency": "USD" }';
  if (!isJsonObject(value)) return wrong(pointer, '"cost" must be an object.', example);
  readKeys(value, pointer, 'A cost', costKeys, report, id);
  const { perCall, currency = 'USD' } = value;
  if (typeof perCall !== 'number' || perCall < 0)
    return wrong(below(pointer, 'perCall'), `"perCall" cannot be ${showValue(perCall ?? null)}.`, example);
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
    return wrong(
      below(pointer, 'currency'),
      `"currency" cannot be ${showValue(currency)}.`,
      'three letters, as USD',
    );
  return { perCall, currency };
}

const costKeys = documentKeys(['perCall', 'currency']);
