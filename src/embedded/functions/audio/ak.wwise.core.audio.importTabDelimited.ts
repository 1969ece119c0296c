import { asString } from '../../../core/json.ts';
import { readImportFile } from '../../audio/files/read-import-file.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { importedRows, runImport } from '../answers/import-answer.ts';
import { defineFunction } from '../define-function.ts';

/**
 * Imports what a tab-delimited file says, row by row, in one undo step. The answer has only what was made: rows that could
 * not be imported are Errors in the channel `general` of the log, with their line.
 */
export const audioImportTabDelimited = defineFunction({
  uri: 'ak.wwise.core.audio.importTabDelimited',
  async run(args, options, context) {
    const rows = await readImportFile(asString(args.importFile) ?? '');
    if (!rows.ok) throw waapiErrors.fileError(rows.problem, { files: [asString(args.importFile) ?? ''] });
    const { importOperation, importLanguage, importLocation } = args;
    const outcome = await runImport(
      {
        importOperation,
        default: { importLanguage, ...(importLocation === undefined ? {} : { importLocation }) },
        imports: rows.entries.map(({ entry }) => entry),
      },
      context,
    );
    for (const { severity, message, index } of outcome.log) {
      const line = typeof index === 'number' ? rows.entries[index]?.line : undefined;
      const level = severity === 'Error' ? 'Error' : 'Warning';
      context.instance.log.add(
        'general',
        level,
        `${asString(args.importFile)}:${line}: ${asString(message)}`,
      );
    }
    return { objects: await importedRows(outcome, options, context) };
  },
});
