import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { referrersOf } from '../../src/wwise/objects/references/referrers.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const referencesTo = defineCommand({
  name: 'references_to',
  title: 'References to an object',
  description:
    'List who refers to an object and how (Actions, routing, playlists, RTPCs...), before changing or deleting it.',
  toolset: 'query',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [
    { title: 'See who uses a container', input: { objectId: '\\Containers\\Default Work Unit\\Steps' } },
  ],
  waapiCalls: 4,
  input: z.strictObject({
    objectId: objectDesignator('The object.'),
    descendants: z.boolean().default(false).describe('Also to what is below it.'),
    ...pageInput,
  }),
  output: z.object({
    object: leanRef,
    references: z.array(
      z.object({ from: leanRef, reference: z.string(), through: leanRef.nullable(), targetId: z.string() }),
    ),
    ...pageOutput,
    ...unreadableOutput,
  }),
  async run(input, context) {
    const { objectId, descendants } = input;
    const found = await findObject(objectId, context);
    const below = descendants ? await askRows(`$ "${found.id}" select descendants`, ['id'], context) : [];
    const referrers = await referrersOf([found.id, ...below.map((row) => refOf(row).id)], context);
    const all = referrers.map(({ home, holder, reference, targetId }) => ({
      from: home,
      reference,
      // An inner object such as a playlist item or an RTPC holds the reference for its owner.
      through: holder.id === home.id ? null : holder,
      targetId,
    }));
    const { items, ...rest } = page('references_to', input, all, ({ from, through, ...rest }) => ({
      ...rest,
      from: { ...from },
      through: through === null ? null : { ...through },
    }));
    return { object: refOf(found.row), references: items, ...rest };
  },
});
