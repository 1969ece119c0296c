import type { ChangeRecord } from '../../../core/backend/change-record.ts';
import type { ErrorCode } from '../../../core/errors.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { MemoState, Result } from '../../../core/result.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import type { PaidCost } from '../usage/node-cost.ts';
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
      /** What it cost, where a price is known. */
      readonly cost?: PaidCost;
      /** The most memory the process had in use while it was under way, in bytes. */
      readonly peakMemoryBytes?: number;
      /** How often it, or a part of it, was tried again; left out: it was not. */
      readonly retries?: number;
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
      /** What was paid before it failed. */
      readonly cost?: PaidCost;
      readonly peakMemoryBytes?: number;
      readonly retries?: number;
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
  /** How often it, or a part of it, was tried again. */
  readonly retries?: number;
}

export const nothingSeen: SeenEffect = { before: undefined, changed: false, changes: [] };

const nothing: readonly string[] = [];

/** What is known of an execution beside its outcome. */
export interface RowExtras {
  readonly said?: readonly string[] | undefined;
  readonly cost?: PaidCost | undefined;
  readonly peakMemoryBytes?: number | undefined;
  readonly retries?: number | undefined;
}

const noExtras: RowExtras = {};

/** The row of a node; `kept` stands for its output. */
export function resultRowOf(
  { id: node, type }: PlanNode,
  result: Result,
  durationMs: number,
  { data, artifact }: KeptOutput,
  { said = nothing, cost, peakMemoryBytes, retries = 0 }: RowExtras = noExtras,
): ResultRow {
  if (result.ok) {
    const { memo, idemKey } = result;
    const row = {
      node,
      type,
      ok: true,
      memo,
      idemKey,
      durationMs,
      ...memory(peakMemoryBytes),
      ...(retries === 0 ? {} : { retries }),
      data,
    } as const;
    if (artifact === undefined && said.length === 0 && cost === undefined) return row;
    return {
      ...row,
      ...(artifact === undefined ? {} : { artifact }),
      ...(cost === undefined ? {} : { cost }),
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
    ...(cost === undefined ? {} : { cost }),
    ...memory(peakMemoryBytes),
    ...(retries === 0 ? {} : { retries }),
  };
}

function memory(peakMemoryBytes: number | undefined): { readonly peakMemoryBytes?: number } {
  return peakMemoryBytes === undefined ? {} : { peakMemoryBytes };
}
