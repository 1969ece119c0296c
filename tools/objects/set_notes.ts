import { z } from 'zod';
import { asString, type Json } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { setsMembers } from '../../src/wwise/batching/description/sets-members.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import { isIgnored, notKept } from '../../src/wwise/objects/changes/not-kept.ts';
import { explained } from '../../src/wwise/objects/changes/set-objects.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

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
  achieved: ({ objectId, notes, append }, { object }) => [
    { kind: 'notes', id: object.id, notes, part: append },
    ...stillNamed(objectId, object.id),
  ],
  ...setsMembers({
    members: () => ['notes'],
    change: ({ notes, append }: { objectId: string; notes: string; append: boolean }, before) => {
      const previousNotes = noted(before.row.notes);
      const text = append ? appended(previousNotes, notes) : notes;
      return {
        sets: [{ kind: 'notes', text }],
        output: (row) => {
          const kept = noted(row.notes);
          if (isIgnored(text, previousNotes, kept))
            throw notKept(`the notes of "${before.path}" are what they were`, { object: refOf(row) });
          return { object: refOf(row), notes: kept, previousNotes };
        },
      };
    },
    refused: (error, _input, { before }) => explained(error, `set the notes of "${before.path}"`),
  }),
});

function appended(previousNotes: string, notes: string): string {
  return previousNotes === '' ? notes : `${previousNotes}\n${notes}`;
}

function noted(notes: Json | undefined): string {
  return asString(notes) ?? '';
}
