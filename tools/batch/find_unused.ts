import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { unusedKind, unusedObjects } from '../../src/wwise/objects/references/unused-objects.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const findUnused = defineCommand({
  name: 'find_unused',
  title: 'Find unused objects',
  description:
    'List what no Event or other object refers to. Game code may still use names it knows: look before remove_unused.',
  toolset: 'batch',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Find unused Game Syncs', input: { kind: 'gameSyncs' } }],
  waapiCalls: 8,
  input: z.strictObject({
    kind: unusedKind,
    under: objectDesignator('Only below this.').optional(),
    ...pageInput,
  }),
  output: z.object({
    unused: z
      .array(leanRef.extend({ below: z.int() }))
      .describe('Topmost objects; below: how many go with them.'),
    ...pageOutput,
    ...unreadableOutput,
  }),
  async run(input, context) {
    const { kind, under } = input;
    const { items, ...rest } = page(
      'find_unused',
      input,
      await unusedObjects(kind, under, context),
      (one) => ({
        ...one,
      }),
    );
    return { unused: items, ...rest };
  },
});
