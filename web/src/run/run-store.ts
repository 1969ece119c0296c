import { create } from 'zustand';
import { ask } from '../api/ask.ts';
import { followEvents } from '../api/event-feed.ts';
import type { NodeStatus, RunEvent, RunStatus } from '../api/wire.ts';
import { membersOf } from '../graph/document.ts';
import { type Group, type Groups, groupsOf, moveStep } from './groups.ts';
import type { StepState } from './step-state.ts';

export interface StepRun {
  readonly state: StepState;
  readonly startedAtMs: number | null;
  readonly durationMs: number | null;
  readonly error: string | null;
  readonly code: string | null;
  /** Why it was skipped, or what it waits for. */
  readonly why: string | null;
  /** How far it is, in its own words, while it goes on. */
  readonly progress: string | null;
}

export interface RunState {
  /** Null: no run is shown. */
  readonly executionId: string | null;
  readonly status: RunStatus | null;
  readonly steps: Readonly<Record<string, StepRun>>;
  /** Of the steps of loops: how those of all items stand. */
  readonly groups: Groups;
  readonly messages: readonly { readonly node: string; readonly text: string }[];
  /** How many events came. */
  readonly eventCount: number;
  show(executionId: string | null): void;
  refresh(): Promise<void>;
}

const nothing = { status: null, steps: {}, groups: {}, messages: [], eventCount: 0 } as const;

/** A tab keeps so many messages of a run, the newest. */
const mostMessages = 500;

/** The run that is shown, as it goes on. */
export const useRun = create<RunState>((set, get) => {
  let end = (): void => {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refresh = async (): Promise<void> => {
    const { executionId } = get();
    if (executionId === null) return;
    const answer = await ask<RunStatus>('GET', `/executions/${encodeURIComponent(executionId)}/status`);
    if (get().executionId !== executionId) return;
    if (!answer.ok) return;
    const status = answer.data;
    const steps = stepsOf(status, get().steps);
    set({ status, steps, groups: groupsOf(steps) });
    clearTimeout(timer);
    // Events of a run of another process end with what its journal had.
    if (isOpen(status)) timer = setTimeout(() => void refresh(), Math.max(1_000, status.nodes.length));
  };

  return {
    ...{ executionId: null, ...nothing },
    refresh,
    show(executionId) {
      end();
      clearTimeout(timer);
      set({ executionId, ...nothing });
      if (executionId === null) return;
      void refresh();
      end = followEvents(executionId, {
        onEvents: (events) => set((state) => afterEvents(state, events)),
        onEnd: () => void refresh(),
      });
    },
  };
});

export function isOpen({ state }: Pick<RunStatus, 'state'>): boolean {
  return state === 'running' || state === 'suspended';
}

function afterEvents(state: RunState, events: readonly RunEvent[]): Partial<RunState> {
  const steps: Record<string, StepRun> = { ...state.steps };
  const groups: Record<string, Group> = { ...state.groups };
  const put = (id: string, step: StepRun): void => {
    moveStep(groups, id, steps[id]?.state, step.state);
    steps[id] = step;
  };
  const messages = [...state.messages];
  let { status } = state;
  for (const event of events) {
    if (event.event === 'workflow.execution.start') {
      messages.length = 0;
      if (status !== null) status = { ...status, state: 'running', result: null };
    } else if (event.event === 'node.execution.start') {
      put(event.nodeId, { ...noRun, state: 'running', startedAtMs: Date.now() });
    } else if (event.event === 'node.execution.complete') {
      const done = event.memo === 'hit' ? 'hit' : 'done';
      const known = steps[event.nodeId] ?? noRun;
      const state = event.ok ? done : 'failed';
      put(event.nodeId, { ...known, state, durationMs: event.durationMs, code: event.code, progress: null });
    } else if (event.event === 'node.progress') {
      put(event.nodeId, { ...(steps[event.nodeId] ?? noRun), state: 'running', progress: event.text });
    } else if (event.event === 'node.message') {
      messages.push({ node: event.nodeId, text: event.text });
    } else if (event.event === 'workflow.execution.suspended') {
      for (const node of event.nodes) put(node, { ...(steps[node] ?? noRun), state: 'suspended' });
      if (status !== null) status = { ...status, state: 'suspended' };
    }
  }
  const eventCount = state.eventCount + events.length;
  return { steps, groups, messages: messages.slice(-mostMessages), status, eventCount };
}

const noRun: StepRun = {
  ...{ state: 'waiting', startedAtMs: null, durationMs: null, error: null, code: null },
  ...{ why: null, progress: null },
};

function stepsOf(status: RunStatus, live: Readonly<Record<string, StepRun>>): Record<string, StepRun> {
  const isOver = !isOpen(status);
  return Object.fromEntries(
    status.nodes.map((node) => {
      const known = live[node.node];
      const kept = stepOf(node);
      // What an event said is newer than what was being read.
      if (!isOver && known !== undefined && kept.state === 'waiting') return [node.node, known];
      const progress = kept.state === 'running' ? (kept.progress ?? known?.progress ?? null) : null;
      return [node.node, { ...kept, progress }];
    }),
  );
}

function stepOf(node: NodeStatus): StepRun {
  const { state, startedAtMs, durationMs, error, code, memo, skip, awaits, progress = null } = node;
  const shown = state === 'pending' ? 'waiting' : state === 'done' && memo === 'hit' ? 'hit' : state;
  const why = skip !== undefined ? skipWords(skip) : awaits !== undefined ? awaitWords(awaits) : null;
  return { state: shown, startedAtMs, durationMs, error, code, why, progress };
}

/** Why a step was skipped, in a sentence. */
function skipWords(skip: NonNullable<NodeStatus['skip']>): string {
  switch (skip.reason) {
    case 'run-stopped':
      return 'The run stopped before its turn came.';
    case 'run-ended':
      return `“${skip.by}” ended the run before its turn came.`;
    case 'left-out':
      return 'Only other steps were wanted when the run went on.';
    case 'nothing-failed':
      return `Nothing failed of what it is there to catch: ${skip.catches.join(', ')}.`;
    case 'branch-not-taken':
      return 'It is on a way that was not taken.';
    case 'condition-false':
      return 'Its condition does not hold.';
    case 'not-previewed':
      return 'It needs what a preview does not do.';
    case 'source-missing':
      return `It needs “${skip.source}”, which ${skip.ended === 'failed' ? 'failed' : 'was skipped'}.`;
  }
}

/** What a step waits for, in a sentence. */
function awaitWords(awaits: NonNullable<NodeStatus['awaits']>): string {
  const { for: what, untilMs } = membersOf(awaits);
  return what === 'time' && typeof untilMs === 'number'
    ? `Goes on at ${new Date(untilMs).toLocaleTimeString()}.`
    : 'Waits for an answer.';
}
