import { importedRows, runImport } from '../answers/import-answer.ts';
import { defineFunction } from '../define-function.ts';

/**
 * Creates objects and imports audio files in one undo step. Never fails because of a file: each one that could not be
 * imported is an Error in `log`, with the index of its entry.
 */
export const coreAudioImport = defineFunction({
  uri: 'ak.wwise.core.audio.import',
  async run(args, options, context) {
    const outcome = await runImport(args, context);
    const objects = await importedRows(outcome, options, context);
    return { objects, files: [...outcome.files], log: [...outcome.log] };
  },
});
