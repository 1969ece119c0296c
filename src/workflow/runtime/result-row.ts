import type { MemoState, Result } from '../../bus/result.ts';
import type { ErrorCode } from '../../core/errors.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Change } from '../../wwise/undo/changes/change.ts';
import type { PlanNode } from '../compiler/plan.ts';

/** What became of one node. */
export type ResultRow =
  | {
      readonly node: string;
      readonly type: string;
      readonly ok: true;
      readonly memo: MemoState;
      readonly idemKey: string | null;
      readonly durationMs: number;
      /** What the node gave; for a very large output `{ artifact, bytes }`: the file it was written to. */
      readonly data: JsonObject;
      /** Taken over from an earlier part of the same run. */
      readonly reused?: true;
      /** What it told the person who follows the run. */
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
  /** What the project looked like before, where the command tells. */
  readonly before: Json | undefined;
  readonly changed: boolean;
  /** What its calls changed; undefined where that was not seen. */
  readonly changes: readonly Change[] | undefined;
  /** What it told the person who follows the run. */
  readonly said?: readonly string[];
}

export const noEffect: SeenEffect = { before: undefined, changed: false, changes: [] };

const nothing: readonly string[] = [];

/** The row of a node; `data` stands for its output. */
export function rowOf(
  { id: node, type }: PlanNode,
  result: Result,
  durationMs: number,
  data: JsonObject,
  said: readonly string[] = nothing,
): ResultRow {
  if (result.ok) {
    const { memo, idemKey } = result;
    const row = { node, type, ok: true, memo, idemKey, durationMs, data } as const;
    return said.length === 0 ? row : { ...row, said };
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
