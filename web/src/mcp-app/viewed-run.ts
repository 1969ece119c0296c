import type { StepState } from '../run/step-state.ts';
import type { PictureNode, StepFacts } from './run-picture.ts';

/** A run, or a workflow that has not run, as it is shown. */
export interface ViewedRun {
  /** Empty: there is no run. */
  readonly executionId: string;
  readonly title: string;
  readonly state: string;
  readonly isOpen: boolean;
  readonly durationMs: number | null;
  readonly percent: number | null;
  readonly error: string;
  readonly nodes: readonly PictureNode[];
  readonly facts: ReadonlyMap<string, StepFacts>;
}

type Members = Readonly<Record<string, unknown>>;

/** Reads what `workflow_view` answered. Throws with its words where it refused. */
export function readView(answer: unknown): ViewedRun {
  const { structuredContent } = membersOf(answer);
  const result = membersOf(structuredContent);
  if (result.ok !== true) throw new Error(`${textOf(result.error)} ${textOf(result.hint)}`.trim());
  const { plan, status } = membersOf(result.data);
  const run = membersOf(status);
  const { workflowId, name, nodes } = membersOf(plan);
  const state = textOf(run.state);
  return {
    executionId: textOf(run.executionId),
    title: textOf(name) || textOf(workflowId),
    state,
    isOpen: state === 'running' || state === 'suspended',
    durationMs: typeof run.durationMs === 'number' ? run.durationMs : null,
    percent: typeof run.percent === 'number' ? run.percent : null,
    error: textOf(run.error),
    nodes: listOf(nodes).map((node) => ({
      id: textOf(node.id),
      type: textOf(node.type),
      after: Array.isArray(node.after) ? node.after.map(String) : [],
    })),
    facts: new Map(listOf(run.nodes).map((node) => [textOf(node.node), factsOf(node)])),
  };
}

const states: readonly StepState[] = ['running', 'done', 'failed', 'skipped', 'suspended', 'rolledBack'];

function factsOf({ state, memo, durationMs, error }: Members): StepFacts {
  const known = states.find((one) => one === state) ?? 'waiting';
  return {
    state: known === 'done' && memo === 'hit' ? 'hit' : known,
    durationMs: typeof durationMs === 'number' ? durationMs : null,
    error: typeof error === 'string' ? error : null,
  };
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.map(membersOf) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
