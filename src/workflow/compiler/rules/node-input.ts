import type { z } from 'zod';
import type { Json } from '../../../core/json.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import { below } from '../../document/json-pointer.ts';
import { isResolvedLater } from '../../expressions/resolved-later.ts';
import { conditionsSchema } from '../../nodes/conditions/condition.ts';
import { showValue, typeInWords, withArticle } from '../../runtime/values/show-value.ts';
import { type Draft, type DraftNode, dataPointerAt, nodeLabel } from '../phases/draft.ts';
import type { Problem } from '../problem.ts';
import { fitsAroundReferences } from '../schema/around-references.ts';
import { followPath } from '../schema/follow-path.ts';
import type { NodeShape } from '../schema/node-shape.ts';
import { membersOf } from '../schema/schema-kinds.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Law: a node's input fits its command's schema, and its `when` is a condition. What a reference will bring is unknown until the
 * run, so nothing is said about the member that takes it; whether it can fit was checked with the reference.
 */
export function checkNodeInputs(draft: Draft): void {
  for (const node of draft.nodes) {
    if (node.shape !== undefined) checkNodeInput(draft, node, node.shape);
    if (node.condition !== undefined) checkWhen(draft, node, node.condition);
  }
}

/** What is held against a schema, and how it is spoken of. */
interface Subject {
  readonly node: DraftNode;
  readonly value: Json;
  readonly schema: z.ZodType;
  /** What messages call it, and a member of it. */
  readonly name: string;
  readonly member: string;
  pointerAt(path: Path): string;
}

function checkNodeInput(draft: Draft, node: DraftNode, shape: NodeShape): void {
  if (fitsAroundReferences(node, shape)) return;
  check(draft, {
    node,
    value: node.input,
    schema: shape.kind.input,
    name: 'the input',
    member: 'input',
    pointerAt: (path) => dataPointerAt(node, path),
  });
}

function checkWhen(draft: Draft, node: DraftNode, value: Json): void {
  check(draft, {
    node,
    value,
    schema: conditionsSchema,
    name: '"when"',
    member: 'condition member',
    pointerAt: (path) => below(node.pointer, 'when', ...path.map(String)),
  });
}

function check(draft: Draft, subject: Subject): void {
  const parsed = subject.schema.safeParse(subject.value);
  if (parsed.success) return;
  for (const issue of parsed.error.issues) {
    if (isExcused(subject, issue, [])) continue;
    for (const problem of problemsOf(subject, issue)) draft.report(problem);
  }
}

function isExcused(
  { node, value: whole }: Pick<Subject, 'node' | 'value'>,
  issue: Issue,
  base: Path,
): boolean {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') return false;
  if (node.unfilled.includes(String(path[0])) || (path.length === 0 && node.unfilled.length > 0)) return true;
  const value = valueAt(whole, path);
  if (typeof value === 'string') return isResolvedLater(value);
  if (issue.code === 'invalid_union') {
    return issue.errors.some(
      (branch) =>
        branch.length > 0 && branch.every((inner) => isExcused({ node, value: whole }, inner, path)),
    );
  }
  // A rule about several values cannot be judged while one of them is a reference.
  return issue.code === 'custom' && holdsReference(value);
}

function holdsReference(value: unknown): boolean {
  if (typeof value === 'string') return isResolvedLater(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsReference);
}

function problemsOf(subject: Subject, issue: Issue): Problem[] {
  const meant = meantAlternative(issue);
  if (meant !== undefined)
    return meant
      .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
      .filter((inner) => !isExcused(subject, inner, []))
      .flatMap((inner) => problemsOf(subject, inner));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(subject, issue.path, key));
  const { node } = subject;
  const value = valueAt(subject.value, issue.path);
  const dotted = issue.path.map(String).join('.');
  const what = `Node ${nodeLabel(node)}: ${dotted === '' ? subject.name : `"${dotted}"`}`;
  const pointer = subject.pointerAt(issue.path);
  const problem = { code: 'WORKFLOW_INVALID', pointer, node: node.id } as const;
  if (value === undefined && issue.path.length > 0)
    return [{ ...problem, message: `${what} is missing.`, ...expected(issue) }];
  if (issue.code === 'invalid_type') {
    const message = `${what} must be ${withArticle(issue.expected)}, not ${typeInWords(value)}: ${showValue(value)}.`;
    return [{ ...problem, message, expected: issue.expected }];
  }
  if (issue.code === 'invalid_value')
    return [{ ...problem, ...wrongChoice(what, pointer, value, issue.values.map(String)) }];
  const rule = ruleOf(issue);
  const message = `${what} cannot be ${showValue(value)}: it ${rule}.`;
  return [{ ...problem, message, expected: rule.replace(/^must (?!not )(be )?/, ''), ...expected(issue) }];
}

/** Of several alternatives the one that was meant: the only one whose kind of value this is. */
function meantAlternative(issue: Issue): readonly Issue[] | undefined {
  if (issue.code !== 'invalid_union') return undefined;
  const fitting = issue.errors.filter(
    (errors) => !errors.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  const [only, another] = fitting;
  return another === undefined && only !== undefined && only.length > 0 ? only : undefined;
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

function unknownKey(
  { node, schema: whole, value, member, pointerAt }: Subject,
  path: Path,
  key: string,
): Problem {
  const followed = followPath(whole, path.map(String), 'input');
  const schema = followed.found ? followed.schema : undefined;
  const names = Object.keys((schema === undefined ? undefined : membersOf(schema, 'input')) ?? {});
  const candidates = nearest(key, names);
  const [best] = candidates;
  const from = pointerAt([...path, key]);
  const isFree = best !== undefined && valueAt(value, [...path, best]) === undefined;
  const inside = path.length === 0 ? '' : ` in "${path.map(String).join('.')}"`;
  return {
    code: 'WORKFLOW_INVALID',
    message: `Node ${nodeLabel(node)} has no ${member} "${key}"${inside}.${didYouMean(key, names) || inputsThereAre(names)}`,
    pointer: from,
    node: node.id,
    ...(names.length === 0 ? {} : { expected: `one of: ${names.join(', ')}` }),
    ...(best === undefined ? {} : { didYouMean: candidates }),
    suggestion: isFree
      ? [{ op: 'move', from, path: pointerAt([...path, best]) }]
      : [{ op: 'remove', path: from }],
  };
}

/** Up to so many inputs or members are all named where none is near. */
const mostNamed = 30;

function inputsThereAre(names: readonly string[]): string {
  if (names.length === 0) return ' It has none.';
  return names.length > mostNamed ? '' : ` There are: ${names.join(', ')}.`;
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

function valueAt(whole: Json, path: Path): unknown {
  let value: unknown = whole;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
