import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { memberKey } from '../../src/bus/fusion/claimed-keys.ts';
import { targetFusion } from '../../src/bus/fusion/target-fusion.ts';
import { stillNamed } from '../../src/bus/memo/claim.ts';
import { wires } from '../../src/bus/wiring.ts';
import { asString, type Json } from '../../src/core/json.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { leanRef } from '../../src/wwise/objects/lean-ref.ts';
import { isIgnored, notKept } from '../../src/wwise/objects/not-kept.ts';
import { objectDesignator } from '../../src/wwise/objects/object-designator.ts';
import { refOf } from '../../src/wwise/objects/object-row.ts';
import { explaining } from '../../src/wwise/objects/set-objects.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';

export const setNotes = defineCommand({
  name: 'set_notes',
  title: 'Set notes',
  description: 'Write the Notes field of an object, replacing the text or adding lines behind it.',
  toolset: 'objects',
  effect: 'update',
  revert: setsAgain,
  examples: [
    {
      title: 'Write a note',
      input: { objectId: '\\Containers\\Default Work Unit\\Wind', notes: 'Needs a longer tail.' },
    },
  ],
  waapiCalls: 3,
  input: z.strictObject({
    objectId: objectDesignator('The object.').register(wires, { kind: 'object' }),
    notes: z.string().max(100_000).describe('The text.'),
    append: z.boolean().default(false).describe('Behind the present text.'),
  }),
  output: z.object({ object: leanRef, notes: z.string(), previousNotes: z.string() }),
  async run({ objectId, notes, append }, context) {
    const before = await findObject(objectId, context, { returns: ['notes'] });
    const previousNotes = noted(before.row.notes);
    const value = append ? appended(previousNotes, notes) : notes;
    await explaining(`set the notes of "${before.path}"`, () =>
      context.waapi.call('ak.wwise.core.object.setNotes', { object: before.id, value }),
    );
    const { row } = await findObject(before.id, context, { returns: ['notes'] });
    const kept = noted(row.notes);
    if (isIgnored(value, previousNotes, kept))
      throw notKept(`the notes of "${before.path}" are what they were`, { object: refOf(row) });
    return { object: refOf(row), notes: kept, previousNotes };
  },
  achieved: ({ objectId, notes, append }, { object }) => [
    { kind: 'notes', id: object.id, notes, part: append },
    ...stillNamed(objectId, object.id),
  ],
  fusion: targetFusion({
    members: () => [],
    lanes: ['notes'],
    returns: ['notes'],
    prepare: (input: { objectId: string; notes: string; append: boolean }, view, before) => {
      const previousNotes = noted(before.row.notes);
      const notes = input.append ? appended(previousNotes, input.notes) : input.notes;
      return {
        change: { kind: 'members', objectId: before.id, members: { notes } },
        before: null,
        holds: [[memberKey(before.id, 'notes'), view.nodeId]],
        output: ({ row }) => ({ object: refOf(row), notes: noted(row.notes), previousNotes }),
      };
    },
  }),
});

function appended(previousNotes: string, notes: string): string {
  return previousNotes === '' ? notes : `${previousNotes}\n${notes}`;
}

function noted(notes: Json | undefined): string {
  return asString(notes) ?? '';
}
