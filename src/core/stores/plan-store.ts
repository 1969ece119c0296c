import type { JsonObject } from '../json.ts';

/** Compiled workflows of one workspace, each by the hash of all that it was compiled from. Kill-safe: each can be compiled again. */
export interface PlanStore {
  get(key: string): Promise<JsonObject | undefined>;
  put(key: string, plan: JsonObject): Promise<void>;
  /** Forgets those that were compiled before this moment; gives their number. */
  forgetBefore(atMs: number): Promise<number>;
}
