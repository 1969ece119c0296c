import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { stillNamed, valuesHeld } from '../../src/wwise/claims/claim.ts';
import { stingerFacts, stingerPoints, stingersOf } from '../../src/wwise/lists/music-structure.ts';
import { callObjectSet } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const setStinger = defineCommand({
  name: 'set_stinger',
  title: 'Set stinger',
  description:
    'Let a Trigger play a short Music Segment over a music object, or no more. Make the Trigger with create_object.',
  toolset: 'music',
  effect: 'update',
  revert: {
    calls: 'A Stinger it added is deleted.',
    except: `One that it replaced comes back ${exactlyOrByUndo}`,
  },
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
  waapiCalls: 5,
  version: 2,
  input: z.strictObject({
    objectId: objectField('Music Segment or music container.').register(wires, { kind: 'object' }),
    trigger: objectField('The Trigger.'),
    segment: objectField('').nullable().describe('Music Segment; null removes the stinger.'),
    playAt: z.enum(stingerPoints).default('nextBar').describe('When it begins.'),
    waitSeconds: z.number().min(0).max(3_600).optional().describe('Not again for so long, in s.'),
  }),
  output: z.object({ object: leanRef, stingers: z.array(stingerFacts).describe('All it has now.') }),
  async run({ objectId, trigger, segment, playAt, waitSeconds }, context) {
    const [object, found, music] = await findObjects(
      [objectId, trigger, ...(segment === null ? [] : [segment])],
      context,
      { returns: ['@Stingers'] },
    );
    if (object === undefined || found === undefined) throw missing();
    expectType(object, 'objectId', 'MusicSegment', 'MusicPlaylistContainer', 'MusicSwitchContainer');
    expectType(found, 'trigger', 'Trigger');
    if (music !== undefined) expectType(music, 'segment', 'MusicSegment');
    const before = await stingersOf(object.row['@Stingers'], context);
    const present = before.find((stinger) => stinger.trigger?.id === found.id);
    const aim = `set the stinger of "${object.path}"`;
    if (music === undefined) {
      if (present !== undefined)
        await context.waapi.call('ak.wwise.core.object.delete', { object: present.id });
    } else {
      const values: JsonObject = {
        '@Trigger': found.id,
        '@Segment': music.id,
        '@PlaySegmentAt': stingerPoints.indexOf(playAt),
        ...(waitSeconds === undefined ? {} : { '@DontPlayAgainTime': waitSeconds }),
      };
      const change: JsonObject =
        present === undefined
          ? { object: object.id, '@Stingers': [{ type: 'MusicStinger', name: '', ...values }] }
          : { object: present.id, ...values };
      await callObjectSet([change], context, { aim, listMode: 'append', returns: ['id'] });
    }
    const { row } = await findObject(object.id, context, { returns: ['@Stingers'] });
    const stingers = await stingersOf(row['@Stingers'], context);
    const now = stingers.find((stinger) => stinger.trigger?.id === found.id);
    if (now?.segment?.id !== music?.id) throw notKept(object.path, music?.path ?? 'nothing');
    return { object: refOf(row), stingers };
  },
  achieved: ({ objectId, trigger, segment, playAt, waitSeconds }, { object, stingers }) => {
    const ids = stingers.map(({ id }) => id);
    const named = stillNamed(objectId, object.id);
    if (segment === null)
      return [{ kind: 'answers', id: object.id, expression: '@Stingers', answer: ids }, ...named];
    const made = stingers.find((one) => one.trigger !== null && isNamed(one.trigger, trigger));
    if (made?.trigger === undefined || made.trigger === null || made.segment === null) return [];
    return [
      { kind: 'holds', id: object.id, expression: '@Stingers', items: [made.id] },
      { kind: 'reference', id: made.id, reference: 'Trigger', targetId: made.trigger.id },
      { kind: 'reference', id: made.id, reference: 'Segment', targetId: made.segment.id },
      ...valuesHeld(made.id, {
        PlaySegmentAt: stingerPoints.indexOf(playAt),
        DontPlayAgainTime: waitSeconds,
      }),
      ...named,
      ...stillNamed(trigger, made.trigger.id),
      ...stillNamed(segment, made.segment.id),
    ];
  },
});

/** Whether a designator ends with the name of an object, or is its GUID. */
function isNamed({ id, name }: { readonly id: string; readonly name: string }, designator: string): boolean {
  return id === designator || /[^\\:]*$/.exec(designator)?.[0].toLowerCase() === name.toLowerCase();
}

function missing(): WwiseFlowError {
  return new WwiseFlowError('OBJECT_NOT_FOUND', 'Wwise did not find the object and the Trigger.', {
    hint: 'Check objectId and trigger with get_object.',
  });
}

function notKept(path: string, wanted: string): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `Wwise accepted the call, but the stinger of "${path}" does not play ${wanted}.`,
    { hint: 'Look at it with get_music.', details: { object: path } },
  );
}
