import { asJsonObject, asString } from '../../../core/json.ts';
import type { Log } from '../../../core/log.ts';
import type { NodeRecord, RunRecord } from '../../../core/stores/run-store.ts';
import { lastStates } from '../journal/read-journal.ts';
import { readPlan } from '../journal/read-plan.ts';
import { statusOf } from '../journal/run-status.ts';
import { unrolledIn, unrolledPlan } from '../loops/read-unrolled.ts';
import { recordedCosts } from '../usage/run-costs.ts';
import type { OnRunEvent, RunEvent } from './events.ts';

/** A listener that hears the events of a run. */
export interface RunSubscription {
  /** The listener is sent nothing more. */
  unsubscribe(): void;
  /** Resolves when the last event was sent, or after `unsubscribe`. Never rejects. */
  readonly ended: Promise<void>;
}

/** The events of a run, kept until it has ended, while it is suspended too: who comes late hears them all, who stays the rest. */
export interface RunEvents {
  /** How far nodes are that are under way and say so, by their ids. */
  readonly progress: ReadonlyMap<string, string>;
  readonly emit: OnRunEvent;
  subscribe(listener: OnRunEvent): RunSubscription;
  /** Sends a listener what comes from now on. */
  follow(listener: OnRunEvent): RunSubscription;
  /** No more events come. */
  end(): void;
}

/** Events for any number of listeners. One that throws is logged, and neither the run nor the others notice. */
export function createRunEvents(log: Log): RunEvents {
  const sent: RunEvent[] = [];
  const progress = new Map<string, string>();
  const listeners = new Set<{ readonly listener: OnRunEvent; end(): void }>();
  let isOver = false;
  const follow: RunEvents['follow'] = (listener) => {
    const entry = { listener, end: () => {} };
    const ended = new Promise<void>((resolve) => {
      entry.end = resolve;
    });
    if (isOver) entry.end();
    else listeners.add(entry);
    return {
      unsubscribe: () => {
        listeners.delete(entry);
        entry.end();
      },
      ended,
    };
  };
  return {
    progress,
    emit: (event) => {
      if (event.event === 'node.progress') {
        // Who comes late hears how far a node is, not how far it was.
        const last = sent.findIndex((one) => one.event === 'node.progress' && one.nodeId === event.nodeId);
        if (last >= 0) sent.splice(last, 1);
        progress.set(event.nodeId, event.text);
      } else if (event.event === 'node.execution.complete') progress.delete(event.nodeId);
      sent.push(event);
      // Who subscribes while this event is sent was sent it with the others before.
      for (const { listener } of [...listeners]) send(listener, event, log);
    },
    subscribe: (listener) => {
      // The list grows while a listener that makes something happen is sent its beginning.
      for (const event of sent) send(listener, event, log);
      return follow(listener);
    },
    follow,
    end: () => {
      isOver = true;
      for (const { end } of listeners) end();
      listeners.clear();
    },
  };
}

/** Sends a listener what the journal holds of a run that this process does not execute. */
export function replayEvents(
  record: RunRecord,
  transitions: readonly NodeRecord[],
  listener: OnRunEvent,
  log: Log,
): RunSubscription {
  for (const event of journalledEvents(record, transitions)) send(listener, event, log);
  return { unsubscribe: () => {}, ended: Promise.resolve() };
}

/** The events of a run from its journal, in the order they were written; without the last one while somebody executes it. */
function* journalledEvents(record: RunRecord, transitions: readonly NodeRecord[]): Generator<RunEvent> {
  const { executionId, workflowId, caller } = record;
  const { nodes } = unrolledPlan(readPlan(record), unrolledIn(lastStates(transitions)));
  const nodeCount = nodes.length;
  const nodesById = new Map(nodes.map(({ id, type }, index) => [id, { type, index }]));
  yield {
    event: 'workflow.execution.start',
    ...{ executionId, workflowId, nodeCount, caller: caller ?? undefined },
  };
  const open = new Set<string>();
  for (const transition of transitions) {
    const { node: nodeId, state } = transition;
    const known = nodesById.get(nodeId);
    if (known === undefined) continue;
    const head = { executionId, nodeId, ...known, nodeCount };
    const hasEnded = state === 'done' || state === 'failed';
    if (state === 'running' || (hasEnded && !open.has(nodeId)))
      yield { event: 'node.execution.start', ...head };
    if (state === 'running') open.add(nodeId);
    if (!hasEnded) continue;
    open.delete(nodeId);
    const { code = null, memo, durationMs } = lastStates([transition]).get(nodeId) ?? {};
    yield {
      event: 'node.execution.complete',
      ...head,
      ...{ ok: state === 'done', code, memo: memo ?? 'off', durationMs: durationMs ?? 0 },
    };
  }
  const {
    state,
    code,
    result,
    durationMs,
    untilMs = null,
    waiting: questions = [],
    nodes: states,
  } = statusOf(record, lastStates(transitions), false, record.startedAtMs);
  if (state === 'suspended') {
    const waiting = states.filter((node) => node.state === 'suspended').map(({ node }) => node);
    const what = { executionId, workflowId, nodeCount, nodes: waiting, untilMs, waiting: questions };
    yield { event: 'workflow.execution.suspended', ...what };
  }
  if (record.endedAtMs === null || result === null) return;
  const answer = asJsonObject(result.ok ? result.data : result.details);
  const waapiCalls = typeof answer.waapiCalls === 'number' ? answer.waapiCalls : 0;
  const stopAt = asString(answer.stopAt) ?? null;
  yield {
    event: 'workflow.execution.complete',
    ...{ executionId, workflowId, nodeCount, ok: state === 'done', code, stopAt, waapiCalls, durationMs },
    costs: recordedCosts(answer.costs),
  };
}

function send(listener: OnRunEvent, event: RunEvent, log: Log): void {
  try {
    listener(event);
  } catch (thrown) {
    log.warn({ err: thrown, event: event.event }, 'A listener of a run failed.');
  }
}
