import type { Json } from '../../../core/json.ts';
import type { Compilation, Compiled, Read, RootName, ValueTypes } from './compilation.ts';
import { type Evaluation, evaluationError, spend } from './evaluation.ts';
import { ExpressionFault, unknownNameFault } from './fault.ts';
import { type Segment, walkMembers } from './members.ts';
import type { CelNode } from './parse-cel.ts';

/** A name that stands alone. */
export function compileName(node: CelNode, name: string, compilation: Compilation): Compiled {
  return compileRoot(node, name, [], compilation);
}

/** A name of the scope, or a variable, with the members that are asked of it. Throws ExpressionFault. */
export function compileRoot(
  node: CelNode,
  name: string,
  segments: readonly Segment[],
  compilation: Compilation,
): Compiled {
  const depth = compilation.locals.lastIndexOf(name);
  if (depth >= 0)
    return walkMembers({ run: ({ locals }) => locals[depth] ?? null, types: undefined }, segments);
  const [first, ...rest] = segments;
  switch (name) {
    case 'nodes':
      if (first === undefined)
        throw incomplete(node, 'nodes', 'the id of a node: nodes.look, nodes["my node"]');
      return walkMembers(nodeOutput(node, first, rest, compilation), rest);
    case 'workflow':
      if (first?.key === 'input') return walkMembers(plain(node, 'workflow.input', rest, compilation), rest);
      throw incomplete(node, 'workflow', 'workflow.input');
    case 'secrets':
      if (first !== undefined && rest.length === 0) return secret(node, first, compilation);
      throw incomplete(node, 'secrets', 'one name that is written out: secrets.API_KEY');
    case 'user':
      return walkMembers(plain(node, 'vars', segments, compilation), segments);
    case 'input':
    case 'vars':
    case 'globals':
    case 'item':
    case 'index':
      return walkMembers(plain(node, name, segments, compilation), segments);
    default:
      throw unknownName(node, name, compilation);
  }
}

/** The names an author may write. */
export const rootNames: readonly string[] = [
  ...['input', 'nodes', 'workflow', 'vars', 'user', 'globals', 'item', 'index', 'secrets'],
];

function unknownName(node: CelNode, name: string, { source, locals }: Compilation): ExpressionFault {
  const known = [...locals, ...rootNames];
  const fault = unknownNameFault('name', name, known, node.start);
  const before = /([\w.]+)-$/.exec(source.slice(0, node.start))?.[1];
  const owner = before?.includes('.') === true ? before : undefined;
  const dot = owner?.lastIndexOf('.') ?? -1;
  const quoted = owner && `${owner.slice(0, dot)}["${owner.slice(dot + 1)}-${name}"]`;
  const inMember = quoted === undefined ? '' : ` If "-${name}" belongs to a member's name, write ${quoted}.`;
  const asNode = ` The output of a node is nodes.${name}, a text stands in quotes.`;
  return new ExpressionFault({ ...fault, message: `${fault.message}${inMember === '' ? asNode : inMember}` });
}

function incomplete(node: CelNode, name: string, expected: string): ExpressionFault {
  return new ExpressionFault({
    code: 'WORKFLOW_INVALID',
    message: `"${name}" stands for nothing by itself: write ${expected}.`,
    offset: node.start,
    expected,
  });
}

function note(
  compilation: Compilation,
  node: CelNode,
  read: Omit<Read, 'offset' | 'end' | 'isGuarded'>,
  last?: Segment,
): void {
  const { isGuarded } = compilation;
  compilation.reads.push({ ...read, offset: node.start, end: last?.end ?? node.end, isGuarded });
}

function nodeOutput(
  node: CelNode,
  first: Segment,
  rest: readonly Segment[],
  compilation: Compilation,
): Compiled {
  const { key: id, offset } = first;
  const { isGuarded } = compilation;
  note(
    compilation,
    node,
    { name: 'nodes', node: id, path: rest.map(({ key }) => key) },
    rest.at(-1) ?? first,
  );
  return {
    types: isGuarded ? undefined : ['object'],
    run: (evaluation) => {
      spend(evaluation, 1, offset);
      const output = evaluation.scope.node(id);
      if (output !== undefined) return output;
      if (isGuarded) return null;
      const message = `node "${id}" gave nothing: it was skipped, or has not run.`;
      const hint = `Write default(nodes[${JSON.stringify(id)}]..., <value>) for when it gives nothing.`;
      throw evaluationError(evaluation, offset, message, hint, 'UNRESOLVED_REFERENCE');
    },
  };
}

function secret(node: CelNode, first: Segment, compilation: Compilation): Compiled {
  const { key: name, offset } = first;
  note(compilation, node, { name: 'secrets', path: [name] }, first);
  return {
    types: ['string'],
    run: (evaluation) => {
      spend(evaluation, 1, offset);
      return evaluation.scope.secret(name);
    },
  };
}

type PlainName = Exclude<RootName, 'nodes' | 'secrets'>;

function plain(node: CelNode, name: PlainName, path: readonly Segment[], compilation: Compilation): Compiled {
  const last = path.at(-1);
  note(compilation, node, { name, path: path.map(({ key }) => key) }, last);
  return {
    types: plainTypes[name],
    run: (evaluation) => {
      spend(evaluation, 1, node.start);
      return valueOfName(name, evaluation, node.start);
    },
  };
}

const plainTypes: Readonly<Record<PlainName, ValueTypes>> = {
  input: undefined,
  'workflow.input': ['object'],
  vars: ['object'],
  globals: ['object'],
  item: undefined,
  index: ['number'],
};

function valueOfName(name: PlainName, evaluation: Evaluation, offset: number): Json {
  const { scope } = evaluation;
  if (name === 'input') return scope.input;
  if (name === 'workflow.input') return scope.workflowInput;
  if (name === 'vars' || name === 'globals') return scope[name];
  const value = scope[name];
  if (value !== undefined) return value;
  const message = `"${name}" is there inside a loop only.`;
  const hint = 'Use it in the nodes of a forEach, or name the variable of map() and filter() yourself.';
  throw evaluationError(evaluation, offset, message, hint, 'UNRESOLVED_REFERENCE');
}
