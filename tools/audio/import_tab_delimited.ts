import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, isJsonObject } from '../../src/core/json.ts';
import { createNewNotice, languageField } from '../../src/wwise/audio/import-many.ts';
import { type WwiseLog, wwiseLog, wwiseLogOf } from '../../src/wwise/log/wwise-log.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { leanRef } from '../../src/wwise/objects/lean-ref.ts';
import { lookUpObjects } from '../../src/wwise/objects/look-up-objects.ts';
import { objectField } from '../../src/wwise/objects/object-field.ts';
import { refOf, refReturns } from '../../src/wwise/objects/object-row.ts';
import { orRefusal } from '../../src/wwise/objects/or-refusal.ts';
import { explaining } from '../../src/wwise/objects/set-objects.ts';
import { localPath } from '../../src/wwise/objects/text-fields.ts';

export const importTabDelimited = defineCommand({
  name: 'import_tab_delimited',
  title: 'Import tab delimited file',
  description:
    'Import audio and properties from a tab-delimited text file (columns such as Audio File, Object Path, Volume).',
  toolset: 'audio',
  effect: 'update',
  revert: {
    calls: 'What it made is deleted; of a Sound that was there, the new source.',
    except: 'A source that it replaced, and Events it made, come back or go through Undo in Wwise only.',
  },
  memo: {
    never: 'What it does stands in the file, and Wwise does not tell which value came from which row.',
  },
  examples: [
    {
      title: 'Import what a spreadsheet lists',
      input: { filePath: '/audio/import.txt', importLocation: '\\Containers\\Default Work Unit' },
    },
  ],
  waapiCalls: 4,
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
    const told = asJsonArray(answer.objects).filter(isJsonObject).map(refOf);
    const ids = [...new Set(told.map(({ id }) => id))];
    const rows = ids.length === 0 ? new Map() : await lookUpObjects(ids, [], {}, context.waapi);
    const objects = told.filter(({ id }) => rows.has(id));
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

/** Rows that could not be imported are told here, not in the answer. Empty where Wwise gives no log. */
async function generalLog(context: CommandContext): Promise<WwiseLog> {
  const outcome = await orRefusal(() => context.waapi.call('ak.wwise.core.log.get', { channel: 'general' }));
  return 'done' in outcome ? wwiseLogOf(outcome.done.items) : [];
}
