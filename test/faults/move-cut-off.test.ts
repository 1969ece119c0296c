import { describe, expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { type FaultyRoom, withFaultyWwise } from '../harness/faulty-wwise.ts';

const home = '\\Containers\\Default Work Unit';
const sounds = ['A', 'B', 'C'];
const input = { objects: sounds.map((name) => `${home}\\${name}`), parentPath: `${home}\\X` };

async function prepare({ done }: FaultyRoom): Promise<void> {
  for (const name of sounds) await done('create_sound', { name, parentPath: home });
  await done('create_object', { type: 'ActorMixer', name: 'X', parentPath: home });
}

/** The link breaks before the second of the moves is sent; later ones go through. */
function cutBeforeSecondMove(room: FaultyRoom): void {
  let moves = 0;
  room.fate = ({ uri }) => {
    if (uri.endsWith('object.move')) moves += 1;
    return uri.endsWith('object.move') && moves === 2 ? 'cut before' : 'answer';
  };
}

/** The names of the Sounds below X. */
async function moved({ done }: FaultyRoom): Promise<readonly string[]> {
  const { objects } = await done('query_waql', { query: `$ "${home}\\X" select children` });
  return Array.isArray(objects) ? objects.map((object) => String(asJsonObject(object).name)).sort() : [];
}

describe('move_object whose link broke between two of its moves', () => {
  it('moves the rest when it is called again, and answers with all it was asked for', () =>
    withFaultyWwise(async (room) => {
      await prepare(room);
      cutBeforeSecondMove(room);
      expect(await room.refused('move_object', input)).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
      expect(await moved(room)).toEqual(['A']);
      const again = await room.done('move_object', input);
      expect(await moved(room)).toEqual(sounds);
      expect(again).toMatchObject({
        moved: sounds.map((name) => ({
          name,
          path: `${home}\\X\\${name}`,
          previousPath: `${home}\\${name}`,
        })),
        total: 3,
        failed: [],
      });
      // Each was moved once; that of the second which never arrived counts too.
      expect(room.changes().filter(([uri]) => uri === 'object.move')).toHaveLength(4);
      expect(await room.bus.dispatch('move_object', input)).toMatchObject({ ok: true, memo: 'hit' });
    }));

  it('says which it cannot move when it is called again', () =>
    withFaultyWwise(async (room) => {
      await prepare(room);
      cutBeforeSecondMove(room);
      expect(await room.refused('move_object', input)).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
      await room.done('create_sound', { name: 'C', parentPath: `${home}\\X` });
      expect(await room.done('move_object', input)).toMatchObject({
        moved: [{ name: 'A' }, { name: 'B' }],
        failed: [{ object: `${home}\\C`, code: 'NAME_CONFLICT' }],
      });
    }));

  it('is named by a rollback of the run that went on with it: what was moved first was not recorded', () =>
    withFaultyWwise(async (room) => {
      await prepare(room);
      cutBeforeSecondMove(room);
      const nodes: JsonObject[] = [{ id: 'move', type: 'move_object', data: input }];
      const { executionId, answer } = await room.run({ nodes, edges: [] });
      expect(answer).toMatchObject({ ok: false, code: 'OUTCOME_UNKNOWN' });
      expect(await (await room.runs.resume(executionId)).done).toMatchObject({ ok: true });
      expect(await moved(room)).toEqual(sounds);
      const { data } = await room.runs.rollback(executionId);
      expect(data).toMatchObject({ verified: false, notRolledBack: [{ node: 'move' }] });
    }));
});
