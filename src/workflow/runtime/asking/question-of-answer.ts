import { WwiseFlowError } from '../../../core/errors.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { AnswerRecord, RunRecord } from '../../../core/stores/run-store.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import { type Question, questionId, shownAwaited } from '../../nodes/asking/question.ts';
import { compileSchema } from '../../schemas/compile-schema.ts';
import type { JournalledNode } from '../journal/read-journal.ts';

/** An answer as a caller gives it. */
export interface GivenAnswer {
  /** Id of the question, so that the answer can be for no other one. */
  readonly question?: string | undefined;
  /** Or the node that asks, or will; neither: the only question that is open. */
  readonly node?: string | undefined;
  /** A text, or data of the question's schema. */
  readonly value?: Json | undefined;
  /** Whoever was asked declines; then there is no value. */
  readonly isDeclined?: boolean | undefined;
}

/** A run, as far as an answer is judged by it. */
export interface AskingRun {
  readonly record: Pick<RunRecord, 'executionId' | 'state'>;
  readonly journal: ReadonlyMap<string, JournalledNode>;
  readonly answers: readonly AnswerRecord[];
  /** Nodes that ask, of those that are known by now. */
  readonly askers: readonly string[];
}

/** The question an answer is for; `isOpen`: it was asked already. */
export interface AnsweredQuestion {
  readonly id: string;
  readonly node: string;
  readonly isOpen: boolean;
  /** As it fits the schema. */
  readonly value: Json;
}

/**
 * Which question of a run an answer is for.
 * @throws WwiseFlowError ALREADY_ANSWERED for one that has its answer; INVALID_INPUT where none or several are meant, the run
 * asks nothing any more, or the answer does not fit the schema of the question.
 */
export function questionOfAnswer(run: AskingRun, given: GivenAnswer): AnsweredQuestion {
  if (!goesOn.has(run.record.state)) throw asksNoMore(run);
  if ((given.value === undefined) === (given.isDeclined !== true)) throw notOneOfTwo();
  const all = openQuestions(run);
  const chosen = chosenOf(run, all, given);
  if ('id' in chosen) {
    const value = given.value === undefined ? null : fitting(chosen.question, given.value);
    return { id: chosen.id, node: chosen.node, isOpen: true, value };
  }
  const id = questionId(chosen.node, (run.journal.get(chosen.node)?.asked ?? 0) + 1);
  if (run.answers.some(({ question }) => question === id)) throw alreadyAnswered(run.record.executionId, id);
  return { id, node: chosen.node, isOpen: false, value: given.value ?? null };
}

export function alreadyAnswered(executionId: string, question: string): WwiseFlowError {
  return new WwiseFlowError('ALREADY_ANSWERED', `The question "${question}" has its answer already.`, {
    hint: 'Look at the run with workflow_status: the first answer counts, and another question may be open by now.',
    details: { executionId, question },
  });
}

const goesOn: ReadonlySet<string> = new Set(['running', 'suspended']);

interface OpenQuestion {
  readonly id: string;
  readonly node: string;
  readonly question: Question;
}

function openQuestions({ journal }: AskingRun): readonly OpenQuestion[] {
  return [...journal].flatMap(([node, { state, awaits }]) => {
    if (awaits?.for !== 'answer' || (state !== 'suspended' && state !== 'running')) return [];
    return [{ id: awaits.question.id, node, question: awaits.question }];
  });
}

function chosenOf(
  run: AskingRun,
  all: readonly OpenQuestion[],
  { question, node }: GivenAnswer,
): OpenQuestion | { readonly node: string } {
  const { executionId } = run.record;
  const isAnswered = (id: string): boolean => run.answers.some((answer) => answer.question === id);
  const free = all.filter(({ id }) => !isAnswered(id));
  if (question !== undefined) {
    if (isAnswered(question)) throw alreadyAnswered(executionId, question);
    const open = free.find(({ id }) => id === question);
    if (open === undefined) throw noSuchQuestion(run, free, question);
    return open;
  }
  if (node !== undefined) {
    const open = all.find((one) => one.node === node);
    if (open !== undefined && isAnswered(open.id)) throw alreadyAnswered(executionId, open.id);
    if (open !== undefined) return open;
    if (!run.askers.includes(node)) throw noSuchNode(run, node);
    return { node };
  }
  const [only, ...others] = free;
  if (only === undefined && all[0] !== undefined) throw alreadyAnswered(executionId, all[0].id);
  if (only === undefined) throw asksNothing(run);
  if (others.length > 0) throw whichOf(run, free);
  return only;
}

/** The answer, where it fits; a text that does as the JSON it is stands for that, as some clients send texts only. */
function fitting({ id, prompt, schema, takesWords }: Question, value: Json): Json {
  if (schema === undefined || takesWords === true) return value;
  const compiled = compileSchema(schema);
  const issues = compiled.issuesOf(value);
  if (issues.length === 0) return value;
  const meant = typeof value === 'string' ? parsed(value) : undefined;
  if (meant !== undefined && compiled.issuesOf(meant).length === 0) return meant;
  const [first] = issues;
  const where = first === undefined || first.pointer === '' ? 'the answer' : first.pointer;
  throw new WwiseFlowError('INVALID_INPUT', `${where} does not do for "${id}": ${first?.message ?? ''}.`, {
    hint: 'Give an answer that fits the schema of the question; it is still open.',
    details: { question: id, prompt, schema, issues: issues.map((issue) => ({ ...issue })) },
  });
}

function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function asksNoMore({ record }: AskingRun): WwiseFlowError {
  const { executionId, state } = record;
  return new WwiseFlowError(
    'INVALID_INPUT',
    `The run "${executionId}" is ${state}: it asks nothing any more.`,
    {
      hint: 'List the runs that wait for an answer: workflow_runs with state waiting.',
      details: { executionId, state },
    },
  );
}

function asksNothing({ record, askers }: AskingRun): WwiseFlowError {
  const { executionId } = record;
  return new WwiseFlowError('INVALID_INPUT', `The run "${executionId}" asks nothing at the moment.`, {
    hint:
      askers.length === 0
        ? 'It has no node that asks.'
        : 'To answer ahead what one of its nodes will ask, name the node.',
    details: { executionId, nodes: [...askers] },
  });
}

function whichOf({ record }: AskingRun, free: readonly OpenQuestion[]): WwiseFlowError {
  const { executionId } = record;
  return new WwiseFlowError('INVALID_INPUT', `The run "${executionId}" asks ${free.length} questions.`, {
    hint: 'Say by `question` which one is answered.',
    details: { executionId, open: free.map(shownOpen) },
  });
}

function noSuchQuestion(
  { record }: AskingRun,
  free: readonly OpenQuestion[],
  question: string,
): WwiseFlowError {
  const ids = free.map(({ id }) => id);
  return new WwiseFlowError(
    'INVALID_INPUT',
    `The run "${record.executionId}" does not ask "${question}".${didYouMean(question, ids)}`,
    {
      hint: 'Answer a question that is open; to answer ahead, name the node.',
      details: { executionId: record.executionId, question, open: free.map(shownOpen) },
    },
  );
}

function noSuchNode({ record, askers }: AskingRun, node: string): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `The run "${record.executionId}" has no node "${node}" that asks.${didYouMean(node, askers)}`,
    {
      hint: 'Name a node that asks.',
      details: { executionId: record.executionId, node, candidates: nearest(node, askers) },
    },
  );
}

function notOneOfTwo(): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', 'An answer is a value, or that whoever was asked declines.', {
    hint: 'Give one of the two.',
  });
}

function shownOpen({ node, question }: OpenQuestion): JsonObject {
  return { node, ...shownAwaited({ for: 'answer', question }) };
}
