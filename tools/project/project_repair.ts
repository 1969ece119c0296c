import { z } from 'zod';
import { confirmationRequired } from '../../src/core/dispatch/checks/confirmation.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const forGood =
  'The files are written. Neither undo nor a roll back brings back what was there: only version control or a copy does.';

/** How many are shown. */
const shown = 100;

export const projectRepair = defineCommand({
  name: 'project_repair',
  title: 'Repair GUIDs that stand twice',
  description:
    'Look at objects that have the GUID of another, as merges and copied files leave them; give them GUIDs of their own, or remove them. Writes the files at once, and undo does not bring back what was there: without confirm: true, or with preview, it only lists.',
  toolset: 'project',
  effect: 'barrier',
  hints: { destructive: true },
  examples: [{ title: 'See what would be repaired', input: {} }],
  waapiCalls: 0,
  input: z.strictObject({
    action: z
      .enum(['look', 'newIds', 'remove'])
      .default('look')
      .describe('remove takes the second one away, a Work Unit with its file.'),
    files: z
      .array(z.string().trim().min(1).max(4_000))
      .min(1)
      .max(500)
      .optional()
      .describe('Only what stands in these, by the paths that look gives.'),
    preview: z.boolean().default(false).describe('Only list what the action would do.'),
    confirm: z.boolean().default(false).describe('Do it, for good.'),
  }),
  output: z.object({
    repairs: z.array(
      z.object({
        id: z.string().describe('The GUID that stands twice.'),
        type: z.string(),
        name: z.string(),
        below: z.int().describe('How many below it stand twice, too.'),
        filePath: z.string().describe('Where the second one is.'),
        firstFilePath: z.string().describe('Where the one is that keeps the GUID.'),
        newName: z.string().nullable().describe('With a GUID of its own; null: it is removed.'),
      }),
    ),
    total: z.int(),
    done: z.boolean().describe('False where it was only looked at.'),
    note: z.string().optional().describe('After a repair: what brings back what was there.'),
  }),
  async run({ action, files, preview, confirm }, context) {
    await context.project();
    const does = action !== 'look' && !preview && confirm;
    const found = await context.projectFiles.repair(does ? action : 'look', files ?? null);
    const repairs = found?.map((repair) => (action === 'remove' ? { ...repair, newName: null } : repair));
    if (repairs === undefined) {
      throw new WwiseFlowError(
        'INVALID_INPUT',
        'Files are repaired where WwiseFlow itself has the project open.',
        {
          hint: 'Close the project in Wwise and start with --project, or outside of a preview.',
        },
      );
    }
    const items = repairs.slice(0, shown).map((repair) => ({ ...repair }));
    if (action !== 'look' && !preview && !confirm && repairs.length > 0) {
      const what = action === 'remove' ? 'removed' : 'given GUIDs of their own';
      throw confirmationRequired(
        `${repairs.length} objects would be ${what}, which undo does not bring back.`,
        {
          hint: 'Check details.repairs, see that the files are in version control or copied, then call again with confirm: true.',
          details: { total: repairs.length, repairs: items },
        },
      );
    }
    const done = does && repairs.length > 0;
    return { repairs: items, total: repairs.length, done, ...(done && { note: forGood }) };
  },
});
