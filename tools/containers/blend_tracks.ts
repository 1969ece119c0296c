import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { blendTrack, blendTracksOf } from '../../src/wwise/lists/blend-tracks.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const blendTracks = defineCommand({
  name: 'blend_tracks',
  title: 'Blend tracks',
  description: 'List the Blend Tracks of a Blend Container with their children and ranges.',
  toolset: 'containers',
  effect: 'read',
  readsOnly: 'one container',
  examples: [
    {
      title: 'List the tracks of a Blend Container',
      input: { objectId: '\\Containers\\Default Work Unit\\Engine' },
    },
  ],
  formerInputs: { container: 'objectId' },
  waapiCalls: 2,
  input: z.strictObject({ objectId: objectField('Blend Container.'), ...pageInput }),
  output: z.object({ container: leanRef, tracks: z.array(blendTrack), ...pageOutput }),
  async run(input, context) {
    const { objectId } = input;
    const found = expectType(await findObject(objectId, context), 'objectId', 'BlendContainer');
    const { items, ...rest } = page('blend_tracks', input, await blendTracksOf(found.id, context));
    return { container: refOf(found.row), tracks: items, ...rest };
  },
});
