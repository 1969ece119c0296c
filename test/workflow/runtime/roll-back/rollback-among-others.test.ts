import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { sample } from '../../../harness/amount.ts';
import { type TwoClients, withTwoClients } from '../../../harness/two-clients.ts';
import { node } from '../../harness.ts';

const containers = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';
const theirs = `${containers}\\Theirs`;

/** What B does, by its own server, to what A has nothing to do with. */
const works: readonly (readonly [name: string, command: string, input: JsonObject])[] = [
  ['makes a Sound', 'create_sound', { name: 'New', parentPath: theirs }],
  ['renames', 'rename_object', { objectId: `${theirs}\\One`, name: 'Other' }],
  ['moves', 'move_object', { objects: [`${theirs}\\One`], parentPath: `${theirs}\\Box` }],
  ['sets a property', 'set_property', { objectId: `${theirs}\\One`, property: 'Volume', value: -7 }],
  ['sets notes', 'set_notes', { objectId: `${theirs}\\One`, notes: 'ours' }],
  ['sets a reference', 'set_output_bus', { objectId: `${theirs}\\One`, busPath: `${mainBus}\\Music` }],
  [
    'adds to a list',
    'set_rtpc',
    {
      objectId: `${theirs}\\One`,
      property: 'Volume',
      gameParameter: 'GameParameter:Speed',
      points: [
        { x: 0, y: -10 },
        { x: 100, y: 0 },
      ],
    },
  ],
  ['deletes', 'delete_object', { objectId: `${theirs}\\One` }],
];

/** B's own ground, and what A will change. */
async function prepared({ a }: TwoClients): Promise<void> {
  await a.done('create_object', { type: 'ActorMixer', name: 'Theirs', parentPath: containers });
  await a.done('create_object', { type: 'ActorMixer', name: 'Box', parentPath: theirs });
  await a.done('create_object', { type: 'ActorMixer', name: 'Mine', parentPath: containers });
  for (const parentPath of [theirs, `${containers}\\Mine`])
    await a.done('create_sound', { name: 'One', parentPath });
  await a.done('create_object', { type: 'Bus', name: 'Music', parentPath: mainBus });
  await a.done('create_object', {
    type: 'GameParameter',
    name: 'Speed',
    parentPath: '\\Game Parameters\\Default Work Unit',
  });
}

const failing = node('last', 'set_notes', { objectId: `${containers}\\nowhere`, notes: 'x' });
const invertible: readonly JsonObject[] = [
  node('new', 'create_sound', { name: 'Fresh', parentPath: `${containers}\\Mine` }),
  node('loud', 'set_property', { objectId: '$from:new:$output:id', property: 'Volume', value: -3 }),
  node('mine', 'set_property', { objectId: `${containers}\\Mine\\One`, property: 'Pitch', value: 200 }),
];
const undoOnly = node('gone', 'delete_object', { objectId: `${containers}\\Mine\\One` });

const isClosing = (uri: string) => /undo\.(cancelGroup|endGroup|undo)$/.test(uri);
const isFirstChange = (uri: string) => /object\.(set|create|delete|setProperty)$/.test(uri);

function workflow(nodes: readonly JsonObject[], onError: string): JsonObject {
  const ids = nodes.map(({ id }) => String(id));
  return {
    onError,
    nodes: [...nodes],
    edges: ids.slice(1).map((target, at) => ({ source: ids[at] ?? '', target })),
  };
}

describe.each(['wamp', 'http'] as const)(
  'what another server does in the undo group of a run (%s)',
  (transport) => {
    it.each(transport === 'wamp' ? works : sample(works, 2))(
      'stays byte for byte when the run rolls itself back: it %s',
      (_name, command, input) =>
        withTwoClients(async (room) => {
          await prepared(room);
          const mine = await room.contentOf(`${containers}\\Mine`);
          let left = '';
          room.beforeCall(isFirstChange, async () => {
            // Inside the group, before and after the first change of the run.
            await room.b.done('create_sound', { name: 'Early', parentPath: theirs });
            room.beforeCall(isClosing, async () => {
              await room.b.done(command, input);
              left = await room.contentOf(theirs);
            });
          });
          const { answer } = await room.run(workflow([...invertible, failing], 'rollback'));
          expect(left).not.toBe('');
          expect(await room.contentOf(theirs)).toBe(left);
          expect(await room.contentOf(`${containers}\\Mine`)).toBe(mine);
          expect(answer).toMatchObject({
            ok: false,
            details: { rolledBack: ['new', 'loud', 'mine'], rollback: { verified: true } },
          });
        }, transport),
      60_000,
    );

    it.each(sample(works, 3))(
      'stays when the run ended and is rolled back right after: it %s',
      (_name, command, input) =>
        withTwoClients(async (room) => {
          await prepared(room);
          const mine = await room.contentOf(`${containers}\\Mine`);
          let left = '';
          room.beforeCall(isClosing, async () => {
            await room.b.done(command, input);
            left = await room.contentOf(theirs);
          });
          const { executionId, answer } = await room.run(workflow([...invertible], 'stop'));
          expect(answer).toMatchObject({ ok: true });
          const report = await room.runs.rollback(executionId);
          expect(await room.contentOf(theirs)).toBe(left);
          expect(await room.contentOf(`${containers}\\Mine`)).toBe(mine);
          expect(report).toMatchObject({
            ok: true,
            data: { how: 'inverse', verified: true, notRolledBack: [] },
          });
        }, transport),
      60_000,
    );

    it.each(
      sample(
        works.filter(([, command]) => command !== 'set_property'),
        3,
      ),
    )(
      'stays when the run did what only an undo rolls back, which is named: it %s',
      (_name, command, input) =>
        withTwoClients(async (room) => {
          await prepared(room);
          let left = '';
          room.beforeCall(
            (uri) => uri === 'ak.wwise.core.object.delete',
            async () => {
              await room.b.done(command, input);
              left = await room.contentOf(theirs);
            },
          );
          const { answer } = await room.run(workflow([...invertible, undoOnly, failing], 'rollback'));
          expect(left).not.toBe('');
          expect(await room.contentOf(theirs)).toBe(left);
          expect(answer).toMatchObject({
            details: { rollback: { how: 'inverse', verified: false }, notRolledBack: [{ node: 'gone' }] },
          });
        }, transport),
      60_000,
    );
  },
);

describe('where nobody else is seen', () => {
  it('what only an undo rolls back is undone, as one step', () =>
    withTwoClients(async (room) => {
      await prepared(room);
      const mine = await room.contentOf(`${containers}\\Mine`);
      const { answer } = await room.run(workflow([...invertible, undoOnly, failing], 'rollback'));
      expect(answer).toMatchObject({
        details: { rollback: { how: 'undo', verified: true }, notRolledBack: [] },
      });
      expect(await room.contentOf(`${containers}\\Mine`)).toBe(mine);
    }));

  it('it is not over HTTP, where Wwise says nothing of others', () =>
    withTwoClients(async (room) => {
      await prepared(room);
      const { answer } = await room.run(workflow([...invertible, undoOnly, failing], 'rollback'));
      expect(answer).toMatchObject({
        details: { rollback: { how: 'inverse', verified: false }, notRolledBack: [{ node: 'gone' }] },
      });
    }, 'http'));
});

describe('shared calls that fail', () => {
  it.each(sample(works, 4))(
    'take nothing back that another server did meanwhile: it %s',
    (_name, command, input) =>
      withTwoClients(async (room) => {
        await prepared(room);
        let left = '';
        room.beforeCall(
          (uri, args) => uri.endsWith('object.set') && JSON.stringify(args).includes('Second'),
          async () => {
            await room.b.done(command, input);
            left = await room.contentOf(theirs);
          },
        );
        const nodes = [
          node('first', 'create_sound', { name: 'First', parentPath: `${containers}\\Mine` }),
          node('mine', 'set_property', {
            objectId: `${containers}\\Mine\\One`,
            property: 'Pitch',
            value: 200,
          }),
          node('second', 'set_notes', { objectId: '$from:first:$output:id', notes: 'Second' }),
          node('bad', 'set_property', { objectId: '$from:first:$output:id', property: 'Volume', value: 1e9 }),
        ];
        const { answer } = await room.run({ ...workflow(nodes, 'rollback'), edges: [] });
        expect(answer.ok).toBe(false);
        expect(left).not.toBe('');
        expect(await room.contentOf(theirs)).toBe(left);
        expect(await room.contentOf(`${containers}\\Mine`)).not.toContain('First');
      }),
    60_000,
  );
});
