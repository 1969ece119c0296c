import { z } from 'zod';
import { asJsonArray, asJsonObject, asString } from '../../src/core/json.ts';
import { controlledFiles } from '../../src/wwise/files/source-control.ts';
import { wwiseLog, wwiseLogOf } from '../../src/wwise/log/wwise-log.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const sourceControlStatus = defineCommand({
  name: 'source_control_status',
  title: 'Source control status',
  description:
    'Read status and owner of files in source control, before changing them. Needs a running Wwise.',
  toolset: 'sourcecontrol',
  effect: 'read',
  readsOnly: 'files, readable or not',
  examples: [
    { title: 'Ask who has a Work Unit', input: { files: ['/audio/Containers/Default Work Unit.wwu'] } },
  ],
  checkedOn: 'scripted peer',
  waapiCalls: 1,
  input: z.strictObject({ files: controlledFiles }),
  output: z.object({
    files: z.array(z.object({ file: z.string(), status: z.string(), owner: z.string() })),
    log: wwiseLog,
  }),
  async run({ files }, context) {
    const answer = await explaining('read the source control status', () =>
      context.waapi.call('ak.wwise.core.sourceControl.getStatus', { files }),
    );
    const rows = asJsonArray(answer.result).map(asJsonObject);
    return {
      files: files.map((file, at) => ({
        file,
        status: asString(rows[at]?.status) ?? '',
        owner: asString(rows[at]?.owner) ?? '',
      })),
      log: wwiseLogOf(answer.log),
    };
  },
});
