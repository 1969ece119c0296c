import { beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { commands } from '../../../../tools/catalog.ts';
import { sample } from '../../../harness/amount.ts';
import {
  copyExampleProject,
  exampleInput,
  exampleProjectIn,
  makeExampleProject,
} from '../../../harness/command-examples.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { type TwoClients, withTwoClients } from '../../../harness/two-clients.ts';
import { node } from '../../harness.ts';

/** Whatever another server does while the undo group of a run is open, the rollback of the run leaves as it is. */

let seed = '';
beforeAll(async () => {
  seed = newTempDir('beside-examples');
  await makeExampleProject(seed);
});

/** What the documentation calls an example of a change, as far as it can be done without Wwise. */
const examples = commands
  .filter(({ effect, checkedOn }) => ['create', 'update', 'destroy'].includes(effect) && !checkedOn)
  .flatMap(({ name, examples: own = [] }) => own.map(({ before = [], input }) => ({ name, before, input })));

const parentPath = '\\Containers\\Default Work Unit';
const ground = `${parentPath}\\Ours`;
const nodes: readonly JsonObject[] = [
  node('new', 'create_sound', { name: 'Fresh', parentPath: ground }),
  node('loud', 'set_property', { objectId: '$from:new:$output:id', property: 'Volume', value: -3 }),
  node('old', 'set_property', { objectId: `${ground}\\Old`, property: 'Pitch', value: 200 }),
  node('fails', 'set_notes', { objectId: `${parentPath}\\nowhere`, notes: 'x' }),
];
const workflow: JsonObject = {
  onError: 'rollback',
  nodes: [...nodes],
  edges: nodes.slice(1).map(({ id }, at) => ({ source: nodes[at]?.id ?? '', target: id ?? '' })),
};

/** Every object, with what most commands change; those of the run left out. */
async function everythingElse({ wire }: TwoClients): Promise<readonly string[]> {
  const members = [
    '@Volume',
    '@Pitch',
    '@RTPC',
    '@Effects',
    '@OutputBus',
    '@OverrideOutput',
    '@SwitchGroupOrStateGroup',
  ];
  const answer = await wire.call(
    'ak.wwise.core.object.get',
    { waql: '$ select this, descendants' },
    { return: ['id', 'name', 'type', 'path', 'parent', 'notes', ...members] },
  );
  return asJsonArray(answer.return)
    .map(asJsonObject)
    .filter(({ path }) => !String(path).startsWith(ground))
    .map((row) => JSON.stringify(row))
    .sort();
}

describe('a run that rolls itself back', () => {
  it.each(sample(examples, 6))(
    'takes nothing back of what another server did in its group: $name',
    (example) =>
      withTwoClients(
        async (room) => {
          const { a, b, dir } = room;
          await a.done('create_object', { type: 'ActorMixer', name: 'Ours', parentPath });
          await a.done('create_sound', { name: 'Old', parentPath: ground });
          const earlier: JsonObject[] = [];
          for (const [command, given] of example.before)
            earlier.push(await b.done(command, exampleInput(given, dir, earlier)));
          let left: readonly string[] = [];
          room.beforeCall(
            (uri, args) => uri.endsWith('setProperty') || JSON.stringify(args).includes('Pitch'),
            async () => {
              await b.done(example.name, exampleInput(example.input, dir, earlier));
              left = await everythingElse(room);
            },
          );
          const { answer } = await room.run(workflow);
          expect(left, JSON.stringify(answer)).not.toEqual([]);
          expect(await everythingElse(room)).toEqual(left);
          const { rollback, notRolledBack } = asJsonObject(answer.details);
          // Only what deletes what nobody uses reaches what the run made: then that is named.
          if (example.name === 'remove_unused') expect(notRolledBack).not.toEqual([]);
          else {
            expect({ rollback, notRolledBack }).toMatchObject({
              rollback: { verified: true },
              notRolledBack: [],
            });
            await b.refused('get_object', { objectId: `${ground}\\Fresh` });
          }
        },
        'wamp',
        (dir) => {
          copyExampleProject(seed, dir);
          return exampleProjectIn(dir);
        },
      ),
  );
});
