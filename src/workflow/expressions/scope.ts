import type { Json, JsonObject } from '../../core/json.ts';

/** What an expression can look at. */
export interface ExpressionScope {
  /** What flows into the node. */
  readonly input: Json;
  /** What a node gave; undefined where it has not run or was skipped. */
  node(id: string): JsonObject | undefined;
  readonly workflowInput: JsonObject;
  readonly vars: JsonObject;
  readonly globals: JsonObject;
  /** Inside a loop only. */
  readonly item?: Json;
  readonly index?: number;
  /** The secret of this name. Throws where there is none. */
  secret(name: string): string;
  /** A text as a name that the back-end takes for an object of a type; where it is left out, cleanName() fails. */
  readonly cleanName?: (text: string, type: string) => string;
  /** What several evaluations may cost together, in steps; each takes from it. */
  readonly budget?: { left: number };
}

/** What all expressions of one input may cost together: some tenths of a second. */
export const INPUT_STEPS = 4_000_000;
