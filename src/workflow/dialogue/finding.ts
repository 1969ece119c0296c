import type { Json } from '../../core/json.ts';

/** What was found in an answer for one field. A field for which nothing was found has none. */
export type FieldFinding =
  /** `isNamed`: the answer named the field, so that it may replace a value that is there. */
  | {
      readonly is: 'value';
      readonly value: Json;
      readonly words: string;
      readonly layer: ExtractionLayer;
      readonly isNamed?: boolean;
    }
  /** Several fit, and the answer does not say which. */
  | { readonly is: 'several'; readonly candidates: readonly Candidate[]; readonly words: string }
  /** Something was understood that the field cannot be. */
  | { readonly is: 'wrong'; readonly words: string; readonly problem: Wrong };

export type Candidate = { readonly value: Json; readonly label: string };

/** Where a value was found, the surest first. `given`: as data, by a client that knows the schema. `default`: by escalation. */
export type ExtractionLayer =
  | 'given'
  | 'option'
  | 'number'
  | 'yesNo'
  | 'date'
  | 'pattern'
  | 'rule'
  | 'project'
  | 'text'
  | 'model'
  | 'default';

/** Why what was understood does not do. */
export type Wrong =
  | { readonly why: 'tooSmall'; readonly value: number }
  | { readonly why: 'tooLarge'; readonly value: number }
  | { readonly why: 'wrongUnit'; readonly unit: string }
  | { readonly why: 'tooLong'; readonly length: number }
  | { readonly why: 'noMatch' }
  | { readonly why: 'noSuchObject'; readonly name: string }
  | { readonly why: 'wrongType'; readonly type: string }
  | { readonly why: 'wrongKind' };

/** What was understood of an answer, before anybody decides what follows from it. */
export type Understood = {
  readonly words: string;
  /** Whether it says yes or no, on the whole. */
  readonly consent: boolean | null;
  /** By path of field. */
  readonly findings: Readonly<Record<string, FieldFinding>>;
};
