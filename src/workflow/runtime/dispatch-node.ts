import type { DispatchOptions } from '../../bus/bus.ts';
import { type Failure, failure } from '../../bus/result.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, type Json } from '../../core/json.ts';
import type { Change } from '../../wwise/undo/changes/change.ts';
import type { PlanNode } from '../compiler/plan.ts';
import type { Values } from '../expressions/resolve.ts';
import { unknownKind } from '../nodes/command-kind.ts';
import {
  type Awaited,
  changesProject,
  type NodeContext,
  type NodeKind,
  type Outcome,
} from '../nodes/node-kind.ts';
import { attemptNode } from './attempt-node.ts';
import { resolveInput, scopeOf } from './node-input.ts';
import type { ImportNode } from './originals.ts';
import type { RunFrame } from './run-frame.ts';

export interface NodeOutcome {
  readonly result: Outcome;
  /** What the project looked like before the effect, where the command tells. */
  readonly before: Json | undefined;
  /** Whether a call that changes the project was answered, or its answer lost; also for a failure. */
  readonly changed: boolean;
  /** What those calls changed; undefined where that was not seen. */
  readonly changes: readonly Change[] | undefined;
  /** What it said to whoever follows the run. */
  readonly said: readonly string[];
}

type ExecutableKind = Pick<NodeKind, 'run' | 'endsUndoStep'>;

/** Where a dispatch tells what it did to the project. */
type Seen = Pick<DispatchOptions, 'onIntent' | 'onChanged' | 'onImport'>;

/** Executes one node, as often as its retry policy says. `awaited`: what it was suspended for. Never rejects. */
export function dispatchNode(
  node: PlanNode,
  values: Values,
  frame: RunFrame,
  awaited: Awaited | undefined,
): Promise<NodeOutcome> {
  const kind: ExecutableKind = frame.kinds.find(node.kind) ?? unknownKind(node.kind);
  const said: string[] = [];
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
      if (kind.endsUndoStep?.(node.input) === true) await frame.undoStep.split();
      const input = asJsonObject(resolveInput(node, values));
      return kind.run(input, contextOf(node, frame, forSignal, seen, awaited, said));
    },
    frame.signal,
    (failed, retry) => noteRetry(node, frame, failed, retry),
  ).then(
    (result) => ({ result, before, changed, changes: isSeen ? changes : undefined, said }),
    (thrown: unknown) => ({
      result: failure(toWwiseFlowError(thrown)),
      before,
      changed,
      changes: undefined,
      said,
    }),
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
    ...(changesProject(node.effect)
      ? { beforeChange: beforeChangeOf(changed, frame), turn: frame.undoStep.turn }
      : {}),
  };
}

export function isForced({ id }: PlanNode, { isForced: asked, replanned }: RunFrame): boolean {
  return asked(id) || replanned?.get(id)?.isForced === true;
}

/** What a kind may ask for while one of its nodes runs. */
function contextOf(
  node: PlanNode,
  frame: RunFrame,
  signal: AbortSignal | undefined,
  seen: Seen,
  awaited: Awaited | undefined,
  said: string[],
): NodeContext {
  return {
    signal,
    isPreview: frame.parts.isPreview === true,
    awaited,
    now: frame.now,
    say: (text) => {
      said.push(text);
      frame.emit({ event: 'node.message', executionId: frame.executionId, nodeId: node.id, text });
    },
    dispatch: (command, input) => {
      const { bus, reads } = frame.parts;
      const options = optionsFor(node, frame, signal, [{ command, input }]);
      if (node.effect !== 'read') return bus.dispatch(command, input, { ...options, ...seen });
      if (reads !== undefined) return reads(() => bus.dispatch(command, input, options));
      return bus.dispatch(command, input, options);
    },
  };
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
