import { z } from 'zod';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asJsonObject, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { RunRecord } from '../../../core/stores/run-store.ts';
import { hashPlan, PLAN_VERSION, type Plan } from '../../compiler/plan.ts';
import { JOURNAL_VERSION } from './run-journal.ts';

/**
 * The plan of a journalled run, in the form of today: one of an older version is brought up to date, so that it has the hash
 * that the same document has when it is compiled now.
 * @throws WwiseFlowError JOURNAL_UNREADABLE for one of a newer version, or one that is damaged.
 */
export function readPlan(record: Pick<RunRecord, 'executionId' | 'plan' | 'journalVersion'>): Plan {
  const before = record.journalVersion > JOURNAL_VERSION ? undefined : known.get(record.plan);
  if (before !== undefined) return before;
  const plan = checkedPlan(record);
  known.set(record.plan, plan);
  return plan;
}

/** Stores give the plan of many runs as one value: it is looked at once. */
const known = new WeakMap<JsonObject, Plan>();

function checkedPlan({
  executionId,
  plan,
  journalVersion,
}: Pick<RunRecord, 'executionId' | 'plan' | 'journalVersion'>): Plan {
  if (journalVersion > JOURNAL_VERSION) throw newer(executionId, 'journal', journalVersion, JOURNAL_VERSION);
  const version = versionOf(plan);
  if (version > PLAN_VERSION) throw newer(executionId, 'plan', version, PLAN_VERSION);
  const upgraded = upgrades.slice(version - 1).reduce((older, upgrade) => upgrade(older), plan);
  if (isPlan(upgraded))
    return version === PLAN_VERSION ? upgraded : { ...upgraded, planHash: hashPlan(upgraded) };
  throw new WwiseFlowError('JOURNAL_UNREADABLE', `The journalled plan of "${executionId}" is damaged.`, {
    hint: 'Run the workflow anew: finished nodes are memo hits.',
    details: { executionId },
  });
}

/** Plans written before there were versions have none. */
function versionOf({ planVersion }: JsonObject): number {
  return typeof planVersion === 'number' ? planVersion : 1;
}

/** What makes a plan of version n, counted from 1, one of version n + 1. */
const upgrades: readonly ((plan: JsonObject) => JsonObject)[] = [
  // Every node was a command; `kind` is what `command` was.
  (plan) => ({
    ...plan,
    planVersion: 2,
    nodes: asJsonArray(plan.nodes).map(kindForCommand),
    ...(plan.rollback === undefined ? {} : { rollback: asJsonArray(plan.rollback).map(kindForCommand) }),
  }),
  // Branches, conditions and loops were in none; what passes on what flows into it did not say from where that comes.
  (plan) => ({ ...plan, planVersion: 3, nodes: asJsonArray(plan.nodes).map((node) => withFlow(node, plan)) }),
  // The hash counted the calls that were expected.
  (plan) => ({ ...plan, planVersion: 4 }),
];

function withFlow(node: Json, plan: JsonObject): Json {
  const { id, after, effect } = asJsonObject(node);
  if (effect !== 'none') return node;
  const read = asJsonArray(plan.addedEdges)
    .map(asJsonObject)
    .filter(({ kind, target }) => kind === 'reference' && target === id)
    .map(({ source }) => source);
  const flow = asJsonArray(after).filter((source) => !read.includes(source));
  return flow.length === 0 ? node : { ...asJsonObject(node), flow };
}

function kindForCommand(node: Json): Json {
  if (!isJsonObject(node)) return node;
  const { command, ...others } = asJsonObject(node);
  return { ...others, kind: command };
}

function newer(executionId: string, what: string, version: number, readable: number): WwiseFlowError {
  return new WwiseFlowError(
    'JOURNAL_UNREADABLE',
    `The ${what} of "${executionId}" has version ${version}; this WwiseFlow reads versions 1 to ${readable}.`,
    {
      hint: 'Use the WwiseFlow that wrote it, or run the workflow anew.',
      details: { executionId, version, readable },
    },
  );
}

const planShape = z.looseObject({
  planHash: z.string(),
  workflowId: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  order: z.array(z.string()),
  waves: z.array(z.array(z.string())),
  nodes: z.array(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      kind: z.string(),
      effect: z.enum(['read', 'create', 'update', 'destroy', 'barrier', 'none']),
      input: z.record(z.string(), z.unknown()),
      wiring: z.array(z.looseObject({ input: z.string(), from: z.string(), auto: z.boolean() })),
      after: z.array(z.string()),
    }),
  ),
});

/** The journal holds what the compiler wrote; the shape is checked so that a damaged one is refused, not misread. */
function isPlan(value: JsonObject): value is JsonObject & Plan {
  return planShape.safeParse(value).success;
}
