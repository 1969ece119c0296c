import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Report } from '../compiler/problem.ts';
import { describeType, showValue } from '../runtime/show-value.ts';
import { below } from './json-pointer.ts';
import { parsedIfText } from './json-text.ts';
import { documentKeys, readKeys } from './keys.ts';
import { edgePresentation } from './presentation.ts';
import type { WorkflowEdge } from './workflow.ts';

/** Reads `edges`; a workflow without edges may leave them out. An edge without two ends is reported and left out. */
export function readEdges(given: unknown, report: Report): WorkflowEdge[] {
  const value = parsedIfText(given);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    const message = `"edges" must be an array of edges, not ${describeType(value)}.`;
    report({
      code: 'WORKFLOW_INVALID',
      message,
      pointer: '/edges',
      expected: '[{ "source", "target" }, ...]',
    });
    return [];
  }
  const edges: WorkflowEdge[] = [];
  for (const [index, item] of value.entries()) {
    const edge = readEdge(item, `/edges/${index}`, report);
    if (edge !== undefined) edges.push(edge);
  }
  return edges;
}

function readEdge(value: unknown, pointer: string, report: Report): WorkflowEdge | undefined {
  if (!isJsonObject(value)) {
    const message = `An edge is an object with "source" and "target", not ${describeType(value)}.`;
    report({ code: 'WORKFLOW_INVALID', message, pointer, expected: '{ "source", "target" }' });
    return undefined;
  }
  readKeys(value, pointer, 'An edge', edgeKeys, report);
  const source = readEnd(value, 'source', pointer, report);
  const target = readEnd(value, 'target', pointer, report);
  const sourceHandle = readHandle(value, 'sourceHandle', 'sourcePort', pointer, report);
  const targetHandle = readHandle(value, 'targetHandle', 'targetPort', pointer, report);
  if (source === undefined || target === undefined) return undefined;
  return { source, target, sourceHandle, targetHandle, pointer };
}

const edgeKeys = documentKeys(
  ['id', 'source', 'target', 'sourceHandle', 'targetHandle', 'sourcePort', 'targetPort'],
  edgePresentation,
  {
    when: 'An edge only orders its nodes and hands values on.',
    data: 'An edge carries no data of its own; put it into a node.',
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
  const message = `"${key}" must be a string, not ${describeType(handle)}.`;
  report({ code: 'WORKFLOW_INVALID', message, pointer: below(pointer, key), expected: 'string or null' });
  return undefined;
}
