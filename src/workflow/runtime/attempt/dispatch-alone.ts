import { requireProfile } from '../../../core/access/profile.ts';
import { toWwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, type JsonObject } from '../../../core/json.ts';
import { nothingOutside } from '../../../core/outside/nothing-outside.ts';
import { type Failure, failure, success } from '../../../core/result.ts';
import { valueWithoutSecrets, withoutSecrets } from '../../../core/secrets/known-secrets.ts';
import { isTurnLong, nextTurn } from '../../../core/turns/turns.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import type { Values } from '../../expressions/resolve.ts';
import type { Awaited } from '../../nodes/asking/question.ts';
import { unknownKind } from '../../nodes/command-kind.ts';
import type { NodeContext, NodeKind } from '../../nodes/node-kind.ts';
import type { RunFrame } from '../run-frame.ts';
import { flowInto, flowSources, inflowOf, withFlow } from '../values/flow-into.ts';
import { readsOf, resolveInput, seenFrom } from '../values/node-input.ts';
import { attemptNode, withRetries } from './attempt-node.ts';
import { heldFlow, promised, withFlowing } from './contracts.ts';
import { optionsFor } from './dispatch-options.ts';
import { mockOf } from './mock-of.ts';
import { outcomeWithoutSecrets } from './outcome-without-secrets.ts';
import { unfitInput } from './unfit-input.ts';
import { type NodeOutcome, NodeWatch } from './watch-node.ts';

type ExecutableKind = Pick<NodeKind, 'run' | 'endsUndoStep' | 'profile' | 'reachesOutside' | 'needsService'>;

/** Executes a unit of one, as often as the node's retry policy says. `awaited`: what it was suspended for. Never rejects. */
export function dispatchAlone(
  node: PlanNode,
  values: Values,
  frame: RunFrame,
  awaited: Awaited | undefined,
): Promise<readonly [NodeOutcome]> {
  const known = frame.kinds.find(node.kind);
  const kind: ExecutableKind = known ?? unknownKind(node.kind);
  const watch = new NodeWatch(node, frame);
  return attemptNode(
    kind.reachesOutside === true ? { id: node.id } : node,
    async (forSignal) => {
      refuseProfile(kind, node, frame);
      if (kind.endsUndoStep?.(node.input) === true) await frame.undoStep.split();
      const given = await frame.outputs.valuesFor(
        () => [...readsOf(node), ...flowSources(node, frame)],
        values,
      );
      const mocked = mockOf(node, kind, frame);
      if (mocked !== undefined) return promised(node, success(mocked));
      const flowing = heldFlow(node, given, frame);
      const seen = flowing === undefined ? withFlow(node, given, frame) : withFlowing(node, given, flowing);
      // Working out what expressions stand for may take long, and several nodes come at once.
      if (node.wiring.length > 0 && isTurnLong()) await nextTurn();
      const input = asJsonObject(resolveInput(node, seen));
      const context = contextOf(node, frame, seen, forSignal, awaited, watch);
      const held = flowing === undefined ? context : { ...context, flow: () => flowing };
      try {
        return promised(node, await kind.run(input, held));
      } catch (thrown) {
        throw known === undefined ? thrown : unfitInput(thrown, known, input);
      }
    },
    frame.signal,
    (failed, retry) => noteRetry(node, frame, watch, { failed, retry }),
  ).then(
    (result) => [{ result: outcomeWithoutSecrets(result), seen: watch.seen() }],
    (thrown: unknown) => {
      const result = failure(toWwiseFlowError(thrown));
      return [{ result, seen: { ...watch.seen(), changes: undefined } }];
    },
  );
}

/** What a kind may ask for while one of its nodes runs. */
function contextOf(
  node: PlanNode,
  frame: RunFrame,
  values: Values,
  signal: AbortSignal | undefined,
  awaited: Awaited | undefined,
  watch: NodeWatch,
): NodeContext {
  return {
    key: `${frame.executionId}/${node.id}`,
    wasCutOff: frame.replanned?.get(node.id)?.wasCutOff === true,
    inputs: seenFrom(node, values).inputs,
    outside: frame.parts.outside ?? nothingOutside,
    ports: node.ports ?? none,
    flow: () => flowInto(node, values, frame),
    inflow: () => inflowOf(node, values, frame),
    given: (id) => seenFrom(node, values).output(id),
    signal,
    isPreview: frame.parts.isPreview === true,
    timeoutMs: node.timeoutMs,
    price: node.cost,
    attempt: (once) =>
      node.retry === undefined
        ? once()
        : withRetries(node, node.retry, once, signal, (failed, retry) =>
            noteRetry(node, frame, watch, { failed, retry }),
          ),
    remote: frame.remote,
    get notes() {
      return frame.notes.get(node.id) ?? nothingNoted;
    },
    note: (given) => {
      const clean = valueWithoutSecrets(given);
      frame.notes.set(node.id, [...(frame.notes.get(node.id) ?? nothingNoted), clean]);
      return frame.journal.noted(node, clean);
    },
    callback: (days, signed) => {
      const { executionId, plan } = frame;
      return frame.remote.callback({ executionId, workflowId: plan.workflowId, node: node.id, days, signed });
    },
    awaited,
    answer: frame.questions.take(awaited),
    dialogues: frame.dialogues,
    now: frame.now,
    say: (given) => {
      const text = withoutSecrets(given);
      watch.say(text);
      frame.emit({ event: 'node.message', executionId: frame.executionId, nodeId: node.id, text });
    },
    progress: (given) => {
      const text = withoutSecrets(given);
      frame.emit({ event: 'node.progress', executionId: frame.executionId, nodeId: node.id, text });
    },
    dispatch: (command, input) => {
      const { bus, reads } = frame.parts;
      const options = optionsFor(node, frame, signal, [{ command, input }]);
      if (node.effect !== 'read') return bus.dispatch(command, input, { ...options, ...watch.reports() });
      if (reads !== undefined) return reads(() => bus.dispatch(command, input, options));
      return bus.dispatch(command, input, options);
    },
  };
}

/** What a kind asks for that is no command; commands are looked at where they are dispatched. */
function refuseProfile({ profile }: ExecutableKind, { type }: PlanNode, { parts }: RunFrame): void {
  if (profile !== undefined && parts.isPreview !== true)
    requireProfile(type, parts.bus.profile ?? 'admin', profile);
}

const none: readonly string[] = [];
const nothingNoted: readonly JsonObject[] = [];

function noteRetry(
  node: PlanNode,
  { executionId, parts }: RunFrame,
  watch: NodeWatch,
  { failed, retry }: { readonly failed: Failure; readonly retry: number },
): void {
  const { code, error } = failed;
  watch.retried();
  parts.log.info({ executionId, nodeId: node.id, code, retry, error }, 'node.execution.retry');
}
