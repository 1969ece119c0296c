import type { Json } from '../../../core/json.ts';
import type { Evaluation } from './evaluation.ts';
import type { CelNode } from './parse-cel.ts';

/** The names an expression may use. */
export type RootName =
  | 'input'
  | 'nodes'
  | 'workflow.input'
  | 'vars'
  | 'globals'
  | 'item'
  | 'index'
  | 'secrets';

/** Something of its scope that an expression reads. */
export interface Read {
  readonly name: RootName;
  /** Of `nodes`: which. */
  readonly node?: string;
  /** The members it goes down, as far as they are written out; the name of a secret is the first. */
  readonly path: readonly string[];
  /** Where it is written, in the text of the expression. */
  readonly offset: number;
  readonly end: number;
  /** It stands in has() or default(), which mean what is missing too. */
  readonly isGuarded: boolean;
}

export type JsonTypeName = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

/** The types a value can have; undefined: any. */
export type ValueTypes = readonly JsonTypeName[] | undefined;

/** A part of an expression, ready to be evaluated. */
export interface Compiled {
  readonly run: (evaluation: Evaluation) => Json;
  readonly types: ValueTypes;
}

/** What is collected while an expression is compiled. */
export interface Compilation {
  readonly source: string;
  idAt(offset: number): string | undefined;
  readonly reads: Read[];
  /** Variables of map(), filter() and the like around a part, the innermost last. */
  readonly locals: readonly string[];
  readonly isGuarded: boolean;
  /** Compiles a part of it. */
  compile(node: CelNode, compilation: Compilation): Compiled;
}

export function startCompilation(
  source: string,
  idAt: Compilation['idAt'],
  compile: Compilation['compile'],
): Compilation {
  return { source, idAt, reads: [], locals: [], isGuarded: false, compile };
}
