import type { z } from 'zod';
import { didYouMean, nearest } from '../../../core/nearest.ts';
import { below } from '../../document/json-pointer.ts';
import { mayHoldReference } from '../../expressions/reference.ts';
import { describeType, showValue, withArticle } from '../../runtime/show-value.ts';
import { type Draft, type DraftNode, nameOf } from '../phases/draft.ts';
import type { Problem } from '../problem.ts';
import { fitsAroundReferences } from '../schema/around-references.ts';
import { followPath } from '../schema/follow-path.ts';
import type { NodeShape } from '../schema/node-shape.ts';
import { membersOf } from '../schema/schema-kinds.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Law: a node's input fits its command's schema. What a reference will bring is unknown until the run, so nothing is said
 * about its place; whether it can fit was checked with the reference.
 */
export function checkNodeInput(draft: Draft, node: DraftNode, shape: NodeShape): void {
  if (fitsAroundReferences(node, shape)) return;
  const parsed = shape.kind.input.safeParse(node.input);
  if (parsed.success) return;
  for (const issue of parsed.error.issues) {
    if (isExcused(node, issue, [])) continue;
    for (const problem of problemsOf(node, shape, issue)) draft.report(problem);
  }
}

function isExcused(node: DraftNode, issue: Issue, base: Path): boolean {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') return false;
  if (node.unfilled.includes(String(path[0])) || (path.length === 0 && node.unfilled.length > 0)) return true;
  const value = valueAt(node, path);
  if (typeof value === 'string') return mayHoldReference(value);
  if (issue.code === 'invalid_union') {
    return issue.errors.some(
      (branch) => branch.length > 0 && branch.every((inner) => isExcused(node, inner, path)),
    );
  }
  // A rule about several values cannot be judged while one of them is a reference.
  return issue.code === 'custom' && holdsReference(value);
}

function holdsReference(value: unknown): boolean {
  if (typeof value === 'string') return mayHoldReference(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsReference);
}

function problemsOf(node: DraftNode, shape: NodeShape, issue: Issue): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(node, shape, issue.path, key));
  const value = valueAt(node, issue.path);
  const place = issue.path.map(String).join('.');
  const what = `Node ${nameOf(node)}: ${place === '' ? 'the input' : `"${place}"`}`;
  const pointer = below(node.dataPointer, ...issue.path);
  const problem = { code: 'WORKFLOW_INVALID', pointer, node: node.id } as const;
  if (value === undefined && issue.path.length > 0)
    return [{ ...problem, message: `${what} is missing.`, ...expected(issue) }];
  if (issue.code === 'invalid_type') {
    const message = `${what} must be ${withArticle(issue.expected)}, not ${describeType(value)}: ${showValue(value)}.`;
    return [{ ...problem, message, expected: issue.expected }];
  }
  if (issue.code === 'invalid_value')
    return [{ ...problem, ...wrongChoice(what, pointer, value, issue.values.map(String)) }];
  const rule = ruleOf(issue);
  const message = `${what} cannot be ${showValue(value)}: it ${rule}.`;
  return [{ ...problem, message, expected: rule.replace(/^must (?!not )(be )?/, ''), ...expected(issue) }];
}

/** What is wanted, to go behind the name of the input: `must be at most 500`. */
function ruleOf(issue: Issue): string {
  if (issue.code === 'too_big' || issue.code === 'too_small') {
    const bound = issue.code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
    if (issue.origin === 'string') return `must have ${bound} characters`;
    return issue.origin === 'array' ? `must have ${bound} entries` : `must be ${bound}`;
  }
  if (issue.code === 'invalid_union') {
    const kinds = issue.errors
      .flat()
      .flatMap((branch) => (branch.code === 'invalid_type' ? branch.expected : []));
    if (kinds.length > 0) return `must be ${[...new Set(kinds)].map(withArticle).join(' or ')}`;
  }
  return issue.message.startsWith('must ')
    ? issue.message.replace(/\.$/, '')
    : `does not fit (${issue.message})`;
}

function unknownKey(node: DraftNode, shape: NodeShape, path: Path, key: string): Problem {
  const followed = followPath(shape.kind.input, path.map(String), 'input');
  const schema = followed.found ? followed.schema : undefined;
  const names = Object.keys((schema === undefined ? undefined : membersOf(schema, 'input')) ?? {});
  const candidates = nearest(key, names);
  const [best] = candidates;
  const from = below(node.dataPointer, ...path, key);
  const isFree = best !== undefined && valueAt(node, [...path, best]) === undefined;
  const inside = path.length === 0 ? '' : ` in "${path.map(String).join('.')}"`;
  return {
    code: 'WORKFLOW_INVALID',
    message: `Node ${nameOf(node)} has no input "${key}"${inside}.${didYouMean(key, names)}`,
    pointer: from,
    node: node.id,
    ...(names.length === 0 ? {} : { expected: `one of: ${names.join(', ')}` }),
    ...(best === undefined ? {} : { didYouMean: candidates }),
    suggestion: isFree
      ? [{ op: 'move', from, path: below(node.dataPointer, ...path, best) }]
      : [{ op: 'remove', path: from }],
  };
}

function wrongChoice(
  what: string,
  pointer: string,
  value: unknown,
  choices: readonly string[],
): Pick<Problem, 'message' | 'expected' | 'didYouMean' | 'suggestion'> {
  const near = typeof value === 'string' ? nearest(value, choices) : [];
  const [best] = near;
  const hint = typeof value === 'string' ? didYouMean(value, choices) : '';
  return {
    message: `${what} cannot be ${showValue(value)}.${hint}`,
    expected: `one of: ${choices.join(', ')}`,
    ...(best === undefined
      ? {}
      : { didYouMean: near, suggestion: [{ op: 'replace', path: pointer, value: best }] }),
  };
}

function expected(issue: Issue): { expected?: string } {
  if (issue.code === 'invalid_type') return { expected: issue.expected };
  if (issue.code === 'invalid_value') return { expected: `one of: ${issue.values.map(String).join(', ')}` };
  return {};
}

function valueAt(node: DraftNode, path: Path): unknown {
  let value: unknown = node.input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
