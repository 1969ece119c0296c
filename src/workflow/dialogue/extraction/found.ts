import type { Leaf } from '../dialogue.ts';
import type { FieldFinding } from '../finding.ts';
import type { Span } from './words-of.ts';

/** Something found for a field, and where; `span` is undefined where it was all of the answer. */
export interface Found {
  readonly leaf: Leaf;
  readonly finding: FieldFinding;
  readonly span: Span | undefined;
}
