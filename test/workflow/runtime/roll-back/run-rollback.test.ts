import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonObject } from '../../../../src/core/json.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import { type RunRoom, withRuns } from '../../../harness/runs.ts';
import { toneBytes } from '../../../harness/wave.ts';
import { edges, node } from '../../harness.ts';
import { planFor } from '../../plan-for.ts';

const containers = '\\Containers\\Default Work Unit';

const sound = node('sound', 'create_sound', { name: 'Step', parentPath: containers });
const louder = node('volume', 'set_property', {
  objectId: '$from:sound:$output:id',
  property: 'Volume',
  value: -6,
});
const broken = node('broken', 'set_property', {
  objectId: '$from:sound:$output:id',
  property: 'Volum',
  value: 1,
});
const imported = (wav: string) =>
  node('import', 'audio_import', { filePath: wav, objectId: '$from:sound:$output:id' });
const total = async (room: RunRoom, waql: string) => (await room.done('query_waql', { query: waql })).total;

describe('a run', () => {
  it('is one undo step, however many nodes it has', () =>
    withRuns(async (room) => {
      await room.run({ name: 'Steps', nodes: [sound, louder, imported(room.wav)] });
      expect(await total(room, '$ from type Sound')).toBe(1);
      await room.waapi.call('ak.wwise.core.undo.undo');
      expect(await total(room, '$ from type Sound')).toBe(0);
    }));

  it('of memo hits leaves the history alone and takes one call', () =>
    withRuns(async (room) => {
      const document = { workflowId: 'w', nodes: [sound, louder] };
      await room.run(document);
      const { answer } = await room.run(document);
      expect(asJsonObject(answer.data).results).toMatchObject([{ memo: 'hit' }, { memo: 'hit' }]);
      await room.waapi.call('ak.wwise.core.undo.undo');
      expect(await total(room, '$ from type Sound')).toBe(0);
    }));

  it('does not mix its changes with those of another run', () =>
    withRuns(async (room) => {
      const other = node('o', 'create_sound', { name: 'Other', parentPath: containers });
      await Promise.all([
        room.run({ name: 'one', nodes: [sound, louder] }),
        room.run({ name: 'two', nodes: [other] }),
      ]);
      await room.waapi.call('ak.wwise.core.undo.undo');
      expect(await total(room, '$ from type Sound')).toBe(1);
    }));
});

describe('a workflow with onError "rollback"', () => {
  it('leaves nothing behind when it fails, not even a file', () =>
    withRuns(async (room) => {
      const before = room.files();
      const { executionId, answer } = await room.run({
        onError: 'rollback',
        nodes: [sound, louder, imported(room.wav), broken],
        edges: edges('import broken'),
      });
      expect(answer).toMatchObject({
        ok: false,
        code: 'UNKNOWN_PROPERTY',
        details: {
          stopAt: 'broken',
          rolledBack: ['sound', 'volume', 'import'],
          notRolledBack: [],
          rollback: { how: 'undo', verified: true, removedFiles: [expect.stringContaining('step.wav')] },
        },
      });
      expect(await total(room, '$ from type Sound')).toBe(0);
      expect(await room.runs.status(executionId)).toMatchObject({
        state: 'rolledBack',
        counts: { rolledBack: 3 },
      });
      await room.done('project_save', {});
      expect(room.files()).toEqual(before);
    }));

  it('restores an original that the import overwrote', () =>
    withRuns(async (room) => {
      const originals = join(room.dir, 'project', 'Originals', 'SFX');
      mkdirSync(originals, { recursive: true });
      const original = join(originals, 'step.wav');
      writeFileSync(original, toneBytes({ frequencyHz: 220 }));
      const before = readFileSync(original);
      await room.done('audio_import', { filePath: original, parentPath: containers, name: 'Step' });
      const replaced = node('import', 'audio_import', {
        filePath: room.wav,
        parentPath: containers,
        name: 'Step',
        importOperation: 'replaceExisting',
      });
      const { answer } = await room.run({
        onError: 'rollback',
        nodes: [
          replaced,
          { ...broken, data: { ...asJsonObject(broken.data), objectId: '$from:import:$output:objectId' } },
        ],
      });
      expect(answer).toMatchObject({ details: { rolledBack: ['import'], rollback: { verified: true } } });
      expect(readFileSync(original).equals(before)).toBe(true);
    }));

  it('says before the run and after it what cannot be rolled back', () =>
    withRuns(async (room) => {
      const save = node('save', 'project_save');
      const document = {
        onError: 'rollback',
        nodes: [sound, save, broken],
        edges: edges('sound save', 'save broken'),
      };
      const plan = compileWorkflow(document, room.bus);
      expect(plan.irreversible).toEqual([{ node: 'save', why: expect.stringContaining('stays on disk') }]);
      const { answer } = await room.run(document);
      expect(answer).toMatchObject({
        details: { rolledBack: ['sound'], notRolledBack: [{ node: 'save' }] },
      });
      expect(await total(room, '$ from type Sound')).toBe(0);
    }));

  it('rolls back what was done when it is cancelled', () =>
    withRuns(async (room) => {
      const cancel = new AbortController();
      const plan = planFor({ onError: 'rollback', nodes: [sound, louder] }, room.bus, true);
      const { done } = room.runs.start(plan, {
        signal: cancel.signal,
        onEvent: (event) => {
          if (event.event === 'node.execution.complete') cancel.abort();
        },
      });
      expect(await done).toMatchObject({ code: 'CANCELLED', details: { rolledBack: ['sound'] } });
      expect(await total(room, '$ from type Sound')).toBe(0);
    }));
});

describe('rolling back a finished run', () => {
  it('undoes it while it is the last thing that was done', () =>
    withRuns(async (room) => {
      const before = room.files();
      const { executionId } = await room.run({ nodes: [sound, louder, imported(room.wav)] });
      expect(await room.runs.rollback(executionId)).toMatchObject({
        ok: true,
        data: { how: 'undo', rolledBack: ['sound', 'volume', 'import'], notRolledBack: [], verified: true },
      });
      expect((await room.runs.status(executionId)).state).toBe('rolledBack');
      await room.done('project_save', {});
      expect(room.files()).toEqual(before);
    }));

  it('rolls back imports that made their Sounds, though they shared their calls and something was done since', () =>
    withRuns(async (room) => {
      const into = (name: string) =>
        node(name, 'audio_import', { filePath: room.wav, parentPath: containers, name });
      const { executionId } = await room.run({ nodes: [into('a'), into('b')] });
      await room.done('create_sound', { name: 'Later', parentPath: containers });
      expect(await room.runs.rollback(executionId)).toMatchObject({
        ok: true,
        data: { rolledBack: ['a', 'b'], notRolledBack: [] },
      });
      expect(await total(room, '$ from type Sound')).toBe(1);
    }));

  it('goes node by node when something was done since, and leaves that alone', () =>
    withRuns(async (room) => {
      const { id } = await room.done('create_sound', { name: 'Old', parentPath: containers });
      await room.done('set_property', { objectId: id, property: 'Pitch', value: 100 });
      const { executionId } = await room.run({
        nodes: [
          sound,
          louder,
          node('pitch', 'set_property', { objectId: String(id), property: 'Pitch', value: 200 }),
        ],
      });
      await room.done('create_sound', { name: 'Later', parentPath: containers });
      expect(await room.runs.rollback(executionId)).toMatchObject({
        ok: true,
        data: { how: 'inverse', rolledBack: ['sound', 'volume', 'pitch'], verified: true },
      });
      expect(await total(room, '$ from type Sound where name = "Step"')).toBe(0);
      expect(await total(room, '$ from type Sound')).toBe(2);
      const query = { query: `$ "${String(id)}"`, return: ['@Pitch'] };
      expect(await room.done('query_waql', query)).toMatchObject({ objects: [{ '@Pitch': 100 }] });
    }));

  it('puts back what it deleted, although others have changed something since', () =>
    withRuns(async (room) => {
      await room.done('create_sound', { name: 'Old', parentPath: containers });
      const { executionId } = await room.run({
        nodes: [node('gone', 'delete_object', { objectId: `${containers}\\Old` }), sound],
      });
      await room.done('create_sound', { name: 'Later', parentPath: containers });
      expect(await room.runs.rollback(executionId)).toMatchObject({
        data: {
          rolledBack: ['gone', 'sound'],
          notRolledBack: [],
          verified: true,
        },
      });
      await room.done('get_object', { objectId: `${containers}\\Old` });
    }));

  it('finds a run undone by hand already gone', () =>
    withRuns(async (room) => {
      await room.done('create_sound', { name: 'Old', parentPath: containers });
      const { executionId } = await room.run({ nodes: [sound, louder] });
      await room.waapi.call('ak.wwise.core.undo.undo');
      expect(await room.runs.rollback(executionId)).toMatchObject({ ok: true, data: { how: 'nothing' } });
      expect(await total(room, '$ from type Sound')).toBe(1);
      expect(existsSync(room.stateDir)).toBe(true);
    }));

  it('leaves an Original that a source of another run plays, and names it', () =>
    withRuns(async (room) => {
      const first = await room.run({ nodes: [sound, imported(room.wav)] });
      const other = node('sound', 'create_sound', { name: 'Other', parentPath: containers });
      await room.run({ workflowId: 'other', nodes: [other, imported(room.wav)] });
      const { data } = await room.runs.rollback(first.executionId);
      expect(data).toMatchObject({
        removedFiles: [],
        verified: false,
        notRolledBack: [
          { node: 'Originals', why: expect.stringContaining('a source of the project plays it') },
        ],
      });
      expect(Object.keys(room.files()).filter((file) => file.endsWith('step.wav'))).toHaveLength(1);
      expect(await total(room, '$ from type Sound')).toBe(1);
    }));

  it('leaves an Original that somebody wrote anew since, rather than put back the one before the run', () =>
    withRuns(async (room) => {
      await room.run({ workflowId: 'v0', nodes: [sound, imported(room.wav)] });
      const original = Object.keys(room.files()).find((file) => file.endsWith('step.wav')) ?? '';
      writeFileSync(room.wav, toneBytes({ frequencyHz: 880 }));
      const into = (wav: string) =>
        node('import', 'audio_import', { filePath: wav, objectId: `${containers}\\Step` });
      const second = await room.run({ workflowId: 'v1', nodes: [into(room.wav)] });
      const byHand = toneBytes({ frequencyHz: 1_000 });
      writeFileSync(original, byHand);
      const { data } = await room.runs.rollback(second.executionId);
      expect(readFileSync(original).equals(byHand)).toBe(true);
      expect(asJsonObject(data ?? {})).toMatchObject({ restoredFiles: [], verified: false });
      expect(JSON.stringify(data)).toContain('changed since the run by somebody else');
    }));

  it('leaves an object it made that now holds what somebody else moved into it', () =>
    withRuns(async (room) => {
      const group = node('group', 'create_container', {
        kind: 'random',
        name: 'Group',
        parentPath: containers,
      });
      const { executionId } = await room.run({ nodes: [group] });
      await room.done('create_sound', { name: 'Theirs', parentPath: containers });
      await room.done('move_object', {
        objects: [`${containers}\\Theirs`],
        parentPath: `${containers}\\Group`,
      });
      const { data } = await room.runs.rollback(executionId);
      expect(data).toMatchObject({
        rolledBack: [],
        notRolledBack: [{ node: 'group', why: expect.stringContaining('Theirs') }],
        verified: false,
      });
      expect(await total(room, '$ from type Sound')).toBe(1);
    }));

  it.each([
    ['set_notes', { objectId: `${containers}\\Rain`, notes: 'Louder.' }],
    ['move_object', { objects: [`${containers}\\Rain`], parentPath: `${containers}\\Box` }],
    ['rename_by_pattern', { query: '$ from type Sound', replace: 'Storm', find: 'Rain' }],
  ])('%s is rolled back, and read back as it was', (command, input) =>
    withRuns(async (room) => {
      await room.done('create_sound', { name: 'Rain', parentPath: containers });
      await room.done('create_container', { kind: 'blend', name: 'Box', parentPath: containers });
      await room.done('project_save', {});
      const before = room.files();
      const { executionId } = await room.run({ nodes: [node('n', command, input)] });
      const { data } = await room.runs.rollback(executionId);
      expect(data).toMatchObject({ how: 'undo', rolledBack: ['n'], notRolledBack: [], verified: true });
      await room.done('project_save', {});
      expect(room.files()).toEqual(before);
    }),
  );
});
