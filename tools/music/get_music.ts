import { z } from 'zod';
import { fitAnswer } from '../../src/core/answers/fit-answer.ts';
import {
  cuesOf,
  musicCue,
  playlistBelow,
  playlistItem,
  stingerFacts,
  stingersOf,
  tableEntry,
  tableOf,
  transitionRule,
  transitionsBelow,
} from '../../src/wwise/lists/music-structure.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { referenceIdOf, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const shape = z.object({
  object: leanRef,
  tempo: z.number().optional(),
  endMs: z.number().optional(),
  cues: z.array(musicCue).optional(),
  playlist: z.array(playlistItem).optional(),
  groups: z.array(z.string()).optional().describe('Left out where this Wwise does not say.'),
  entries: z.array(tableEntry).optional(),
  transitions: z.array(transitionRule).optional().describe('The last one that fits counts.'),
  stingers: z.array(stingerFacts),
  truncated: z.string().nullable().describe('What was left out; null when nothing was.'),
});

export const getMusic = defineCommand({
  name: 'get_music',
  title: 'Get music',
  description:
    'Show what a music object holds: cues, tempo, playlist, switch table, transition rules, stingers.',
  toolset: 'music',
  effect: 'read',
  readsOnly: 'one object',
  examples: [
    { title: 'Look at a switch table', input: { objectId: '\\Containers\\Default Work Unit\\Moods' } },
  ],
  waapiCalls: 2,
  input: z.strictObject({ objectId: objectField('Music Segment or music container.') }),
  output: shape,
  async run({ objectId }, context) {
    const members = [
      'Tempo',
      'EndPosition',
      'Cues',
      'Stingers',
      'TransitionRoot',
      'PlaylistRoot',
      'Arguments',
    ];
    const returns = [...members, 'Entries'].map((name) => `@${name}`);
    const found = await findObject(objectId, context, { returns });
    expectType(found, 'objectId', 'MusicSegment', 'MusicPlaylistContainer', 'MusicSwitchContainer');
    const { row, type } = found;
    const transitions = referenceIdOf(row['@TransitionRoot']);
    const playlist = referenceIdOf(row['@PlaylistRoot']);
    const { '@Tempo': tempo, '@EndPosition': endMs } = row;
    const all = {
      object: refOf(row),
      ...(typeof tempo === 'number' ? { tempo } : {}),
      ...(typeof endMs === 'number' ? { endMs } : {}),
      ...(type === 'MusicSegment' ? { cues: await cuesOf(row['@Cues'], context) } : {}),
      ...(playlist === null ? {} : { playlist: await playlistBelow(playlist, context) }),
      // Before 2023.1 WAAPI gives no table: nothing is reported then, rather than an empty one.
      ...(row['@Entries'] === undefined ? {} : await tableOf(row, context)),
      ...(transitions === null ? {} : { transitions: await transitionsBelow(transitions, context) }),
      stingers: await stingersOf(row['@Stingers'], context),
    };
    const { answer, truncated } = fitAnswer(all, 'The rest lies below their ids: see it with query_waql.');
    return shape.parse({ ...answer, truncated });
  },
});
