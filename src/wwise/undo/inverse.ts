import type { JsonObject } from '../../core/json.ts';

/** A WAAPI call that puts back what was there before. */
export interface InverseCall {
  readonly uri: string;
  readonly args: JsonObject;
}

/** How an effect is taken back without undo. */
export type Reversal =
  | { readonly kind: 'delete'; readonly ids: readonly string[] }
  | {
      readonly kind: 'calls';
      readonly calls: readonly InverseCall[];
      /** What these calls cannot put back, as a sentence; an undo of Wwise does. */
      readonly leaves?: string;
    }
  /** It went into these objects: deleting them takes it back, nothing else does. */
  | { readonly kind: 'within'; readonly ids: readonly string[]; readonly why: string }
  | { readonly kind: 'none'; readonly why: string };
