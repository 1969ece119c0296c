import { createHash } from 'node:crypto';
import { canonicalJson, hashJson } from '../../core/canonical-json.ts';
import { isJsonObject, isNestedDeeper, type JsonObject } from '../../core/json.ts';
import type { Report } from '../compiler/problem.ts';
import { showValue, typeInWords } from '../runtime/values/show-value.ts';
import { readEdges } from './edges.ts';
import { readChoice, readPace, readTimeoutMs, runOnErrors } from './failure-policy.ts';
import { checkFormatVersion } from './format-version.ts';
import { readGlobalPolicies } from './global-policies.ts';
import { readInputs } from './inputs.ts';
import { parsedIfText } from './json-text.ts';
import { documentKeys, readKeys } from './keys.ts';
import { readNodes } from './nodes.ts';
import { readPolicies } from './policies.ts';
import { workflowPresentation } from './presentation.ts';
import type { Workflow, WorkflowNode } from './workflow.ts';

/**
 * Reads React Flow JSON, or its text. What React Flow writes for drawing is accepted and dropped; every other unknown key,
 * and every feature this version does not have, is reported. Gives undefined when there is nothing to go on with.
 */
export function readWorkflow(given: unknown, report: Report): Workflow | undefined {
  const document = parsedIfText(given);
  if (!isJsonObject(document)) {
    const message = `A workflow is a JSON object with "nodes" and "edges", not ${typeInWords(document)}: ${showValue(given)}.`;
    report({
      code: 'WORKFLOW_INVALID',
      message,
      pointer: '',
      expected: '{ "nodes": [...], "edges": [...] }',
    });
    return undefined;
  }
  readKeys(document, '', 'A workflow', workflowKeys, report);
  checkFormatVersion(document.formatVersion, report);
  const name = readText(document.name, '/name', 'The workflow name', report);
  const version = readText(document.version, '/version', 'The workflow version', report);
  const onError = readChoice(document.onError, runOnErrors, '/onError', report);
  const timeoutMs = readTimeoutMs(document.timeoutMs, '/timeoutMs', report);
  const concurrency = readPace(document.concurrency, 'concurrency', report);
  const maxPerSecond = readPace(document.maxPerSecond, 'maxPerSecond', report);
  const globals = readValues(document.globals, 'globals', report);
  const usual = readGlobalPolicies(globals, report);
  const policies = readPolicies(document.policies, report);
  const read = readNodes(document.nodes, report);
  const { indexById } = read;
  const { retry } = usual;
  const nodes =
    retry === undefined ? read.nodes : read.nodes.map((node) => ({ ...node, retry: node.retry ?? retry }));
  const givenId = readWorkflowId(document.workflowId, report);
  let derivedId: string | undefined;
  return {
    get workflowId() {
      if (givenId !== undefined) return givenId;
      derivedId ??= derivedWorkflowId(name, nodes);
      return derivedId;
    },
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    ...usual,
    ...(onError === undefined ? {} : { onError }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(policies === undefined ? {} : { policies }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(maxPerSecond === undefined ? {} : { maxPerSecond }),
    inputs: readInputs(document.inputs, report),
    vars: readValues(document.vars, 'vars', report),
    globals,
    ...(document.schemas === undefined ? {} : { schemas: readValues(document.schemas, 'schemas', report) }),
    nodes,
    indexById,
    edges: readEdges(document.edges, report),
  };
}

const workflowKeys = documentKeys(
  [
    ...['workflowId', 'name', 'version', 'onError', 'timeoutMs', 'concurrency', 'maxPerSecond'],
    ...['inputs', 'vars', 'globals', 'schemas', 'nodes', 'edges'],
    ...['$schema', 'formatVersion', 'description', 'metadata', 'policies'],
  ],
  workflowPresentation,
);

function readText(value: unknown, pointer: string, what: string, report: Report): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  // "version": 1 is how most people write it.
  if (typeof value === 'number') return String(value);
  report({
    code: 'WORKFLOW_INVALID',
    message: `${what} must be a string, not ${typeInWords(value)}.`,
    pointer,
    expected: 'string',
  });
  return undefined;
}

/** A copy: the author's document stays theirs when the plan is frozen. */
function readValues(given: unknown, name: 'vars' | 'globals' | 'schemas', report: Report): JsonObject {
  const value = parsedIfText(given);
  if (value === undefined || value === null) return {};
  if (isJsonObject(value) && !isNestedDeeper(value, deepestValues)) return structuredClone(value);
  const isDeep = isJsonObject(value);
  report({
    code: 'WORKFLOW_INVALID',
    message: isDeep
      ? `"${name}" is nested more than ${deepestValues} levels deep.`
      : `"${name}" must be an object of values by name, not ${typeInWords(value)}.`,
    pointer: `/${name}`,
    expected: '{ "surface": "grass" }, read as {{ vars.surface }}',
  });
  return {};
}

const deepestValues = 64;

/** No slash: the memo's scope is `<workflowId>/<nodeId>` and must read back in one way. */
const workflowIdPattern = /^[A-Za-z0-9._:-]{1,128}$/;

function readWorkflowId(value: unknown, report: Report): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && workflowIdPattern.test(value)) return value;
  report({
    code: 'WORKFLOW_INVALID',
    message: `${showValue(value)} cannot be a workflowId.`,
    pointer: '/workflowId',
    expected: '1 to 128 letters, digits, ".", "_", ":" or "-"',
  });
  return undefined;
}

/**
 * A workflow without an id gets one from its name, or else from its nodes' ids and types: it stays the same when a value is
 * repaired after a failed run, so that what was already done is found in the memo.
 */
function derivedWorkflowId(name: string | undefined, nodes: readonly WorkflowNode[]): string {
  if (name !== undefined) return `wf_${hashJson({ name }).slice(0, 16)}`;
  const hash = createHash('sha256');
  // Piece by piece the canonical text of a list of [id, type].
  let text = '[';
  for (const { id, type } of nodes)
    text += `${text === '[' ? '' : ','}[${canonicalJson(id)},${canonicalJson(type)}]`;
  return `wf_${hash.update(`${text}]`).digest('hex').slice(0, 16)}`;
}
