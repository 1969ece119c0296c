import { afterEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { nearestValidName } from '../../../src/embedded/model/naming/name-rules.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { createRuns } from '../../../src/workflow/runtime/runs.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';
import { edges, emptyShelf, node, shelfBus } from '../harness.ts';

const home = '\\Containers\\Default Work Unit';

/** Three sounds, and notes on each that read the sound in one way or another. */
function flow(objectOf: (id: string) => string, notesOf: (id: string) => string): JsonObject {
  const ids = ['a-1', 'b', 'c'];
  return {
    workflowId: 'w',
    vars: { prefix: 'Step' },
    nodes: [
      ...ids.map((id, index) =>
        node(id, 'create_sound', { name: `{{ vars.prefix }}_{{ padZero(${index}, 2) }}`, parentPath: home }),
      ),
      ...ids.map((id) => node(`n${id}`, 'set_notes', { objectId: objectOf(id), notes: notesOf(id) })),
    ],
  };
}

const byReference = flow(
  (id) => `$from:${id}:$output:id`,
  () => 'plain',
);
const byReading = flow(
  (id) => `{{ nodes.${id}.id }}`,
  () => '{{ "plain" }}',
);
const byComputing = flow(
  (id) => `{{ nodes.${id}.id }}`,
  (id) => `{{ lower(nodes.${id}.name) + ", " + toText(size(vars.prefix)) }}`,
);

describe('nodes with expressions on a project', () => {
  it('share calls as those with references do, where expressions only read', () =>
    withProject(async ({ bus }) => {
      const [referring, reading] = [byReference, byReading].map((document) => compileWorkflow(document, bus));
      expect(reading?.units).toEqual(referring?.units);
      expect(reading?.units).toHaveLength(1);
      expect(reading?.calls).toEqual(referring?.calls);
    }));

  it.each([
    ['read', byReading, ['plain', 'plain', 'plain']],
    ['compute', byComputing, ['step_00, 4', 'step_01, 4', 'step_02, 4']],
  ])('leave what they leave one by one, where expressions %s', async (_, document, notes) => {
    for (const isBatched of [true, false])
      await withProject(async (room) => {
        const { dispatchBatch: _batch, ...alone } = room.bus;
        const bus = isBatched ? room.bus : alone;
        const runner = createRunner({ bus, log: silentLog });
        const result = await runner.run(compileWorkflow(document, bus));
        expect(result.error).toBe(null);
        expect(await notesIn(room)).toEqual([
          ['Step_00', notes[0]],
          ['Step_01', notes[1]],
          ['Step_02', notes[2]],
        ]);
        const again = await runner.run(compileWorkflow(document, bus));
        const memos = asJsonArray(asJsonObject(again.data).results).map((row) => asJsonObject(row).memo);
        expect(new Set(memos)).toEqual(new Set(['hit']));
      });
  });

  it('give valid names, by the rule of the project', () =>
    withProject(async ({ bus, done }) => {
      const runner = createRunner({ bus, log: silentLog, expressions: { cleanName: nearestValidName } });
      const event = node('e', 'create_event', {
        name: '{{ cleanName("Play: " + nodes.s.name + " / " + input.name, "Event") }}',
        targetPath: '{{ input.id }}',
      });
      const sound = node('s', 'create_sound', { name: 'Wind', parentPath: home });
      const document = { nodes: [sound, event], edges: edges('s e') };
      const result = await runner.run(compileWorkflow(document, bus));
      expect(result.error).toBe(null);
      expect(await done('get_object', { objectId: 'Event:Play_Wind_Wind' })).toBeTruthy();
    }));
});

describe('a run that goes on', () => {
  const stores = openSqliteStores(null);
  afterEach(() => stores.close());

  it('does again what reads a variable that has another value now, and nothing else', async () => {
    const shelf = emptyShelf();
    const bus = shelfBus(shelf);
    const runs = createRuns({ bus, log: silentLog, store: stores.runs });
    const document = (surface: Json): JsonObject => ({
      workflowId: 'w',
      vars: { surface },
      nodes: [
        node('s', 'createSound', { name: 'S' }),
        node('look', 'query', { type: 'Sound' }),
        node('say', 'say', { text: 'On {{ vars.surface }}' }),
        node('last', 'say', { text: '{{ input.total }}: {{ nodes.say.text }}' }),
      ],
      edges: edges('s look', 'look last'),
    });
    const started = runs.start(compileWorkflow(document('grass'), bus));
    expect(await started.done).toMatchObject({ ok: true });
    const resumed = await runs.resume(started.executionId, {
      plan: compileWorkflow(document('snow'), bus),
      acceptChanges: true,
    });
    const result = await resumed.done;
    const rows = asJsonArray(asJsonObject(result.data).results).map(asJsonObject);
    expect(rows.map(({ node: id, data, reused }) => [id, asJsonObject(data).text, reused === true])).toEqual([
      ['s', undefined, expect.anything()],
      ['look', undefined, true],
      ['say', 'On snow', false],
      ['last', '1: On snow', false],
    ]);
    runs.close();
  });
});

/** Names and notes of the sounds in the Work Unit. */
async function notesIn({ done }: ProjectRoom): Promise<Json> {
  const found = await done('waapi_call', {
    uri: 'ak.wwise.core.object.get',
    args: { waql: '$ from type Sound orderby name' },
    options: { return: ['name', 'notes'] },
  });
  return asJsonArray(asJsonObject(found.result).return).map((row) => {
    const { name, notes } = asJsonObject(row);
    return [name ?? null, notes ?? null];
  });
}
