/**
 * How the effect of a command is rolled back once others have changed something, so that an undo would take their work. The
 * calls that do it come from what the command's own calls were seen to change: what was there before each, and what it left.
 * What is meanwhile something else than it left is not touched.
 */
export type Revert =
  | {
      /** What the calls do, as a sentence. */
      readonly calls: string;
      /** What they cannot put back, as a sentence: then nothing of the command is rolled back. */
      readonly except?: string;
    }
  /** Why nothing of it is, as a sentence; an undo still does. */
  | { readonly never: string };
