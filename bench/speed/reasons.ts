import type { SpeedRow } from './row.ts';

/** Why a goal is missed where it is, by the beginning of its row: what profiles showed. */
const reasons: readonly (readonly [begins: string, why: string])[] = [];

/** The rows, each missed one with its reason where one is known. */
export function withReasons(rows: readonly SpeedRow[]): readonly SpeedRow[] {
  return rows.map((row) => {
    if (row.isMet || row.why !== undefined) return row;
    return { ...row, why: reasons.find(([begins]) => row.what.startsWith(begins))?.[1] };
  });
}
