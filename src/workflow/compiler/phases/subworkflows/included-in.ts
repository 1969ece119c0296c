import { asString, type JsonObject } from '../../../../core/json.ts';
import { below } from '../../../document/json-pointer.ts';
import { parsedIfText } from '../../../document/json-text.ts';
import { showValue } from '../../../runtime/values/show-value.ts';
import type { PatchOperation, Problem } from '../../problem.ts';
import { RESULT } from '../bodies/body-result.ts';
import { type Draft, type DraftNode, nodeLabel } from '../draft.ts';
import { includedPath } from './included-path.ts';
import { type IncludedStep, subworkflowKey, type WorkflowInclusion } from './inclusion.ts';

/** Deeper, nobody could say what a workflow does. */
export const DEEPEST_INCLUSION = 16;
/** Workflows that multiply by including each other end here. In nodes. */
export const MOST_INCLUDED = 20_000;

/** A document that a node stands for, and where it stands. */
export interface ReadDocument {
  readonly document: JsonObject;
  readonly inclusion: WorkflowInclusion;
  readonly isInline: boolean;
  readonly label: string;
  /** A problem of the document as one of the workflow that includes it. */
  shown(problem: Problem): Problem;
}

/** Undefined where there is none to go on with, which was reported. What is found is pinned in the node's input. */
export function includedIn(draft: Draft, node: DraftNode): ReadDocument | undefined {
  const { data, dataPointer } = node;
  const report = (message: string, key: string, more: Partial<Problem> = {}): undefined => {
    draft.report({
      ...{ code: 'WORKFLOW_INVALID', message: `Node ${nodeLabel(node)} ${message}`, node: node.id },
      ...{ pointer: below(dataPointer, key), ...more },
    });
  };
  const written = ['nodes', 'edges', 'inputs'].filter((key) => data[key] !== undefined);
  const isInline = data.workflow === undefined && data.nodes !== undefined;
  if (!isInline && (data.workflow === undefined || written.length > 0)) {
    return data.workflow === undefined
      ? report('names no workflow and has no nodes.', 'workflow', {
          code: 'MISSING_INPUT',
          expected: '"workflow" with a workflowId of the library, or "nodes"',
        })
      : report(`names a workflow and has "${written[0]}" of its own.`, written[0] ?? '', {
          expected: '"workflow", or "nodes" with "edges" and "inputs"',
        });
  }
  if (isInline && data.version !== undefined)
    return report('has a version, but no workflow of the library.', 'version');
  const path = includedPath(draft);
  if (path.length > DEEPEST_INCLUSION)
    return report(
      `is nested too deep: ${DEEPEST_INCLUSION} sub-workflows inside each other are the most (${shownPath(path)}).`,
      isInline ? 'nodes' : 'workflow',
    );
  const { inclusion } = draft;
  if (isInline) {
    if (!takeNodes(inclusion, data.nodes)) return report(tooMany, 'nodes');
    const label = `the nodes of "${node.id}"`;
    return {
      ...{ document: inlineDocument(data), isInline, label },
      inclusion: { ...inclusion, path: [...path, { label: node.id }] },
      shown: (problem) => movedBelow(dataPointer, problem),
    };
  }
  const name = asString(data.workflow);
  const found =
    name === undefined ? undefined : inclusion.subworkflows.get(subworkflowKey(name, data.version));
  if (found === undefined)
    return report(
      `names ${showValue(data.workflow)}, which is no workflow that can be looked up here.`,
      'workflow',
      {
        expected: 'the workflowId or the name itself, of a workflow of the library',
      },
    );
  if ('why' in found)
    return report(`includes what is not there: ${found.why}`, 'workflow', { didYouMean: found.candidates });
  const { workflowId, version, document } = found;
  const step = { label: workflowId, workflowId };
  if (path.some((around) => around.workflowId === workflowId))
    return report(`makes the workflow include itself: ${shownPath([...path, step])}.`, 'workflow', {
      code: 'CYCLE',
      expected: 'a workflow that does not include one it is a part of',
    });
  if (!takeNodes(inclusion, document.nodes)) return report(tooMany, 'workflow');
  node.input.workflow = workflowId;
  if (version !== null) node.input.version = version;
  const label = version === null ? `"${workflowId}"` : `"${workflowId}" (version ${version})`;
  return {
    ...{ document: { ...document, workflowId }, isInline, label },
    inclusion: { ...inclusion, path: [...path, step] },
    shown: (problem) =>
      problem.node === RESULT
        ? movedBelow(dataPointer, problem)
        : {
            code: problem.code,
            message: `In workflow ${label} at ${problem.pointer === '' ? 'its root' : problem.pointer}: ${problem.message}`,
            pointer: below(dataPointer, 'workflow'),
            node: node.id,
            ...(problem.expected === undefined ? {} : { expected: problem.expected }),
          },
  };
}

const tooMany = `takes in too much: ${MOST_INCLUDED.toLocaleString('en')} nodes of sub-workflows are the most.`;

function takeNodes({ taken }: WorkflowInclusion, given: unknown): boolean {
  const nodes = parsedIfText(given);
  taken.nodes += Array.isArray(nodes) ? nodes.length : 1;
  return taken.nodes <= MOST_INCLUDED;
}

function shownPath(path: readonly IncludedStep[]): string {
  return path.map(({ label }) => label).join(' > ');
}

function inlineDocument({ nodes, edges, inputs }: JsonObject): JsonObject {
  return {
    ...(nodes === undefined ? {} : { nodes }),
    ...(edges === undefined ? {} : { edges }),
    ...(inputs === undefined ? {} : { inputs }),
  };
}

function movedBelow(base: string, problem: Problem): Problem {
  const { suggestion } = problem;
  return {
    ...problem,
    pointer: `${base}${problem.pointer}`,
    ...(suggestion === undefined ? {} : { suggestion: suggestion.map((step) => movedStep(base, step)) }),
  };
}

function movedStep(base: string, step: PatchOperation): PatchOperation {
  const moved = { ...step, path: `${base}${step.path}` };
  return moved.op === 'move' ? { ...moved, from: `${base}${moved.from}` } : moved;
}
