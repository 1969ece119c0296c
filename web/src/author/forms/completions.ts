import type { FunctionName } from '../../api/wire.ts';
import type { Reference } from './references.ts';

/** Every name that an expression of one input may use. */
export interface Names {
  readonly references: readonly Reference[];
  readonly functions: readonly FunctionName[];
  /** By `vars`, `globals`, `workflow.input`: the names below. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly isInLoop: boolean;
}

export interface Completion {
  readonly label: string;
  /** What it is, in a few words. */
  readonly detail: string;
  readonly insert: string;
  readonly kind: 'variable' | 'function' | 'property' | 'reference';
  /** Above others by so much. */
  readonly boost?: number;
}

export interface Completions {
  /** Where what they replace begins. */
  readonly from: number;
  readonly options: readonly Completion[];
}

/** What could be written where `before` ends. Undefined where nothing is known that could. */
export function completionsAt(before: string, names: Names): Completions | undefined {
  const opened = before.lastIndexOf('{{');
  if (opened > before.lastIndexOf('}}')) return inExpression(before, opened + 2, names);
  const reference = /\$[\w:.$-]*$/.exec(before);
  if (reference === null && before.trim() !== '') return undefined;
  return {
    from: reference?.index ?? before.length,
    options: names.references
      .filter(({ text }) => text.startsWith('$') || reference === null)
      .map(({ text, label, fits }) => ({
        ...{ label: text, detail: label, insert: text, kind: 'reference' as const },
        ...(fits ? { boost: 10 } : {}),
      })),
  };
}

function inExpression(before: string, start: number, names: Names): Completions | undefined {
  const inside = before.slice(start);
  // In a text of the expression nothing is a name.
  if ((inside.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1) return undefined;
  const [path = ''] = /(?:[A-Za-z_][\w-]*(?:\["[^"]*"\])?\.)*[A-Za-z_]?[\w-]*$/.exec(inside) ?? [];
  const dot = path.lastIndexOf('.');
  const from = before.length - (path.length - dot - 1);
  const options = dot < 0 ? rootNames(names) : membersOfPath(path.slice(0, dot), names);
  return options.length === 0 ? undefined : { from, options };
}

function rootNames({ functions, isInLoop }: Names): readonly Completion[] {
  const roots: readonly (readonly [name: string, detail: string])[] = [
    ...(isInLoop
      ? [['item', 'the item of the loop'] as const, ['index', 'its number, from 0'] as const]
      : []),
    ['nodes', 'what steps gave'],
    ['input', 'what flows into the step'],
    ['workflow', 'workflow.input: inputs of the workflow'],
    ['vars', 'values of the workflow'],
    ['globals', 'values of the workflow'],
  ];
  return [
    ...roots.map(([label, detail], index) => ({
      ...{ label, detail, insert: label, kind: 'variable' as const, boost: 90 - index },
    })),
    ...functions.map(({ name, signature, gives }) => ({
      ...{ label: signature, detail: gives, insert: `${name}(`, kind: 'function' as const },
    })),
  ];
}

function membersOfPath(path: string, { references, members }: Names): readonly Completion[] {
  if (path === 'workflow') return [property('input', 'inputs of the workflow')];
  const known = members[path];
  if (known !== undefined) return known.map((name) => property(name, path));
  if (path === 'nodes') {
    const ids = new Set(
      references.flatMap(({ expression }) => /^nodes\.([\w-]+)\./.exec(expression)?.[1] ?? []),
    );
    return [...ids].map((id) => property(id, 'what this step gave'));
  }
  return references
    .filter(({ expression }) => expression.startsWith(`${path}.`) && path.startsWith('nodes'))
    .map(({ expression, fits }) => ({
      ...property(expression.slice(path.length + 1), fits ? 'fits' : ''),
      ...(fits ? { boost: 10 } : {}),
    }));
}

function property(name: string, detail: string): Completion {
  return { label: name, detail, insert: name, kind: 'property' };
}
