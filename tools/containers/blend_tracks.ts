import { z } from 'zod';
import { blendTrack, blendTracksOf } from '../../src/bus/blend-tracks.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { expectType } from '../../src/bus/expect-type.ts';
import { findObject } from '../../src/bus/find-object.ts';
import { leanRef } from '../../src/bus/lean-ref.ts';
import { objectField } from '../../src/bus/object-field.ts';
import { refOf } from '../../src/bus/object-row.ts';
import { pageInput, pageOf, pageOutput } from '../../src/bus/page.ts';

export const blendTracks = defineCommand({
  name: 'blend_tracks',
  title: 'Blend tracks',
  description:
    'List the Blend Tracks of a Blend Container with their children and ranges. To add one use add_blend_track.',
  toolset: 'containers',
  effect: 'read',
  examples: [
    {
      title: 'List the tracks of a Blend Container',
      input: { container: '\\Containers\\Default Work Unit\\Engine' },
    },
  ],
  waapiCalls: 4,
  input: z.strictObject({ container: objectField('The Blend Container.'), ...pageInput }),
  output: z.object({ container: leanRef, tracks: z.array(blendTrack), ...pageOutput }),
  async run({ container, ...wanted }, context) {
    const found = expectType(await findObject(container, context), 'container', 'BlendContainer');
    const { items, ...page } = pageOf(await blendTracksOf(found.id, context), wanted);
    return { container: refOf(found.row), tracks: items, ...page };
  },
});
