import type { DispatchOptions } from '../../bus/bus.ts';
import { endsUndoStep } from '../../bus/declared.ts';
import { type Failure, failure, type Result } from '../../bus/result.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';
import type { Change } from '../../wwise/undo/changes/change.ts';
import type { PlanNode } from '../compiler/plan.ts';
import type { Values } from '../expressions/resolve.ts';
import { attemptNode } from './attempt-node.ts';
import { resolveInput, scopeOf } from './node-input.ts';
import type { ImportNode } from './originals.ts';
import type { RunFrame } from './run-frame.ts';

export interface NodeOutcome {
  readonly result: Result;
  /** What the project looked like before the effect, where the command tells. */
  readonly before: Json | undefined;
  /** Whether a call that changes the project was answered, or its answer lost; also for a failure. */
  readonly changed: boolean;
  /** What those calls changed; undefined where that was not seen. */
  readonly changes: readonly Change[] | undefined;
}

/** Where a dispatch tells what it did to the project. */
type Seen = Pick<DispatchOptions, 'onIntent' | 'onChanged' | 'onImport'>;

/** Hands one node to the bus, as often as its retry policy says. Never rejects. */
export function dispatchNode(node: PlanNode, values: Values, frame: RunFrame): Promise<NodeOutcome> {
  let before: Json | undefined;
  let changed = false;
  let isSeen = true;
  const changes: Change[] = [];
  const seen: Seen = {
    onIntent: (there) => {
      before = there;
    },
    onImport: (files) => frame.originals.beforeImport([], files),
    onChanged: (more) => {
      changed = true;
      isSeen &&= more !== undefined;
      changes.push(...(more ?? []));
    },
  };
  return attemptNode(
    node,
    async (forSignal) => {
      if (endsUndoStep(frame.parts.bus.find(node.command), node.input)) await frame.undoStep.split();
      return attempt(node, values, frame, forSignal, seen);
    },
    frame.signal,
    (failed, retry) => noteRetry(node, frame, failed, retry),
  ).then(
    (result) => ({ result, before, changed, changes: isSeen ? changes : undefined }),
    (thrown: unknown) => ({ result: failure(toWwiseFlowError(thrown)), before, changed, changes: undefined }),
  );
}

/** `changed`: what the dispatch may change. A memo hit changes nothing, so this is looked at when something is about to be. */
export function optionsFor(
  node: PlanNode,
  frame: RunFrame,
  signal: AbortSignal | undefined,
  changed: readonly ImportNode[],
): DispatchOptions & { readonly scope: string; readonly forceRerun: boolean } {
  return {
    scope: scopeOf(frame.plan, node),
    forceRerun: isForced(node, frame),
    signal,
    caller: frame.caller ?? 'workflow',
    executionId: frame.executionId,
    onGatedWrites: (writes) => frame.gatedWrites.push(...writes),
    ...(changes(node) ? { beforeChange: beforeChangeOf(changed, frame), turn: frame.undoStep.turn } : {}),
  };
}

export function isForced({ id }: PlanNode, { isForced: asked, replanned }: RunFrame): boolean {
  return asked(id) || replanned?.get(id)?.isForced === true;
}

function attempt(
  node: PlanNode,
  values: Values,
  frame: RunFrame,
  signal: AbortSignal | undefined,
  seen: Seen,
): Promise<Result> {
  const { bus, reads } = frame.parts;
  const { command } = node;
  let input: Json;
  try {
    input = resolveInput(node, values);
  } catch (thrown) {
    return Promise.resolve(failure(toWwiseFlowError(thrown)));
  }
  const options = optionsFor(node, frame, signal, [{ command, input }]);
  if (node.effect === 'read' && reads !== undefined)
    return reads(() => bus.dispatch(command, input, options));
  return bus.dispatch(command, input, node.effect === 'read' ? options : { ...options, ...seen });
}

/** Opens the undo step, and keeps copies of the Originals that may be overwritten, before the first change. */
function beforeChangeOf(
  changed: readonly ImportNode[],
  { originals, undoStep }: RunFrame,
): () => Promise<number | undefined> {
  let watched: Promise<void> | undefined;
  return async () => {
    watched ??= originals.beforeImport(changed);
    await watched;
    return undoStep.open();
  };
}

function noteRetry(node: PlanNode, { executionId, parts }: RunFrame, failed: Failure, retry: number): void {
  const { code, error } = failed;
  parts.log.info({ executionId, nodeId: node.id, code, retry, error }, 'node.execution.retry');
}

function changes({ effect }: PlanNode): boolean {
  return effect === 'create' || effect === 'update' || effect === 'destroy';
}
