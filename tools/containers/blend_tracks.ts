import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { fittedPage } from '../../src/core/answers/fitted-page.ts';
import { pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { blendTrack, blendTracksOf } from '../../src/wwise/lists/blend-tracks.ts';
import { expectType } from '../../src/wwise/objects/expect-type.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { leanRef } from '../../src/wwise/objects/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/object-field.ts';
import { refOf } from '../../src/wwise/objects/object-row.ts';

export const blendTracks = defineCommand({
  name: 'blend_tracks',
  title: 'Blend tracks',
  description: 'List the Blend Tracks of a Blend Container with their children and ranges.',
  toolset: 'containers',
  effect: 'read',
  examples: [
    {
      title: 'List the tracks of a Blend Container',
      input: { container: '\\Containers\\Default Work Unit\\Engine' },
    },
  ],
  waapiCalls: 4,
  input: z.strictObject({ container: objectField('Blend Container.'), ...pageInput }),
  output: z.object({ container: leanRef, tracks: z.array(blendTrack), ...pageOutput }),
  async run({ container, ...wanted }, context) {
    const found = expectType(await findObject(container, context), 'container', 'BlendContainer');
    const { items, ...page } = fittedPage(await blendTracksOf(found.id, context), wanted, (one) => one);
    return { container: refOf(found.row), tracks: items, ...page };
  },
});
