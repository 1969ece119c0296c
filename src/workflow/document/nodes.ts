import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { below } from '../json-pointer.ts';
import type { Problem, Report } from '../problem.ts';
import { describeType, showValue } from '../show-value.ts';
import { nodeOnErrors, readChoice, readRetry, readTimeoutMs } from './failure-policy.ts';
import { parsedIfText } from './json-text.ts';
import { readKeys } from './keys.ts';
import { nodePresentation } from './presentation.ts';
import type { WorkflowNode } from './workflow.ts';

/** Reads `nodes`. A node that cannot be told apart (no id, or one already taken) is reported and left out. */
export function readNodes(given: unknown, report: Report): WorkflowNode[] {
  const value = parsedIfText(given);
  if (!Array.isArray(value) || value.length === 0) {
    const message = Array.isArray(value)
      ? 'The workflow has no nodes.'
      : `"nodes" must be an array of nodes, not ${describeType(value)}.`;
    report({
      code: 'WORKFLOW_INVALID',
      message,
      pointer: '/nodes',
      expected: '[{ "id", "type", "data" }, ...]',
    });
    return [];
  }
  const places = new Map<string, string>();
  const nodes: WorkflowNode[] = [];
  for (const [index, item] of value.entries()) {
    const node = readNode(item, `/nodes/${index}`, places, report);
    if (node !== undefined) nodes.push(node);
  }
  return nodes;
}

function readNode(
  value: unknown,
  pointer: string,
  places: Map<string, string>,
  report: Report,
): WorkflowNode | undefined {
  if (!isJsonObject(value)) {
    const message = `A node is an object with "id", "type" and "data", not ${describeType(value)}.`;
    report({ code: 'WORKFLOW_INVALID', message, pointer, expected: '{ "id", "type", "data" }' });
    return undefined;
  }
  const id = readId(value.id, pointer, places, report);
  readKeys(value, pointer, 'A node', nodeKeys, report, id);
  const onError = readChoice(value.onError, nodeOnErrors, below(pointer, 'onError'), report, id);
  const retry = readRetry(value.retry, below(pointer, 'retry'), report, id);
  const timeoutMs = readTimeoutMs(value.timeoutMs, below(pointer, 'timeoutMs'), report, id);
  const type = value.type;
  if (typeof type !== 'string' || type === '') {
    const message = `${id === undefined ? 'A node' : `Node "${id}"`} has no type.`;
    report(
      about(id, {
        code: 'WORKFLOW_INVALID',
        message,
        pointer: below(pointer, 'type'),
        expected: 'a node type',
      }),
    );
  }
  const dataKey = value.data === undefined && value.config !== undefined ? 'config' : 'data';
  const dataPointer = below(pointer, dataKey);
  const data = readData(value, dataKey, dataPointer, id, report);
  return id === undefined
    ? undefined
    : {
        id,
        type: typeof type === 'string' ? type : '',
        data,
        ...(onError === undefined ? {} : { onError }),
        ...(retry === undefined ? {} : { retry }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        pointer,
        dataPointer,
      };
}

const nodeKeys = {
  known: ['id', 'type', 'data', 'config', 'onError', 'retry', 'timeoutMs'],
  presentation: nodePresentation,
  unsupported: {
    when: 'Every node of a workflow is executed; leave the node out to skip it.',
  },
};

/** As long as references can spell. */
const longestId = 200;
const controlCharacter = /\p{Cc}/u;

function readId(
  value: unknown,
  pointer: string,
  places: Map<string, string>,
  report: Report,
): string | undefined {
  const place = below(pointer, 'id');
  if (
    typeof value !== 'string' ||
    value === '' ||
    value.length > longestId ||
    controlCharacter.test(value) ||
    /:\$(output|error)/.test(value)
  ) {
    const message = value === undefined ? 'A node has no id.' : `${showValue(value)} cannot be a node id.`;
    report({ code: 'WORKFLOW_INVALID', message, pointer: place, expected: '1 to 200 printable characters' });
    return undefined;
  }
  const taken = places.get(value);
  if (taken !== undefined) {
    const message = `Two nodes have the id "${value}": ${taken} and ${pointer}.`;
    report({
      code: 'WORKFLOW_INVALID',
      message,
      pointer: place,
      node: value,
      expected: 'an id no other node has',
    });
    return undefined;
  }
  places.set(value, pointer);
  return value;
}

function readData(
  node: JsonObject,
  key: string,
  pointer: string,
  id: string | undefined,
  report: Report,
): JsonObject {
  if (node.data !== undefined && node.config !== undefined) {
    const message = 'A node holds its input in "data" or in "config", not in both.';
    report(about(id, { code: 'WORKFLOW_INVALID', message, pointer }));
  }
  const data = parsedIfText(node[key]);
  if (data === undefined || data === null) return {};
  if (isJsonObject(data)) return data;
  const message = `"${key}" must be an object with the node's inputs, not ${describeType(data)}.`;
  report(about(id, { code: 'WORKFLOW_INVALID', message, pointer, expected: 'object' }));
  return {};
}

function about(node: string | undefined, problem: Problem): Problem {
  return node === undefined ? problem : { ...problem, node };
}
