import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, isJsonObject } from '../../src/core/json.ts';
import { withConvertedRows } from '../../src/wwise/audio/converting/converted-rows.ts';
import { createNewNotice, languageField } from '../../src/wwise/audio/importing/import-many.ts';
import { type WwiseLogItems, wwiseLog, wwiseLogOf } from '../../src/wwise/log/wwise-log.ts';
import { orRefusal } from '../../src/wwise/objects/changes/or-refusal.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { lookUpObjects } from '../../src/wwise/objects/finding/look-up-objects.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf, refReturns } from '../../src/wwise/objects/rows/object-row.ts';
import { localPath } from '../../src/wwise/objects/rows/text-fields.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const importTabDelimited = defineCommand({
  name: 'import_tab_delimited',
  title: 'Import tab delimited file',
  description:
    'Import audio and properties from a tab-delimited text file: a row of headers, then an object per row. Columns: Object Path (needed; types in angle brackets: <Random Container>Steps\\<Sound SFX>Step_1), Audio File (absolute, or relative to the text file), Audio File Base64, Object Type, Import Language, Originals Sub Folder, Notes, Audio Source Notes, Event (Play_Steps@Play; may stand several times), Dialogue Event, Switch Assignation, and any Property[Volume] or Reference[OutputBus]. An empty cell says nothing.',
  toolset: 'audio',
  effect: 'update',
  replaces: replacesWhatLiesThere,
  revert: {
    calls:
      'What it made is deleted; of a Sound that was there, the new source, and what it set is set again.',
    except: `A source that it replaced comes back, and Events that it made go, ${exactlyOrByUndo}`,
  },
  memo: {
    never: 'What it does stands in the file, and Wwise does not say which value came from which row.',
  },
  examples: [
    {
      title: 'Import what a spreadsheet lists',
      input: { filePath: '/audio/import.txt', importLocation: '\\Containers\\Default Work Unit' },
    },
  ],
  waapiCalls: 16,
  input: z.strictObject({
    filePath: localPath.describe('Absolute path.'),
    importLocation: objectField('Where relative paths begin.').optional(),
    language: languageField,
    importOperation: z
      .enum(['useExisting', 'createNew', 'replaceExisting'])
      .default('useExisting')
      .describe('When the object exists.'),
  }),
  output: z.object({
    objects: z.array(leanRef),
    total: z.int(),
    log: wwiseLog.describe('What went wrong, by row.'),
    notice: z.string().nullable(),
  }),
  async run({ filePath, importLocation, language, importOperation }, context) {
    const path = await context.readableFile(filePath);
    const location = importLocation === undefined ? undefined : await findObject(importLocation, context);
    const before = (await generalLog(context)).length;
    const answer = await withConvertedRows(path, context, (importFile) =>
      explaining(`import "${filePath}"`, () =>
        context.waapi.call(
          'ak.wwise.core.audio.importTabDelimited',
          {
            importFile,
            importLanguage: language,
            importOperation,
            ...(location === undefined ? {} : { importLocation: location.id }),
          },
          { return: [...refReturns] },
        ),
      ),
    );
    const reported = asJsonArray(answer.objects).filter(isJsonObject).map(refOf);
    const ids = [...new Set(reported.map(({ id }) => id))];
    const rows = ids.length === 0 ? new Map() : await lookUpObjects(ids, [], {}, context.waapi);
    const objects = reported.filter(({ id }) => rows.has(id));
    const log = (await generalLog(context)).slice(before).filter(({ severity }) => severity !== 'Message');
    if (objects.length === 0) {
      const [first] = log;
      const reason = first === undefined ? '' : ` ${first.message}`;
      throw new WwiseFlowError('IMPORT_FAILED', `Wwise imported nothing from "${filePath}".${reason}`, {
        hint: 'Check the column titles of the first line and the paths; details.log says more.',
        details: { filePath, log: log.slice(0, 20).map((entry) => ({ ...entry })) },
      });
    }
    const room = answerRoom();
    const shown = { log: room.take('log', log, 0.5), objects: room.take('objects', objects) };
    const notices = [
      room.notice('query_waql lists what is below the location.') ?? [],
      importOperation === 'createNew' ? createNewNotice : [],
    ].flat();
    return { ...shown, total: objects.length, notice: notices.length === 0 ? null : notices.join(' ') };
  },
});

/** Rows that could not be imported are reported here, not in the answer. Empty where Wwise gives no log. */
async function generalLog(context: CommandContext): Promise<WwiseLogItems> {
  const outcome = await orRefusal(() => context.waapi.call('ak.wwise.core.log.get', { channel: 'general' }));
  return 'done' in outcome ? wwiseLogOf(outcome.done.items) : [];
}
