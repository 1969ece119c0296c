import { asJsonArray, asString } from '../../base/json.ts';
import { importAudio } from '../audio/import-audio.ts';
import { returnRow } from '../waql/return-row.ts';
import { defineFunction } from './define-function.ts';

/**
 * Creates objects and imports audio files in one undo step. Never fails because of a file: each one that could not be
 * imported is an Error in `log`, with the index of its entry.
 */
export const audioImport = defineFunction({
  uri: 'ak.wwise.core.audio.import',
  async run(args, options, { project, sessionId }) {
    const outcome = await project.edit('Import', sessionId, (editor) => importAudio(args, project, editor));
    const expressions = asJsonArray(options.return).filter((item) => typeof item === 'string');
    const wanted = expressions.length === 0 ? ['id', 'name'] : expressions;
    const view = { platform: asString(options.platform), language: asString(options.language) };
    const objects = outcome.objects.map((object) => returnRow(project.model, object, wanted, view));
    return { objects, files: [...outcome.files], log: [...outcome.log] };
  },
});
