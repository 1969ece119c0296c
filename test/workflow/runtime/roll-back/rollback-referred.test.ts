import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { type TwoClients, withTwoClients } from '../../../harness/two-clients.ts';
import { node } from '../../harness.ts';

/** What a run made and others came to need meanwhile: a rollback leaves it and names it, and takes the rest back. */

const containers = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';
const parameters = '\\Game Parameters\\Default Work Unit';
const banks = '\\SoundBanks\\Default Work Unit';
const states = '\\States\\Default Work Unit';
const switches = '\\Switches\\Default Work Unit';
const events = '\\Events\\Default Work Unit';
const theirs = `${containers}\\Theirs`;
const points = [
  { x: 0, y: -10 },
  { x: 100, y: 0 },
];

/** What A makes, what B does with it, and what holds it from then on. */
const needs: readonly {
  readonly name: string;
  readonly made: JsonObject;
  readonly path: string;
  readonly uses: readonly (readonly [command: string, input: JsonObject])[];
  readonly by: string;
}[] = [
  {
    name: 'a Sound that an Event of theirs plays',
    made: node('made', 'create_sound', { name: 'Fresh', parentPath: containers }),
    path: `${containers}\\Fresh`,
    uses: [['create_event', { name: 'Play_Theirs', targetPath: `${containers}\\Fresh` }]],
    by: 'Play_Theirs',
  },
  {
    name: 'a container of which an Event of theirs plays a child',
    made: node('made', 'set_objects', {
      objects: [
        {
          object: containers,
          children: [{ type: 'ActorMixer', name: 'Box', children: [{ type: 'Sound', name: 'In' }] }],
        },
      ],
    }),
    path: `${containers}\\Box`,
    uses: [['create_event', { name: 'Play_In', targetPath: `${containers}\\Box\\In` }]],
    by: 'Play_In',
  },
  {
    name: 'a bus that their object is routed to',
    made: node('made', 'create_object', { type: 'Bus', name: 'Fresh', parentPath: mainBus }),
    path: `${mainBus}\\Fresh`,
    uses: [['set_output_bus', { objectId: theirs, busPath: `${mainBus}\\Fresh` }]],
    by: theirs,
  },
  {
    name: 'a Game Parameter that drives their object',
    made: node('made', 'create_game_parameter', { name: 'Fresh', parentPath: parameters }),
    path: `${parameters}\\Fresh`,
    uses: [
      ['set_rtpc', { objectId: theirs, property: 'Volume', gameParameter: 'GameParameter:Fresh', points }],
    ],
    by: theirs,
  },
  {
    name: 'a State Group that their object follows',
    made: node('made', 'create_state_group', { name: 'Fresh', parentPath: states, members: ['On'] }),
    path: `${states}\\Fresh`,
    uses: [
      ['create_sound', { name: 'One', parentPath: theirs }],
      [
        'set_states',
        {
          objectId: `${theirs}\\One`,
          stateGroups: [`${states}\\Fresh`],
          values: [{ state: 'On', values: { Volume: -3 } }],
        },
      ],
    ],
    by: theirs,
  },
  {
    name: 'a Switch Group that their Switch Container follows',
    made: node('made', 'create_switch_group', { name: 'Fresh', parentPath: switches, members: ['Grass'] }),
    path: `${switches}\\Fresh`,
    uses: [
      ['create_object', { type: 'SwitchContainer', name: 'Choice', parentPath: theirs }],
      ['set_switch_group', { objectId: `${theirs}\\Choice`, group: `${switches}\\Fresh` }],
    ],
    by: 'Choice',
  },
  {
    name: 'a Sound that their SoundBank includes',
    made: node('made', 'create_sound', { name: 'Fresh', parentPath: containers }),
    path: `${containers}\\Fresh`,
    uses: [
      ['create_object', { type: 'SoundBank', name: 'Theirs', parentPath: banks }],
      [
        'set_inclusions',
        {
          soundbank: `${banks}\\Theirs`,
          inclusions: [{ object: `${containers}\\Fresh`, filter: ['events', 'structures', 'media'] }],
        },
      ],
    ],
    by: `${banks}\\Theirs`,
  },
  {
    name: 'an Event to which they added an Action',
    made: node('made', 'create_event', { name: 'Fresh', targetPath: theirs }),
    path: `${events}\\Fresh`,
    uses: [['add_action', { objectId: `${events}\\Fresh`, type: 'Stop', targetPath: theirs }]],
    by: `${events}\\Fresh\\`,
  },
  {
    name: 'a State Group to which they added a State',
    made: node('made', 'create_state_group', { name: 'Fresh', parentPath: states, members: ['On'] }),
    path: `${states}\\Fresh`,
    uses: [['create_object', { type: 'State', name: 'Theirs', parentPath: `${states}\\Fresh` }]],
    by: 'Theirs',
  },
  {
    name: 'a folder in which they made a Game Parameter',
    made: node('made', 'create_object', { type: 'Folder', name: 'Fresh', parentPath: parameters }),
    path: `${parameters}\\Fresh`,
    uses: [['create_game_parameter', { name: 'Theirs', parentPath: `${parameters}\\Fresh` }]],
    by: 'Theirs',
  },
];

const others: readonly JsonObject[] = [
  node('beside', 'create_sound', { name: 'Beside', parentPath: containers }),
  node('loud', 'set_property', { objectId: '$from:beside:$output:id', property: 'Volume', value: -3 }),
];

async function report(
  { a, b, run, runs, beforeCall }: TwoClients,
  { made, uses }: (typeof needs)[number],
  when: 'after the run' | 'in its undo group',
): Promise<JsonObject> {
  await a.done('create_object', { type: 'ActorMixer', name: 'Theirs', parentPath: containers });
  let isUsed = false;
  const use = async () => {
    for (const [command, input] of uses) await b.done(command, input);
    isUsed = true;
  };
  if (when === 'in its undo group') {
    beforeCall((uri) => /undo\.(cancelGroup|endGroup)$/.test(uri), use);
    const failing = node('last', 'set_notes', { objectId: `${containers}\\nowhere`, notes: 'x' });
    const nodes = [made, ...others, failing];
    const edges = nodes.slice(1).map(({ id }, at) => ({ source: nodes[at]?.id ?? '', target: id ?? '' }));
    const { answer } = await run({ onError: 'rollback', nodes, edges });
    expect(isUsed).toBe(true);
    const { rollback, notRolledBack, rolledBack } = Object(answer.details);
    return { ...rollback, notRolledBack, rolledBack };
  }
  const { executionId, answer } = await run({ nodes: [made, ...others] });
  expect(answer).toMatchObject({ ok: true });
  await use();
  const rolledBack = await runs.rollback(executionId);
  return { ...rolledBack.data };
}

describe.each(['after the run', 'in its undo group'] as const)('what others came to need %s', (when) => {
  it.each(needs)('stays and is named: $name', (need) =>
    withTwoClients(async (room) => {
      const answer = await report(room, need, when);
      expect(answer).toMatchObject({
        rolledBack: expect.arrayContaining(['beside']),
        notRolledBack: [{ node: 'made', why: expect.stringContaining(need.by) }],
        verified: false,
      });
      await room.b.done('get_object', { objectId: need.path });
      await room.b.refused('get_object', { objectId: `${containers}\\Beside` });
    }),
  );
});

describe('what only the run itself refers to', () => {
  it('is rolled back, in whatever order it was made', () =>
    withTwoClients(async ({ a, b, run, runs, saved }) => {
      await a.done('create_object', { type: 'ActorMixer', name: 'Theirs', parentPath: containers });
      const before = await saved();
      const { executionId, answer } = await run({
        nodes: [
          node('bus', 'create_object', { type: 'Bus', name: 'Fresh', parentPath: mainBus }),
          node('sound', 'create_sound', { name: 'Fresh', parentPath: containers }),
          node('route', 'set_output_bus', {
            objectId: '$from:sound:$output:id',
            busPath: '$from:bus:$output:path',
          }),
          node('theirs', 'set_output_bus', { objectId: theirs, busPath: '$from:bus:$output:path' }),
          node('event', 'create_event', { name: 'Play', targetPath: '$from:sound:$output:id' }),
        ],
      });
      expect(answer).toMatchObject({ ok: true });
      await b.done('set_notes', { objectId: theirs, notes: 'x' });
      expect(await runs.rollback(executionId)).toMatchObject({
        ok: true,
        data: { how: 'inverse', verified: true, notRolledBack: [] },
      });
      await b.done('set_notes', { objectId: theirs, notes: '' });
      expect(await saved()).toEqual(before);
    }));
});
