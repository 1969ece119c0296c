import type { Json } from '../../../../core/json.ts';
import type { WwiseObject } from '../../../model/model.ts';
import type { ExpressionNode, PathNode, ReturnItemNode } from '../../ast.ts';
import type { Kind, Value } from '../value.ts';
import type { Scope } from './scope.ts';

/** A condition ready to run. */
export type Condition = (object: WwiseObject) => boolean;

/** A path ready to run. */
export interface CompiledPath {
  readonly kind: Kind;
  read(object: WwiseObject): Value;
}

/** One member of a row. */
export interface CompiledReturnItem {
  readonly key: string;
  read(object: WwiseObject): Json | undefined;
}

/** `query`: where, select, orderby; `return`: options.return, the only clause for `{a, b}`. */
export type Usage = 'query' | 'return';

/** Turns syntax into functions, once per call. Conditions hold paths and paths hold conditions: both reach the other here. */
export interface Compiler {
  readonly scope: Scope;
  condition(node: ExpressionNode): Condition;
  path(node: PathNode, usage: Usage): CompiledPath;
  returnItem(node: ReturnItemNode): CompiledReturnItem;
}
