import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../core/log.ts';
import type { PlanStore } from '../../core/stores/plan-store.ts';
import { inTurns } from '../../core/turns/turns.ts';
import { frozen, PLAN_VERSION, type Plan } from '../compiler/plan.ts';
import type { Commands } from '../nodes/catalog.ts';
import { readPlan } from '../runtime/journal/read-plan.ts';
import { JOURNAL_VERSION } from '../runtime/journal/run-journal.ts';

/** Plans by the hash of all that they were compiled from: in memory, and in the store for the next process. */
export interface PlanCache {
  /** The plan of these documents, compiled where it is not known. Rejects with what `compile` throws. */
  planOf(
    documents: readonly unknown[],
    commands: Commands,
    compile: () => Plan | Promise<Plan>,
  ): Promise<Plan>;
  /** Forgets what the store has of plans that were compiled before this moment. */
  forgetBefore(atMs: number): Promise<number>;
}

export interface PlanCacheParts {
  readonly store: PlanStore;
  /** Of the program: another one may compile otherwise. */
  readonly version: string;
  readonly log: Log;
}

const MOST_IN_MEMORY = 200;

/** A longer plan is compiled again by the next process. In characters of JSON. */
const LONGEST_STORED = 1_000_000;

export function createPlanCache({ store, version, log }: PlanCacheParts): PlanCache {
  // In the order in which they were last used.
  const known = new Map<string, Plan>();
  const keep = (key: string, plan: Plan): Plan => {
    known.delete(key);
    known.set(key, plan);
    const [oldest] = known.keys();
    if (known.size > MOST_IN_MEMORY && oldest !== undefined) known.delete(oldest);
    return plan;
  };
  const stored = async (key: string): Promise<Plan | undefined> => {
    try {
      const plan = await store.get(key);
      if (plan === undefined) return undefined;
      return frozen(readPlan({ executionId: key, plan, journalVersion: JOURNAL_VERSION }));
    } catch (err) {
      log.debug({ err }, 'A compiled plan could not be read');
      return undefined;
    }
  };
  const write = (key: string, plan: Plan): void => {
    if (isLonger(plan, LONGEST_STORED)) return;
    store.put(key, plan).catch((err: unknown) => log.debug({ err }, 'A compiled plan could not be kept'));
  };
  return {
    planOf: async (documents, commands, compile) => {
      const key = await inTurns(keyOf(documents, commands, version));
      const before = known.get(key) ?? (await stored(key));
      if (before !== undefined) return keep(key, before);
      const plan = await compile();
      write(key, plan);
      return keep(key, plan);
    },
    forgetBefore: (atMs) => store.forgetBefore(atMs),
  };
}

/** Of all that a plan depends on: the documents to the letter, the commands there are, who may run them, and this compiler. */
function* keyOf(
  documents: readonly unknown[],
  { commands, profile }: Commands,
  version: string,
): Generator<void, string> {
  const names = commands.map(({ name }) => name);
  const compiler = [version, PLAN_VERSION, builtAtMs];
  const hash = createHash('sha256');
  let text = '';
  for (const part of partsOf([compiler, profile, names, documents], 0)) {
    text += part;
    if (text.length < CHARACTERS_PER_STEP) continue;
    hash.update(text);
    text = '';
    yield;
  }
  return hash.update(text).digest('hex');
}

/** Looks no further than it has to. */
function isLonger(plan: Plan, characters: number): boolean {
  let length = 0;
  for (const part of partsOf(plan, 0)) {
    length += part.length;
    if (length > characters) return true;
  }
  return false;
}

/** Texts that are the same one after the other for the same value only, none of them very long where the value is deep. */
function* partsOf(value: unknown, depth: number): Generator<string> {
  if (typeof value === 'string' && value.length > LONGEST_PART) {
    yield `${value.length}"`;
    for (let at = 0; at < value.length; at += LONGEST_PART) yield value.slice(at, at + LONGEST_PART);
  } else if (depth === DEEPEST_PART || typeof value !== 'object' || value === null)
    yield `${JSON.stringify(value) ?? 'undefined'},`;
  else if (Array.isArray(value)) {
    yield '[';
    for (const item of value) yield* partsOf(item, depth + 1);
    yield ']';
  } else {
    yield '{';
    for (const [name, member] of Object.entries(value)) {
      yield `${JSON.stringify(name)}:`;
      yield* partsOf(member, depth + 1);
    }
    yield '}';
  }
}

const LONGEST_PART = 1_000_000;

const CHARACTERS_PER_STEP = 65_536;

/** Of a document: each member of its nodes. */
const DEEPEST_PART = 5;

/** A program that is worked on changes without another version. */
const builtAtMs = statSync(fileURLToPath(import.meta.url)).mtimeMs;
