/**
 * What a dialogue says in one language where its template has no words of its own: sentences with `{label}`, `{value}` and the like
 * in them.
 */
export interface DialogueWords {
  readonly yes: string;
  readonly no: string;
  readonly or: string;
  readonly noUnit: string;
  readonly yesOrNo: string;
  readonly needAnswer: string;
  readonly notUnderstood: string;
  readonly allRight: string;
  readonly isRight: string;
  readonly whatDifferent: string;
  readonly again: string;
  readonly valuesNotConfirmed: string;
  readonly noAnswer: string;
  readonly defaultTaken: string;
  readonly forRole: string;
  /** `{why}` is a sentence. */
  readonly unasked: string;
  readonly noModel: string;
  /** What a number may be; each begins with a blank. */
  readonly range: { readonly between: string; readonly atLeast: string; readonly atMost: string };
  /** Why what was understood does not do; `{unit}` begins with a blank where there is one. */
  readonly problems: Readonly<Record<ProblemKind, string>>;
}

export type ProblemKind =
  | 'several'
  | 'tooSmall'
  | 'tooLarge'
  | 'wrongUnit'
  | 'tooLong'
  | 'noMatch'
  | 'noSuchObject'
  | 'wrongType'
  | 'wrongKind';
