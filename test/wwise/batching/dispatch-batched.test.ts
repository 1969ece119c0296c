import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, isJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';
import { amount } from '../../harness/amount.ts';
import { type RunRoom, withRuns } from '../../harness/runs.ts';
import { writeTone } from '../../harness/wave.ts';
import { tappedWire, type Wire } from '../../harness/wire.ts';
import { edges, node } from '../../workflow/harness.ts';

const containers = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';

describe('sounds that are created, imported, routed and given a volume', () => {
  it.each([10, amount(100, 1_000)])(
    '%i of them take at most ten WAAPI calls, undo group and save included',
    (count) => {
      const wire = tappedWire();
      return withRuns(
        async (room) => {
          const { answer } = await room.run(soundsDocument(room, count));
          expect(answer).toMatchObject({ ok: true });
          expect(wire.calls.length).toBeLessThanOrEqual(10);
          expect(await total(room, '$ from type Sound where volume = -6')).toBe(count);
          expect(await total(room, '$ from type AudioFileSource')).toBe(count);
        },
        { wire: wire.tap },
      );
    },
  );

  it('give each node its own result, memo state and idempotency key', () =>
    withRuns(async (room) => {
      const document = soundsDocument(room, 2);
      const { answer } = await room.run(document);
      const rows = rowsOf(answer);
      expect(rows.map(({ node: id, memo }) => [id, memo])).toEqual([
        ...['create0', 'import0', 'route0', 'volume0'].map((id) => [id, 'miss']),
        ...['create1', 'import1', 'route1', 'volume1'].map((id) => [id, 'miss']),
        ['save', 'off'],
      ]);
      expect(dataOf(answer, 'import1')).toMatchObject({
        object: { name: 'Shot 1' },
        source: { name: 'shot_1' },
      });
      expect(dataOf(answer, 'volume1')).toMatchObject({ object: { name: 'Shot 1' }, value: -6 });
      expect(new Set(rows.map(({ idemKey }) => idemKey)).size).toBe(9);
      const { records } = await room.audit.query({ limit: 100 });
      expect(records.filter(({ command }) => command === 'audio_import')).toHaveLength(2);
      expect(records.every(({ ok, executionId }) => ok && executionId !== null)).toBe(true);
    }));

  it('answer as they would alone, call by call: memo state, key and journal', () =>
    withRuns(async (room) => {
      const nodes = (prefix: string) => [
        node('made', 'create_sound', { name: `${prefix} 1`, parentPath: containers }),
        node('note', 'set_notes', { objectId: '$from:made:$output:objectId', notes: 'First.' }),
        node('more', 'set_notes', { objectId: '$from:made:$output:objectId', notes: 'x', append: true }),
        node('loud', 'set_property', {
          objectId: '$from:made:$output:objectId',
          property: 'Volume',
          value: -3,
        }),
      ];
      const together = await room.run({ workflowId: 'together', nodes: nodes('T') });
      const alone = await room.run({
        workflowId: 'alone',
        nodes: nodes('A').map((each) => ({ ...each, timeoutMs: 60_000 })),
      });
      const states = ({ answer }: { answer: JsonObject }) =>
        rowsOf(answer).map(({ node: id, memo, idemKey }) => [id, memo, typeof idemKey]);
      expect(states(together)).toEqual([
        ['made', 'miss', 'string'],
        ['note', 'miss', 'string'],
        ['more', 'miss', 'string'],
        ['loud', 'miss', 'string'],
      ]);
      expect(states(alone)).toEqual(states(together));
      expect(dataOf(together.answer, 'more')).toMatchObject({ notes: 'First.\nx', previousNotes: 'First.' });
      expect(dataOf(alone.answer, 'more')).toMatchObject({ notes: 'First.\nx', previousNotes: 'First.' });
      // The first note holds no more, but the second one took its place: nothing is added once more.
      const again = await room.run({ workflowId: 'together', nodes: nodes('T') });
      expect(states(again).map(([, memo]) => memo)).toEqual(['hit', 'hit', 'hit', 'hit']);
    }));

  it('are memo hits the second time, checked with as few calls', () => {
    const wire = tappedWire();
    return withRuns(
      async (room) => {
        const document = soundsDocument(room, 50);
        const first = await room.run(document);
        wire.calls.length = 0;
        const { answer } = await room.run(document);
        expect(rowsOf(answer).filter(({ memo }) => memo === 'hit')).toHaveLength(200);
        expect(wire.calls.length).toBeLessThanOrEqual(4);
        expect(dataOf(answer, 'volume7')).toEqual(dataOf(first.answer, 'volume7'));
      },
      { wire: wire.tap },
    );
  });

  it('are split where a call would be too large, with the same outcome', () => {
    const wire = tappedWire();
    return withRuns(
      async (room) => {
        const { answer } = await room.run(soundsDocument(room, 25));
        expect(answer).toMatchObject({ ok: true });
        expect(wire.calls.filter(({ uri }) => uri === 'ak.wwise.core.audio.import')).toHaveLength(3);
        expect(await total(room, '$ from type Sound where volume = -6')).toBe(25);
      },
      { wire: wire.tap, bus: { callLimits: { maxEntries: 10, maxBytes: 1_000_000 } } },
    );
  });

  it('are one step of the undo history', () =>
    withRuns(async (room) => {
      await room.run(soundsDocument(room, 5));
      await room.waapi.call('ak.wwise.core.undo.undo');
      expect(await total(room, '$ from type Sound')).toBe(0);
    }));

  it('are executed one by one where Wwise has no object.set', () => {
    const wire = tappedWire();
    return withRuns(
      async (room) => {
        const { answer } = await room.run({ nodes: soundNodes(room, 0).slice(0, 2) });
        expect(answer).toMatchObject({ ok: true });
        expect(wire.calls.filter(({ uri }) => uri === 'ak.wwise.core.object.create')).toHaveLength(1);
        expect(wire.calls.filter(({ uri }) => uri === 'ak.wwise.core.object.set')).toHaveLength(0);
      },
      {
        wire: (backend) => {
          const tapped = wire.tap(backend);
          return {
            ...tapped,
            async call(uri, args, options) {
              if (uri === 'ak.wwise.core.getInfo')
                return { version: { displayName: 'v2021.1.14', year: 2021 } };
              if (uri === 'ak.wwise.core.getProjectInfo')
                throw new WaapiError('ak.wwise.invalid_arguments', 'The procedure URI is unknown.', {});
              const text = JSON.stringify(args).replaceAll('Actor-Mixer Hierarchy', 'Containers');
              const renamed: JsonObject = JSON.parse(text);
              return tapped.call(uri, renamed, options);
            },
          };
        },
      },
    );
  });
});

describe('a node at fault among batched ones', () => {
  const property = (id: string, target: string, name = 'Volume') =>
    node(id, 'set_property', { objectId: `$from:${target}:$output:objectId`, property: name, value: -3 });
  const sound = (id: string) => node(id, 'create_sound', { name: id, parentPath: containers });

  it('is named; what is before it is done, what is behind it is not', () =>
    withRuns(async (room) => {
      const { answer } = await room.run({
        nodes: [sound('a'), property('va', 'a'), property('bad', 'a', 'Volum'), sound('b')],
      });
      expect(answer).toMatchObject({
        ok: false,
        code: 'UNKNOWN_PROPERTY',
        details: { stopAt: 'bad', results: [{ node: 'a' }, { node: 'va' }, { node: 'bad' }], skipped: ['b'] },
      });
      expect(await total(room, '$ from type Sound where volume = -3')).toBe(1);
      expect(await total(room, '$ from type Sound')).toBe(1);
    }));

  it('does not keep the others from being done where the workflow goes on', () =>
    withRuns(async (room) => {
      const { answer } = await room.run({
        onError: 'continue',
        nodes: [sound('a'), property('bad', 'a', 'Volum'), sound('b'), property('vb', 'b')],
      });
      expect(answer).toMatchObject({ ok: false, code: 'UNKNOWN_PROPERTY', details: { stopAt: 'bad' } });
      expect(await total(room, '$ from type Sound')).toBe(2);
      expect(await total(room, '$ from type Sound where volume = -3')).toBe(1);
    }));

  it('takes everything with it where the workflow rolls back, the files too', () =>
    withRuns(async (room) => {
      const before = room.files();
      const { answer } = await room.run({
        onError: 'rollback',
        nodes: [...soundsDocument(room, 3).nodes.slice(0, 12), property('bad', 'create0', 'Volum')],
      });
      expect(answer).toMatchObject({ ok: false, details: { stopAt: 'bad', rollback: { verified: true } } });
      await room.done('project_save', {});
      expect(room.files()).toEqual(before);
    }));

  it('is found when Wwise says so only in its import log', () =>
    withRuns(
      async (room) => {
        const nodes = soundsDocument(room, 4).nodes.filter(({ id }) => /create|import/.test(String(id)));
        const { answer } = await room.run({ nodes });
        expect(answer).toMatchObject({ ok: false, code: 'IMPORT_FAILED', details: { stopAt: 'import2' } });
        expect(await total(room, '$ from type AudioFileSource')).toBe(2);
      },
      {
        // The file vanishes on its way to Wwise, after it was checked.
        wire: (backend) => ({
          ...backend,
          call: (uri, args, options) => {
            const lost: JsonObject = JSON.parse(JSON.stringify(args).replaceAll('shot_2.wav', 'gone.wav'));
            return backend.call(uri, uri === 'ak.wwise.core.audio.import' ? lost : args, options);
          },
        }),
      },
    ));
});

describe('when the answer of a shared call is lost', () => {
  it.each(['ak.wwise.core.object.set', 'ak.wwise.core.audio.import'])(
    'after %s nothing is repeated, each node says that its outcome is unknown, and the next run makes no second object',
    (uri) => {
      const wire: Wire = tappedWire();
      return withRuns(
        async (room) => {
          const document = soundsDocument(room, 3);
          wire.cutAfter = uri;
          const lost = await room.run(document);
          expect(lost.answer).toMatchObject({ ok: false, code: 'OUTCOME_UNKNOWN' });
          expect(wire.calls.filter((call) => call.uri === uri)).toHaveLength(1);
          const { answer } = await room.run(document);
          expect(answer).toMatchObject({ ok: true });
          expect(await total(room, '$ from type Sound')).toBe(3);
          expect(await total(room, '$ from type AudioFileSource')).toBe(3);
          expect(await total(room, '$ from type Sound where volume = -6')).toBe(3);
        },
        { wire: wire.tap },
      );
    },
  );
});

function soundsDocument(
  room: RunRoom,
  count: number,
): { workflowId: string; nodes: JsonObject[]; edges: JsonObject[] } {
  const nodes = Array.from({ length: count }, (_, at) => soundNodes(room, at)).flat();
  return { workflowId: 'sounds', nodes: [...nodes, node('save', 'project_save')], edges: edges() };
}

function soundNodes({ dir }: RunRoom, at: number): JsonObject[] {
  const filePath = join(dir, 'wavs', `shot_${at}.wav`);
  writeTone(filePath, { frequencyHz: 200 + at });
  return [
    node(`create${at}`, 'create_sound', { name: `Shot ${at}`, parentPath: containers }),
    node(`import${at}`, 'audio_import', { filePath, objectId: `$from:create${at}:$output:objectId` }),
    node(`route${at}`, 'set_output_bus', {
      objectId: `$from:import${at}:$output:objectId`,
      busPath: mainBus,
    }),
    node(`volume${at}`, 'set_property', {
      objectId: `$from:route${at}:$output:object.id`,
      property: 'Volume',
      value: -6,
    }),
  ];
}

function rowsOf(answer: JsonObject): readonly JsonObject[] {
  return asJsonArray(asJsonObject(answer.data).results).filter(isJsonObject);
}

function dataOf(answer: JsonObject, id: string): JsonObject {
  return asJsonObject(rowsOf(answer).find((row) => row.node === id)?.data);
}

async function total(room: RunRoom, waql: string): Promise<number> {
  return Number((await room.done('query_waql', { query: waql })).total);
}
