import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Problem, Report } from '../compiler/problem.ts';
import { showValue, typeInWords } from '../runtime/values/show-value.ts';
import { nodeOnErrors, readChoice, readRetry, readTimeoutMs } from './failure-policy.ts';
import { below } from './json-pointer.ts';
import { parsedIfText } from './json-text.ts';
import { documentKeys, readKeys } from './keys.ts';
import { nodeOptionKeys, readNodeOptions } from './node-options.ts';
import { nodePresentation } from './presentation.ts';
import { readTimeout } from './timeout.ts';
import type { WorkflowNode } from './workflow.ts';

interface ReadNodes {
  readonly nodes: readonly WorkflowNode[];
  /** Index among the nodes by id. */
  readonly indexById: Map<string, number>;
}

/**
 * Reads `nodes`. A node that cannot be distinguished (no id, or one already taken) is reported and left out. `base`: where the object
 * that has them stands.
 */
export function readNodes(given: unknown, report: Report, base = ''): ReadNodes {
  const value = parsedIfText(given);
  if (!Array.isArray(value) || value.length === 0) {
    const message = Array.isArray(value)
      ? `The ${base === '' ? 'workflow' : 'loop'} has no nodes.`
      : `"nodes" must be an array of nodes, not ${typeInWords(value)}.`;
    report({
      code: 'WORKFLOW_INVALID',
      message,
      pointer: `${base}/nodes`,
      expected: '[{ "id", "type", "data" }, ...]',
    });
    return { nodes: [], indexById: new Map() };
  }
  const indexById = new Map<string, number>();
  const nodes: WorkflowNode[] = [];
  for (let index = 0; index < value.length; index += 1) {
    const node = readNode(value[index], `${base}/nodes/${index}`, indexById, nodes, report);
    if (node === undefined) continue;
    indexById.set(node.id, nodes.length);
    nodes.push(node);
  }
  return { nodes, indexById };
}

function readNode(
  value: unknown,
  pointer: string,
  indexById: ReadonlyMap<string, number>,
  nodes: readonly WorkflowNode[],
  report: Report,
): WorkflowNode | undefined {
  if (!isJsonObject(value)) {
    const message = `A node is an object with "id", "type" and "data", not ${typeInWords(value)}.`;
    report({ code: 'WORKFLOW_INVALID', message, pointer, expected: '{ "id", "type", "data" }' });
    return undefined;
  }
  const id = readId(value.id, pointer, indexById, nodes, report);
  readKeys(value, pointer, 'A node', nodeKeys, report, id);
  const { onError, retry, timeoutMs } = readPolicies(value, pointer, id, report);
  const { type } = value;
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
  const dataPointer = `${pointer}/${dataKey}`;
  const data = readData(value, dataKey, dataPointer, id, report);
  if (id === undefined) return undefined;
  return {
    id,
    type: typeof type === 'string' ? type : '',
    data,
    onError,
    retry,
    timeoutMs,
    options: readNodeOptions(value, pointer, id, report),
    when: value.when ?? undefined,
    pointer,
    dataPointer,
  };
}

const nodeKeys = documentKeys(
  [
    ...['id', 'type', 'name', 'description', 'data', 'config', 'when'],
    ...['onError', 'retry', 'retryConfig', 'timeoutMs', 'timeout', ...nodeOptionKeys],
  ],
  nodePresentation,
);

type Policies = Pick<WorkflowNode, 'onError' | 'retry' | 'timeoutMs'>;

const noPolicies: Policies = { onError: undefined, retry: undefined, timeoutMs: undefined };

/** Most nodes have none. */
function readPolicies(node: JsonObject, pointer: string, id: string | undefined, report: Report): Policies {
  const { onError, retry, retryConfig, timeoutMs, timeout } = node;
  if ([onError, retry, retryConfig, timeoutMs, timeout].every((policy) => policy === undefined))
    return noPolicies;
  const [policy, key] = retry === undefined ? [retryConfig, 'retryConfig'] : [retry, 'retry'];
  refuseBoth(node, 'retry', 'retryConfig', pointer, report, id);
  refuseBoth(node, 'timeoutMs', 'timeout', pointer, report, id);
  return {
    onError: readChoice(onError, nodeOnErrors, below(pointer, 'onError'), report, id),
    retry: readRetry(policy, below(pointer, key), report, id),
    timeoutMs:
      timeoutMs === undefined
        ? readTimeout(timeout, below(pointer, 'timeout'), report, id)
        : readTimeoutMs(timeoutMs, below(pointer, 'timeoutMs'), report, id),
  };
}

/** Two names of one option cannot both be given. */
function refuseBoth(
  node: JsonObject,
  key: string,
  alias: string,
  pointer: string,
  report: Report,
  id: string | undefined,
): void {
  if (node[key] === undefined || node[alias] === undefined) return;
  const message = `A node has "${key}" or "${alias}", not both: they mean the same.`;
  const suggestion = [{ op: 'remove', path: below(pointer, alias) }] as const;
  report(about(id, { code: 'WORKFLOW_INVALID', message, pointer: below(pointer, alias), suggestion }));
}

/** As long as references can spell. */
const longestId = 200;
/** Control characters, and what would end the id inside a reference. */
const unspeakable = /\p{Cc}|:\$(?:output|error)/u;
/** What most ids are. */
const plainId = /^[\w-]+$/;

function isSpeakable(id: string): boolean {
  return plainId.test(id) || (id !== '' && !unspeakable.test(id));
}

function readId(
  value: unknown,
  pointer: string,
  indexById: ReadonlyMap<string, number>,
  nodes: readonly WorkflowNode[],
  report: Report,
): string | undefined {
  const idPointer = `${pointer}/id`;
  if (typeof value !== 'string' || value.length > longestId || !isSpeakable(value)) {
    const message = value === undefined ? 'A node has no id.' : `${showValue(value)} cannot be a node id.`;
    report({
      code: 'WORKFLOW_INVALID',
      message,
      pointer: idPointer,
      expected: '1 to 200 printable characters',
    });
    return undefined;
  }
  const taken = indexById.get(value);
  if (taken !== undefined) {
    const message = `Two nodes have the id "${value}": ${nodes[taken]?.pointer} and ${pointer}.`;
    report({
      code: 'WORKFLOW_INVALID',
      message,
      pointer: idPointer,
      node: value,
      expected: 'an id no other node has',
    });
    return undefined;
  }
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
  const message = `"${key}" must be an object with the node's inputs, not ${typeInWords(data)}.`;
  report(about(id, { code: 'WORKFLOW_INVALID', message, pointer, expected: 'object' }));
  return {};
}

function about(node: string | undefined, problem: Problem): Problem {
  return node === undefined ? problem : { ...problem, node };
}
