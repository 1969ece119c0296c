import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { randomCases } from '../../../harness/amount.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';

const home = '\\Containers\\Default Work Unit';
const one = '\\Switches\\Default Work Unit\\Surface\\One';
const attenuation = '\\Attenuations\\Default Work Unit\\Far';
const sound = `${home}\\Steps\\A`;

type Call = readonly [string, JsonObject];

const points = fc
  .uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 5 })
  .map((xs) => xs.sort((a, b) => a - b).map((x) => ({ x, y: -x / 2, shape: 'Linear' })));

const platform = fc.constantFrom<JsonObject>({}, { platform: 'Windows' });

/** Edits of everything that objects hold beside plain values; some are refused, which must change nothing. */
const edit: fc.Arbitrary<Call> = fc.oneof(
  fc
    .constantFrom('A', 'B')
    .map(
      (child): Call => [
        'switchContainer.addAssignment',
        { child: `${home}\\Steps\\${child}`, stateOrSwitch: one },
      ],
    ),
  fc
    .constantFrom('A', 'B')
    .map(
      (child): Call => [
        'switchContainer.removeAssignment',
        { child: `${home}\\Steps\\${child}`, stateOrSwitch: one },
      ],
    ),
  fc
    .record({
      points,
      platform,
      curveType: fc.constantFrom('SpreadUsage', 'DualShelfUsage', 'VolumeDryUsage'),
    })
    .map(
      ({ points: given, platform: on, curveType }): Call => [
        'object.setAttenuationCurve',
        { object: attenuation, curveType, use: 'Custom', points: given, ...on },
      ],
    ),
  fc
    .record({ min: fc.integer({ min: -50, max: 0 }), on: platform, enabled: fc.boolean() })
    .map(
      ({ min, on, enabled }): Call => [
        'object.setRandomizer',
        { object: sound, property: 'Pitch', min, enabled, ...on },
      ],
    ),
  fc
    .subarray(['StateGroup:Mood', 'StateGroup:Health'])
    .map((stateGroups): Call => ['object.setStateGroups', { object: sound, stateGroups }]),
  fc
    .subarray(['Volume', 'Pitch', 'Lowpass', 'MakeUpGain'])
    .map((stateProperties): Call => ['object.setStateProperties', { object: sound, stateProperties }]),
  fc
    .subarray(['events', 'structures', 'media'])
    .chain((filter) =>
      fc
        .constantFrom('add', 'remove', 'replace')
        .map(
          (operation): Call => [
            'soundbank.setInclusions',
            { soundbank: 'SoundBank:Main', operation, inclusions: [{ object: sound, filter }] },
          ],
        ),
    ),
  fc
    .boolean()
    .map(
      (linked): Call => [
        'object.setLinked',
        { object: sound, property: 'Volume', platform: 'Windows', linked },
      ],
    ),
  fc.constant<Call>(['object.pasteProperties', { source: sound, targets: [`${home}\\Steps\\B`] }]),
  fc.constant<Call>(['object.delete', { object: `${home}\\Steps\\B` }]),
  fc
    .integer({ min: 1, max: 200 })
    .map(
      (max): Call => [
        'gameParameter.setRange',
        { object: 'GameParameter:Speed', min: 0, max, onCurveUpdate: 'stretch' },
      ],
    ),
);

async function prepare({ call }: EngineRoom): Promise<void> {
  const create = (parent: string, type: string, name: string, more: JsonObject = {}) =>
    call('object.create', { parent: `\\${parent}\\Default Work Unit`, type, name, ...more });
  await create('Switches', 'SwitchGroup', 'Surface', { children: [{ type: 'Switch', name: 'One' }] });
  for (const name of ['Mood', 'Health'])
    await create('States', 'StateGroup', name, { children: [{ type: 'State', name: 'Low' }] });
  await create('Attenuations', 'Attenuation', 'Far');
  await create('Game Parameters', 'GameParameter', 'Speed');
  await create('SoundBanks', 'SoundBank', 'Main');
  await create('Containers', 'SwitchContainer', 'Steps', {
    '@SwitchGroupOrStateGroup': '\\Switches\\Default Work Unit\\Surface',
    children: ['A', 'B'].map((name) => ({ type: 'Sound', name, '@Volume': -3 })),
  });
}

function bytes(room: EngineRoom): string {
  const root = join(room.dir, 'Test');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.wwu'))
    .sort()
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n');
}

describe('undoing edits of curves, States, assignments, randomizers and SoundBanks', () => {
  it('restores every byte, and redoing them gives the same bytes as before', async () => {
    await withEngine(async (room) => {
      await prepare(room);
      await room.call('project.save');
      const before = bytes(room);
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (calls) => {
          await room.call('undo.beginGroup');
          for (const [uri, args] of calls) await room.call(uri, args).catch(() => undefined);
          await room.call('object.setNotes', { object: home, value: 'touched' });
          await room.call('undo.endGroup', { displayName: 'all of it' });
          await room.call('project.save');
          const after = bytes(room);
          await room.call('undo.undo');
          await room.call('project.save');
          expect(bytes(room)).toBe(before);
          await room.call('undo.redo');
          await room.call('project.save');
          expect(bytes(room)).toBe(after);
          await room.call('undo.undo');
        }),
        randomCases(5, 50),
      );
    });
  });
});
