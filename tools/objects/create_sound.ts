import { z } from 'zod';
import type { JsonObject } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { createsChild } from '../../src/wwise/batching/description/creates-child.ts';
import { stillNamed, valuesHeld } from '../../src/wwise/claims/claim.ts';
import { isMade } from '../../src/wwise/claims/create-memo.ts';
import { onNameConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { objectDesignator, objectName } from '../../src/wwise/objects/finding/object-designator.ts';
import { type CreatedRef, createdRef } from '../../src/wwise/objects/rows/object-row.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const input = z.strictObject({
  name: objectName('Name of the Sound.'),
  parentPath: objectDesignator('Work Unit, folder or container.'),
  voice: z.boolean().default(false).describe('A localised Sound Voice.'),
  onNameConflict,
});

type Input = z.output<typeof input>;

export const createSound = defineCommand({
  name: 'create_sound',
  title: 'Create sound',
  description:
    'Create an empty Sound, then give it audio with audio_import, which with parentPath does both. For every other type use create_object.',
  toolset: 'objects',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
  examples: [
    {
      title: 'Create an empty Sound',
      input: { name: 'Door', parentPath: '\\Containers\\Default Work Unit' },
    },
  ],
  waapiCalls: 3,
  input,
  output: createdRef.extend({
    objectId: z
      .string()
      .describe('GUID of the Sound, as other commands take it.')
      .register(wires, {
        kind: 'object',
        types: ['Sound'],
      }),
  }),
  achieved: ({ parentPath, voice }, made) => [
    isMade(made),
    ...valuesHeld(made.id, membersOf(voice)),
    ...stillNamed(parentPath, made.parentId),
  ],
  ...createsChild({
    type: () => 'Sound',
    members: ({ voice }: Input) => membersOf(voice),
    output: withObjectId,
  }),
});

function membersOf(voice: boolean): JsonObject {
  return voice ? { '@IsVoice': true } : {};
}

function withObjectId(created: CreatedRef) {
  return { ...created, objectId: created.id };
}
