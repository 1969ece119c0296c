/**
 * How the effect of a command is taken back once others have changed something, so that Wwise's undo would take their work.
 * The calls that do it come from what the command's own calls were seen to change: what was there before each, and what it
 * left. What is meanwhile something else than it left is not touched.
 */
export type Revert =
  | {
      /** What the calls do, as a sentence. */
      readonly calls: string;
      /** What they cannot put back, as a sentence: then nothing of the command is taken back. */
      readonly except?: string;
    }
  /** Why nothing of it is, as a sentence; an undo of Wwise still does. */
  | { readonly never: string };

/** Of a command that makes objects. */
export const deletesWhatItMade: Revert = {
  calls: 'What it made is deleted, unless it holds what others put there.',
};

/** Of a command that sets values. */
export const setsAgain: Revert = {
  calls: 'What was there before is set again, unless others have changed it since.',
};

/** Of a command that deletes. */
export const onlyByUndo: Revert = { never: 'What was deleted comes back through Undo in Wwise only.' };
