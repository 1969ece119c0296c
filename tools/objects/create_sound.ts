import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { childFusion } from '../../src/bus/fusion/child-fusion.ts';
import { stillNamed, valuesHeld } from '../../src/bus/memo/claim.ts';
import { isMade } from '../../src/bus/memo/create-memo.ts';
import { wires } from '../../src/bus/wiring.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { onNameConflict } from '../../src/wwise/objects/child-spec.ts';
import { createChild, namesakesBefore, settleChild } from '../../src/wwise/objects/create-child.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { objectDesignator, objectName } from '../../src/wwise/objects/object-designator.ts';
import { type CreatedRef, createdRef } from '../../src/wwise/objects/object-row.ts';

export const createSound = defineCommand({
  name: 'create_sound',
  title: 'Create sound',
  description:
    'Create an empty Sound, then give it audio with audio_import, which with parentPath does both. For every other type use create_object.',
  toolset: 'objects',
  effect: 'create',
  examples: [
    {
      title: 'Create an empty Sound',
      input: { name: 'Door', parentPath: '\\Containers\\Default Work Unit' },
    },
  ],
  waapiCalls: 4,
  input: z.strictObject({
    name: objectName('Name of the Sound.'),
    parentPath: objectDesignator('Work Unit, folder or container.'),
    voice: z.boolean().default(false).describe('A localised Sound Voice.'),
    onNameConflict,
  }),
  output: createdRef.extend({
    objectId: z
      .string()
      .describe('GUID of the Sound, as other commands take it.')
      .register(wires, {
        kind: 'object',
        types: ['Sound'],
      }),
  }),
  async run({ name, parentPath, voice, onNameConflict }, context) {
    const parent = await findObject(parentPath, context);
    const members = membersOf(voice);
    return withObjectId(await createChild(parent, { type: 'Sound', name, onNameConflict, members }, context));
  },
  achieved: ({ parentPath, voice }, made) => [
    isMade(made),
    ...valuesHeld(made.id, membersOf(voice)),
    ...stillNamed(parentPath, made.parentId),
  ],
  before: ({ parentPath, name }, context) => namesakesBefore(parentPath, name, context),
  async settle({ parentPath, name, onNameConflict }, before, context) {
    const created = await settleChild(
      { parent: parentPath, name, type: 'Sound', onNameConflict, before },
      context,
    );
    return created === null ? null : withObjectId(created);
  },
  fusion: childFusion({
    describe: ({ voice }: { name: string; parentPath: string; voice: boolean }) => ({
      type: 'Sound',
      members: membersOf(voice),
    }),
    output: withObjectId,
  }),
});

function membersOf(voice: boolean): JsonObject {
  return voice ? { '@IsVoice': true } : {};
}

function withObjectId(created: CreatedRef) {
  return { ...created, objectId: created.id };
}
