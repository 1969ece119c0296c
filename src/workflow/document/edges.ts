import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Report } from '../compiler/problem.ts';
import { showValue, typeInWords } from '../runtime/values/show-value.ts';
import { below } from './json-pointer.ts';
import { parsedIfText } from './json-text.ts';
import { documentKeys, readKeys } from './keys.ts';
import { edgePresentation } from './presentation.ts';
import type { WorkflowEdge } from './workflow.ts';

/** Reads `edges`; a workflow without edges may leave them out. An edge without two ends is reported and left out. */
export function readEdges(given: unknown, report: Report, base = ''): WorkflowEdge[] {
  const value = parsedIfText(given);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    const message = `"edges" must be an array of edges, not ${typeInWords(value)}.`;
    report({
      code: 'WORKFLOW_INVALID',
      message,
      pointer: `${base}/edges`,
      expected: '[{ "source", "target" }, ...]',
    });
    return [];
  }
  const edges: WorkflowEdge[] = [];
  for (const [index, item] of value.entries()) {
    const edge = readEdge(item, `${base}/edges/${index}`, report);
    if (edge !== undefined) edges.push(edge);
  }
  return edges;
}

function readEdge(value: unknown, pointer: string, report: Report): WorkflowEdge | undefined {
  if (!isJsonObject(value)) {
    const message = `An edge is an object with "source" and "target", not ${typeInWords(value)}.`;
    report({ code: 'WORKFLOW_INVALID', message, pointer, expected: '{ "source", "target" }' });
    return undefined;
  }
  readKeys(value, pointer, 'An edge', edgeKeys, report);
  const source = readEnd(value, 'source', pointer, report);
  const target = readEnd(value, 'target', pointer, report);
  const sourceHandle = readHandle(value, 'sourceHandle', 'sourcePort', pointer, report);
  const targetHandle = readHandle(value, 'targetHandle', 'targetPort', pointer, report);
  const condition = value.data === undefined ? undefined : readCondition(value.data, pointer, report);
  if (source === undefined || target === undefined) return undefined;
  return { source, target, sourceHandle, targetHandle, condition, pointer };
}

/** What an edge has beside its ends stands in its `data`, where React Flow keeps it. */
function readCondition(given: Json | undefined, edge: string, report: Report): Json | undefined {
  const pointer = below(edge, 'data');
  const data = parsedIfText(given);
  if (data === undefined || data === null) return undefined;
  if (!isJsonObject(data)) {
    const message = `The "data" of an edge is an object, not ${typeInWords(data)}.`;
    report({ code: 'WORKFLOW_INVALID', message, pointer, expected: '{ "condition": ... }' });
    return undefined;
  }
  readKeys(data, pointer, 'The data of an edge', edgeDataKeys, report);
  return data.condition ?? undefined;
}

const edgeDataKeys = documentKeys(['condition'], ['label']);

const edgeKeys = documentKeys(
  ['id', 'source', 'target', 'sourceHandle', 'targetHandle', 'sourcePort', 'targetPort', 'data'],
  edgePresentation,
  {
    when: 'Let it leave from a branch, with "data": { "condition": ... }; a node has a "when" of its own.',
    condition: 'Put it into the data of the edge, and let the edge leave from a branch.',
  },
);

function readEnd(
  edge: JsonObject,
  key: 'source' | 'target',
  pointer: string,
  report: Report,
): string | undefined {
  const value = edge[key];
  if (typeof value === 'string' && value !== '') return value;
  const message =
    value === undefined ? `An edge has no ${key}.` : `${showValue(value)} cannot be the ${key} of an edge.`;
  report({ code: 'WORKFLOW_INVALID', message, pointer: below(pointer, key), expected: 'the id of a node' });
  return undefined;
}

/** React Flow writes null for a node with a single handle. */
function readHandle(
  edge: JsonObject,
  key: string,
  alias: string,
  pointer: string,
  report: Report,
): string | undefined {
  const handle = edge[key] ?? edge[alias];
  if (handle === undefined || handle === null) return undefined;
  if (typeof handle === 'string') {
    if (typeof edge[alias] !== 'string' || edge[alias] === handle) return handle;
    const message = `An edge has both "${key}": ${showValue(handle)} and "${alias}": ${showValue(edge[alias])}.`;
    report({ code: 'WORKFLOW_INVALID', message, pointer: below(pointer, alias), expected: 'one of the two' });
    return handle;
  }
  const message = `"${key}" must be a string, not ${typeInWords(handle)}.`;
  report({ code: 'WORKFLOW_INVALID', message, pointer: below(pointer, key), expected: 'string or null' });
  return undefined;
}
