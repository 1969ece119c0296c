import { z } from 'zod';
import type { AnyCommand } from '../../command.ts';
import { WwiseFlowError } from '../../errors.ts';
import {
  asJsonObject,
  deepestDocument,
  isJsonObject,
  isNestedDeeper,
  type Json,
  type JsonObject,
} from '../../json.ts';
import { isSecretName } from '../../secrets/without-credentials.ts';
import { nearest } from '../../text/nearest.ts';
import { wordsParam } from './one-of.ts';
import { understood } from './understood.ts';

/** One thing wrong with an input. */
interface InputProblem {
  /** JSON pointer into the input: `/actions/0/type`; empty for the input itself. */
  readonly path: string;
  readonly message: string;
  readonly received?: Json;
  readonly didYouMean?: readonly string[];
}

/**
 * The input as the command's schema understands it, defaults filled; where a client could only send texts, as it was meant.
 * Throws INVALID_INPUT that lists every problem (the first 100) with its path, what was expected, and a did-you-mean for unknown keys.
 */
export function parseInput(command: Pick<AnyCommand, 'name' | 'input'>, raw: unknown): JsonObject {
  if (isNestedDeeper(raw, deepestDocument)) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `${command.name}: the input is nested more than ${deepestDocument} levels deep.`,
      {
        hint: 'Make what lies deeper in a second call, below an object of the first.',
        details: { command: command.name, deepest: deepestDocument },
      },
    );
  }
  const parsed = command.input.safeParse(raw ?? {}, { reportInput: true });
  if (parsed.success) return asJsonObject(parsed.data);
  const meant = command.input.safeParse(understood(command.input, raw ?? {}));
  if (meant.success) return asJsonObject(meant.data);
  throw unfit(command, raw, parsed.error);
}

/** INVALID_INPUT that lists what a schema found in an input (the first 100). */
export function unfit(
  command: Pick<AnyCommand, 'name' | 'input'>,
  raw: unknown,
  { issues }: z.ZodError,
): WwiseFlowError {
  const problems = firstProblems(issues, command.input, raw);
  const list = problems.map((problem) =>
    problem.path === '' ? problem.message : `${problem.path} ${problem.message}`,
  );
  return new WwiseFlowError('INVALID_INPUT', `${command.name}: ${list.join('; ')}.`, {
    hint: 'Correct what details.problems lists and call again.',
    details: { command: command.name, problems: problems.map((problem) => ({ ...problem })) },
  });
}

/** More are of no use to anybody, and each takes its time to find words for. */
const mostProblems = 100;

function firstProblems(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  raw: unknown,
): readonly InputProblem[] {
  const problems: InputProblem[] = [];
  for (const issue of issues) {
    problems.push(...problemsOf(issue, schema, raw));
    if (problems.length >= mostProblems) break;
  }
  return problems.slice(0, mostProblems);
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, raw: unknown): InputProblem[] {
  const path = pointerOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.slice(0, mostProblems).map((key) => unknownKey(path, key, known));
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat();
    const strict = inner.filter((branch) => branch.code === 'unrecognized_keys');
    if (strict.length > 0) {
      return strict.flatMap((branch) =>
        problemsOf({ ...branch, path: [...issue.path, ...branch.path] }, schema, raw),
      );
    }
  }
  const received = valueAt(raw, issue.path);
  const expected = expectationOf(issue);
  // A check of several members together reports at a member that may rightly be absent.
  const isMissing = received === undefined && issue.path.length > 0 && issue.code !== 'custom';
  if (isMissing) return [{ path, message: `is missing: it ${expected}` }];
  if (!isShort(received) || isSecretName(String(issue.path.at(-1) ?? '')))
    return [{ path, message: expected }];
  const words = wordsOf(issue) ?? [];
  const near = nearest(String(received), words);
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(' or ')}`;
  // Who is near enough to be helped need not read a long list.
  const rule =
    near.length > 0 && words.length > mostWordsListed ? `must be one of ${words.length} words` : expected;
  const message = `${rule} (got ${JSON.stringify(received)})${meant}`;
  return [{ path, message, received, ...(near.length === 0 ? {} : { didYouMean: near }) }];
}

/** Up to so many choices are all named; of more only the nearest. */
const mostWordsListed = 30;

/** What was expected, to go behind the name of the input: `must be a string`. */
function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type')
    return `must be ${/^[aeio]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
  const words = wordsOf(issue);
  if (words !== undefined) return `must be one of ${words.join(', ')}`;
  if (issue.code === 'too_small' && issue.origin === 'string') return 'must not be empty';
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big' && issue.origin === 'string')
    return `must have at most ${issue.maximum} characters`;
  if (issue.code === 'too_big' && issue.origin === 'array') return `must have at most ${issue.maximum} items`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  if (issue.code === 'invalid_union') return 'has a value of a wrong kind';
  return lower(issue.message);
}

/** What the value had to be one of. */
function wordsOf(issue: z.core.$ZodIssue): readonly string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  const words = issue.code === 'custom' ? issue.params?.[wordsParam] : undefined;
  return Array.isArray(words) ? words.map(String) : undefined;
}

function unknownKey(path: string, key: string, known: readonly string[]): InputProblem {
  const same = known.filter((name) => name.toLowerCase() === key.toLowerCase());
  const didYouMean = same.length > 0 ? same : nearest(key, known);
  const meant =
    didYouMean.length === 0
      ? `; known: ${known.length === 0 ? 'none' : known.join(', ')}`
      : `; did you mean ${didYouMean.join(' or ')}`;
  return { path: `${path}/${escapePointer(key)}`, message: `is not a known input${meant}`, didYouMean };
}

/** The member names the schema has at a path of the input. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const bare = unwrap(schema);
  const [step, ...rest] = path;
  if (bare instanceof z.ZodUnion) return bare.options.flatMap((option) => keysAt(option, path));
  if (bare instanceof z.ZodArray) return step === undefined ? [] : keysAt(bare.element, rest);
  if (bare instanceof z.ZodRecord) return step === undefined ? [] : keysAt(bare.valueType, rest);
  if (!(bare instanceof z.ZodObject)) return [];
  if (step === undefined) return Object.keys(bare.shape);
  const member = Object.hasOwn(bare.shape, step) ? bare.shape[String(step)] : undefined;
  return member === undefined ? [] : keysAt(member, rest);
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return unwrap(schema.unwrap());
  }
  return schema instanceof z.ZodLazy ? unwrap(schema.unwrap()) : schema;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): Json | undefined {
  let value: unknown = raw;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isJsonObject(value)) value = value[String(step)];
    else return undefined;
  }
  return isScalar(value) || isJsonObject(value) || Array.isArray(value) ? value : undefined;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function isShort(value: Json | undefined): value is string | number | boolean | null {
  return isScalar(value) && String(value).length <= 200;
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${escapePointer(String(step))}`).join('');
}

function escapePointer(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A sentence as the end of another one. */
function lower(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
}
