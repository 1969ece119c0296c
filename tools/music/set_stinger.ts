import { z } from 'zod';
import { WwiseFlowError } from '../../src/base/errors.ts';
import { asJsonArray } from '../../src/base/json.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { expectType } from '../../src/bus/expect-type.ts';
import { findObject, findObjects } from '../../src/bus/find-object.ts';
import { leanRef } from '../../src/bus/lean-ref.ts';
import { objectField } from '../../src/bus/object-field.ts';
import { refOf } from '../../src/bus/object-row.ts';
import { setObjects } from '../../src/bus/set-objects.ts';
import { wires } from '../../src/bus/wiring.ts';

/** By the number Wwise gives PlaySegmentAt. */
const places = [
  'immediate',
  'nextGrid',
  'nextBar',
  'nextBeat',
  'nextCue',
  'customCue',
  'entryCue',
  'exitCue',
] as const;

export const setStinger = defineCommand({
  name: 'set_stinger',
  title: 'Add stinger',
  description:
    'Add a stinger to a music object: a Trigger plays a short Music Segment over the music. Make the Trigger with create_object.',
  toolset: 'music',
  effect: 'update',
  examples: [
    {
      title: 'Play a stinger on a hit',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Theme',
        trigger: 'Trigger:Hit',
        segment: '\\Containers\\Default Work Unit\\Moods\\Calm',
      },
    },
  ],
  hints: { idempotent: false },
  waapiCalls: 3,
  input: z.strictObject({
    objectId: objectField('Music Segment or music container.').register(wires, { kind: 'object' }),
    trigger: objectField('The Trigger.'),
    segment: objectField('The Music Segment that plays.'),
    playAt: z.enum(places).default('nextBar').describe('When it begins.'),
    waitSeconds: z.number().min(0).max(3_600).optional().describe('Not again for so long, in s.'),
  }),
  output: z.object({ object: leanRef, stingers: z.int().describe('Stingers it has now.') }),
  async run({ objectId, trigger, segment, playAt, waitSeconds }, context) {
    const [object, found, music] = await findObjects([objectId, trigger, segment], context, {
      returns: ['@Stingers'],
    });
    if (object === undefined || found === undefined || music === undefined) throw missing();
    expectType(found, 'trigger', 'Trigger');
    expectType(music, 'segment', 'MusicSegment');
    const stinger = {
      type: 'MusicStinger',
      name: '',
      '@Trigger': found.id,
      '@Segment': music.id,
      '@PlaySegmentAt': places.indexOf(playAt),
      ...(waitSeconds === undefined ? {} : { '@DontPlayAgainTime': waitSeconds }),
    };
    await setObjects([{ object: object.id, '@Stingers': [stinger] }], context, {
      aim: `add a stinger to "${object.path}"`,
      listMode: 'append',
      returns: ['id'],
    });
    const { row } = await findObject(object.id, context, { returns: ['@Stingers'] });
    const stingers = asJsonArray(row['@Stingers']).length;
    if (stingers > asJsonArray(object.row['@Stingers']).length) return { object: refOf(row), stingers };
    throw new WwiseFlowError(
      'WAAPI_ERROR',
      `Wwise accepted the call, but "${object.path}" has no new stinger.`,
      {
        hint: 'Give a Music Segment, Music Playlist Container or Music Switch Container.',
        details: { object: refOf(row) },
      },
    );
  },
});

function missing(): WwiseFlowError {
  return new WwiseFlowError('OBJECT_NOT_FOUND', 'Wwise did not find all three objects.', {
    hint: 'Check objectId, trigger and segment with get_object.',
  });
}
