import { z } from 'zod';
import { WwiseFlowError } from '../../src/base/errors.ts';
import { asJsonArray, isJsonObject } from '../../src/base/json.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { findObject } from '../../src/bus/find-object.ts';
import { languageField } from '../../src/bus/import-many.ts';
import { leanRef } from '../../src/bus/lean-ref.ts';
import { objectField } from '../../src/bus/object-field.ts';
import { refOf, refReturns } from '../../src/bus/object-row.ts';
import { explaining } from '../../src/bus/set-objects.ts';
import { localPath } from '../../src/bus/text-fields.ts';

export const importTabDelimited = defineCommand({
  name: 'import_tab_delimited',
  title: 'Import tab delimited file',
  description:
    'Import audio and properties from a tab-delimited text file (columns such as Audio File, Object Path, Volume).',
  toolset: 'audio',
  effect: 'update',
  examples: [
    {
      title: 'Import what a spreadsheet lists',
      input: { filePath: '/audio/import.txt', importLocation: '\\Containers\\Default Work Unit' },
    },
  ],
  waapiCalls: 2,
  input: z.strictObject({
    filePath: localPath.describe('Absolute path.'),
    importLocation: objectField('Where relative paths begin.').optional(),
    language: languageField,
    importOperation: z
      .enum(['useExisting', 'createNew', 'replaceExisting'])
      .default('useExisting')
      .describe('When the object exists.'),
  }),
  output: z.object({ objects: z.array(leanRef).describe('At most 200.'), total: z.int() }),
  async run({ filePath, importLocation, language, importOperation }, context) {
    const path = await context.readableFile(filePath);
    const location = importLocation === undefined ? undefined : await findObject(importLocation, context);
    const answer = await explaining(`import "${filePath}"`, () =>
      context.waapi.call(
        'ak.wwise.core.audio.importTabDelimited',
        {
          importFile: path,
          importLanguage: language,
          importOperation,
          ...(location === undefined ? {} : { importLocation: location.id }),
        },
        { return: [...refReturns] },
      ),
    );
    const objects = asJsonArray(answer.objects).filter(isJsonObject).map(refOf);
    if (objects.length === 0) {
      throw new WwiseFlowError('IMPORT_FAILED', `Wwise imported nothing from "${filePath}".`, {
        hint: 'Check the column titles of the first line and the paths; get_log with channel waapi may say more.',
        details: { filePath },
      });
    }
    return { objects: objects.slice(0, 200), total: objects.length };
  },
});
