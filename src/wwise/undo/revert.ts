import type { Revert } from '../../core/backend/revert.ts';

/** Of a command that makes objects. */
export const deletesWhatItMade: Revert = {
  calls: 'What it made is deleted, unless it holds what others put there.',
};

/** Of a command that sets values. */
export const setsAgain: Revert = {
  calls: 'What was there before is set again, unless others have changed it since.',
};

/** Where an engine reverts calls to the letter, and where it cannot. Follows what comes or goes. */
export const exactlyOrByUndo =
  'exactly as it was with --project, and through Undo only in a running Wwise, where an object made again has another GUID.';

/** Of a command that imports audio files. */
export const deletesWhatItImported: Revert = {
  calls: 'What it made is deleted; of a Sound that was there, the new source, and its values are set again.',
  except: `A source that it replaced comes back ${exactlyOrByUndo}`,
};

/** Of a command that deletes what is no object of its own. */
export const comesBack = { never: `What was deleted comes back ${exactlyOrByUndo}` } satisfies Revert;

/** Of a command that deletes objects, which may be Work Units or hold some. */
export const comesBackUnlessWorkUnit = {
  never: `${comesBack.never} A Work Unit, which is deleted from disk at once, comes back by nothing.`,
} satisfies Revert;
