import { z } from 'zod';
import { isJsonObject } from '../../../../core/json.ts';
import { readWorkflow } from '../../../document/document.ts';
import { parsedIfText } from '../../../document/json-text.ts';
import type { Workflow, WorkflowInput, WorkflowInputType } from '../../../document/workflow.ts';
import { jsonSchema } from '../../../nodes/conditions/json-value.ts';
import type { NodeKind } from '../../../nodes/node-kind.ts';
import { type Problem, reportInto } from '../../problem.ts';
import { shapeOf } from '../../schema/node-shape.ts';
import { RESULT } from '../bodies/body-result.ts';
import { addResult, checkIds, takeEffect } from '../bodies/compile-bodies.ts';
import { type Draft, type DraftNode, startDraft } from '../draft.ts';
import { batchNodes } from '../order/batch-nodes.ts';
import { orderEffects } from '../order/order-effects.ts';
import { includedIn, type ReadDocument } from './included-in.ts';

/**
 * Compiles the workflows that nodes stand for. They see nothing around them but their inputs, so that all is known of them before
 * anything reads the nodes: what such a node takes is what the workflow declares, what it gives is what the workflow does.
 */
export function* compileSubworkflows(draft: Draft): Generator<void, void> {
  for (const node of draft.nodes) {
    if (node.shape?.kind.body !== 'once' || node.isOutside) continue;
    const read = includedIn(draft, node);
    if (read === undefined) continue;
    const problems: Problem[] = [];
    try {
      yield* compileOne(draft, node, node.shape.kind, read, problems);
    } finally {
      draft.problems.push(...problems.map((problem) => read.shown(problem)));
    }
  }
}

function* compileOne(
  draft: Draft,
  node: DraftNode,
  kind: NodeKind,
  { document, inclusion, isInline, label }: ReadDocument,
  problems: Problem[],
): Generator<void, void> {
  const workflow = readWorkflow(document, reportInto(problems));
  if (workflow === undefined) return;
  const { runSteps, commands } = draft;
  const inner = startDraft(workflow, commands, problems, { runSteps, inclusion });
  node.body = inner;
  const { data, type } = node;
  addResult(inner, { data, type, pointer: '', dataPointer: '' }, kind);
  checkIds(draft, node, `${node.id}.`);
  yield* runSteps(inner);
  for (const warning of inner.warnings) draft.warnings.push(`In ${node.id}: ${warning}`);
  if (!isInline) warnOfPolicies(draft, workflow, label);
  node.input.input ??= {};
  node.shape = shapeOf({ ...kind, input: inputOf(workflow), output: z.looseObject({}) });
  if (problems.length > 0) return;
  orderEffects(inner);
  batchNodes(inner);
  node.shape = shapeOf({ ...node.shape.kind, output: outputOf(node, inner) });
  takeEffect(node, inner);
}

/** A part of a run has the policies of the run. */
function warnOfPolicies(draft: Draft, workflow: Workflow, label: string): void {
  const { onError, timeoutMs, concurrency, maxPerSecond } = workflow;
  const own = Object.entries({ onError, timeoutMs, concurrency, maxPerSecond })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (own.length > 0)
    draft.warnings.push(`Of ${label} ${own.join(', ')} do not count here: those of the whole workflow do.`);
}

function inputOf({ inputs }: Workflow): z.ZodType {
  const fields = [...inputs].map(([name, input]) => [name, fieldOf(input)] as const);
  return z.strictObject({
    workflow: z.string().optional(),
    version: z.number().optional(),
    input: z.strictObject(Object.fromEntries(fields)),
  });
}

function fieldOf({ type, default: preset, description }: WorkflowInput): z.ZodType {
  const schema = type === undefined ? jsonSchema : schemas[type];
  const described = description === undefined ? schema : schema.describe(description);
  return preset === undefined ? described : described.optional();
}

const schemas: Readonly<Record<WorkflowInputType, z.ZodType>> = {
  string: z.string(),
  number: z.number(),
  integer: z.int(),
  boolean: z.boolean(),
  array: z.array(jsonSchema),
  object: z.record(z.string(), jsonSchema),
};

function outputOf({ data }: DraftNode, inner: Draft): z.ZodType {
  const output = data.output === undefined ? undefined : parsedIfText(data.output);
  if (output !== undefined) {
    const names = isJsonObject(output) ? Object.keys(output) : ['output'];
    return z.object(Object.fromEntries(names.map((name) => [name, z.json()])));
  }
  const ordered = [...inner.order].flatMap((index) => inner.nodes[index] ?? []);
  const last = ordered.findLast(({ isOutside, id }) => !isOutside && id !== RESULT);
  return last?.shape?.kind.output ?? z.looseObject({});
}
