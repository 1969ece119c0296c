import type { ChangeRecord } from '../../../core/backend/change-record.ts';
import type { ErrorCode } from '../../../core/errors.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { MemoState, Result } from '../../../core/result.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import type { KeptOutput, NamedArtifact } from '../values/outputs.ts';

/** What became of one node. */
export type ResultRow =
  | {
      readonly node: string;
      readonly type: string;
      readonly ok: true;
      readonly memo: MemoState;
      readonly idemKey: string | null;
      readonly durationMs: number;
      /** What the node gave; empty for a very large output, which lies in `artifact`. */
      readonly data: JsonObject;
      readonly artifact?: NamedArtifact;
      /** Taken over from an earlier part of the same run. */
      readonly reused?: true;
      /** What it said to the person who follows the run. */
      readonly said?: readonly string[];
    }
  | {
      readonly node: string;
      readonly type: string;
      readonly ok: false;
      readonly code: ErrorCode;
      readonly error: string;
      readonly hint: string;
      readonly details?: JsonObject;
      readonly durationMs: number;
    };

/** What a node did to the project, as its calls showed. */
export interface SeenEffect {
  /** What the project looked like before, where the command reports it. */
  readonly before: Json | undefined;
  readonly changed: boolean;
  /** What its calls changed; undefined where that was not seen. */
  readonly changes: readonly ChangeRecord[] | undefined;
  /** What it said to the person who follows the run. */
  readonly said?: readonly string[];
}

export const nothingSeen: SeenEffect = { before: undefined, changed: false, changes: [] };

const nothing: readonly string[] = [];

/** The row of a node; `kept` stands for its output. */
export function resultRowOf(
  { id: node, type }: PlanNode,
  result: Result,
  durationMs: number,
  { data, artifact }: KeptOutput,
  said: readonly string[] = nothing,
): ResultRow {
  if (result.ok) {
    const { memo, idemKey } = result;
    const row = { node, type, ok: true, memo, idemKey, durationMs, data } as const;
    if (artifact === undefined && said.length === 0) return row;
    return {
      ...row,
      ...(artifact === undefined ? {} : { artifact }),
      ...(said.length === 0 ? {} : { said }),
    };
  }
  const { code, error, hint, details } = result;
  return {
    node,
    type,
    ok: false,
    code,
    error,
    hint,
    ...(details === undefined ? {} : { details }),
    durationMs,
  };
}
