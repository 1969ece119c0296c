/**
 * The syntax tree of a WAQL query and of a return expression. Every node keeps the 1-based position of its first
 * character in the text, for messages. Names are kept as written; they are looked up without case.
 */
export interface QueryNode {
  readonly source: SourceNode;
  readonly transforms: readonly TransformNode[];
}

export interface TextNode {
  readonly position: number;
  readonly text: string;
}

export type SourceNode =
  | { readonly kind: 'objects'; readonly position: number; readonly specs: readonly TextNode[] }
  | { readonly kind: 'types'; readonly position: number; readonly types: readonly TextNode[] }
  | { readonly kind: 'query'; readonly position: number; readonly spec: TextNode }
  | { readonly kind: 'search'; readonly position: number; readonly text: TextNode }
  | { readonly kind: 'project'; readonly position: number };

export type TransformNode =
  | { readonly kind: 'where'; readonly position: number; readonly condition: ExpressionNode }
  | { readonly kind: 'select'; readonly position: number; readonly paths: readonly PathNode[] }
  | { readonly kind: 'orderby'; readonly position: number; readonly key: PathNode; readonly reverse: boolean }
  | { readonly kind: 'skip' | 'take'; readonly position: number; readonly count: number }
  | { readonly kind: 'distinct'; readonly position: number };

export type CompareOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | ':';

export type ExpressionNode =
  | { readonly kind: 'or' | 'and'; readonly position: number; readonly terms: readonly ExpressionNode[] }
  | { readonly kind: 'not'; readonly position: number; readonly term: ExpressionNode }
  | CompareNode
  | LiteralNode
  | PathNode;

export interface CompareNode {
  readonly kind: 'compare';
  readonly position: number;
  readonly operator: CompareOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export type LiteralNode =
  | { readonly kind: 'string'; readonly position: number; readonly text: string }
  | { readonly kind: 'number'; readonly position: number; readonly value: number }
  | { readonly kind: 'boolean'; readonly position: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly position: number }
  | { readonly kind: 'regex'; readonly position: number; readonly pattern: string };

export interface PathNode {
  readonly kind: 'path';
  readonly position: number;
  readonly steps: readonly StepNode[];
}

/** `Name` takes accessors first, `@Name` the value stored on the object, `@@Name` the value in effect. */
export type MemberForm = 'bare' | 'stored' | 'effective';

export type StepNode =
  | { readonly kind: 'member'; readonly position: number; readonly form: MemberForm; readonly name: string }
  | { readonly kind: 'call'; readonly position: number; readonly name: string; readonly argument: TextNode }
  | {
      readonly kind: 'filter';
      readonly position: number;
      readonly name: FilterFunction;
      readonly condition: ExpressionNode | null;
    }
  | {
      readonly kind: 'slice';
      readonly position: number;
      readonly name: SliceFunction;
      readonly count: number;
    }
  | { readonly kind: 'concat'; readonly position: number; readonly paths: readonly PathNode[] }
  | { readonly kind: 'compose'; readonly position: number; readonly items: readonly ReturnItemNode[] };

export type FilterFunction = 'count' | 'any' | 'all' | 'first' | 'last' | 'where';
export type SliceFunction = 'at' | 'take' | 'skip';

/**
 * One return expression: a path, or a condition in parentheses such as `(activeSource != null)`, which is true or false.
 * The member of the row is named `alias`, or the text as written.
 */
export interface ReturnItemNode {
  readonly text: string;
  readonly value: PathNode | ExpressionNode;
  readonly alias: string | null;
}
