import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';

const home = '\\Containers\\Default Work Unit';
let dir: string;
let weather: string;
let eventsUnit: string;

beforeEach(() => {
  dir = newTempDir('at-once');
  freshProject(join(dir, 'Game', 'Game.wproj'));
  weather = join(dir, 'Game', 'Containers', 'Weather.wwu');
  eventsUnit = join(dir, 'Game', 'Events', 'Default Work Unit.wwu');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A saved project with a Work Unit of which an Event plays a Sound, and one nested in a folder of another. */
const inGame = (work: (room: McpRoom) => Promise<void>) =>
  withMcp(dir, ['--project', join(dir, 'Game', 'Game.wproj')], async (room) => {
    await room.done('create_work_unit', { name: 'Weather', parentPath: '\\Containers' });
    await room.done('create_sound', { name: 'Rain', parentPath: '\\Containers\\Weather' });
    await room.done('create_event', { name: 'Play_Rain', targetPath: '\\Containers\\Weather\\Rain' });
    await room.done('create_object', { type: 'Folder', name: 'Sky', parentPath: home });
    await room.done('project_save', {});
    await room.done('create_work_unit', { name: 'Clouds', parentPath: `${home}\\Sky` });
    await work(room);
  });

const note = (room: McpRoom) =>
  room.done('set_notes', { objectId: 'Event:Play_Rain', notes: 'not saved yet' });

const run = (nodes: readonly JsonObject[]): JsonObject => ({
  nodes: nodes.map((node, index) => ({ id: `n${index}`, ...node })),
  edges: nodes.slice(1).map((_, index) => ({ source: `n${index}`, target: `n${index + 1}` })),
});

describe('what Wwise writes to disk at once', () => {
  it.each([
    ['delete_object', { objectId: '\\Containers\\Weather', confirm: true }],
    ['delete_object', { objectId: `${home}\\Sky` }],
    ['move_object', { objects: ['\\Containers\\Weather'], parentPath: `${home}\\Sky` }],
    ['copy_object', { objectId: '\\Containers\\Weather', parentPath: '\\Containers', name: 'Weather2' }],
  ])('is not done by %s of a Work Unit, or what holds one, while others have unsaved edits', (tool, args) =>
    inGame(async (room) => {
      await note(room);
      const before = readFileSync(eventsUnit, 'utf8');
      expect(await room.call(tool, args)).toMatchObject({
        ok: false,
        code: 'CONFIRMATION_REQUIRED',
        error: expect.stringContaining(eventsUnit),
        hint: expect.stringContaining('project_save'),
        details: { unsaved: [eventsUnit] },
      });
      expect(readFileSync(eventsUnit, 'utf8')).toBe(before);
      expect(existsSync(weather)).toBe(true);

      await room.done('project_save', {});
      await room.done(tool, args);
    }),
  );

  it('is said by the answer of a deletion, and no undo claims to bring it back', () =>
    inGame(async (room) => {
      const deletion = { objectId: '\\Containers\\Weather', confirm: true };
      expect(await room.done('delete_object', deletion)).toMatchObject({
        deletedFiles: 1,
        lostReferences: 1,
      });
      expect(existsSync(weather)).toBe(false);
      expect((await room.done('project_info', {})).isDirty).toBe(false);
      expect(await room.call('undo', {})).toMatchObject({ ok: false, error: /nothing to undo/i });
    }));

  it('is said with what went to disk along with it, where a call saves all the same', () =>
    inGame(async (room) => {
      await note(room);
      for (const [tool, args] of [
        ['create_work_unit', { name: 'Storm', parentPath: '\\Containers' }],
        ['create_object', { type: 'WorkUnit', name: 'Wind', parentPath: '\\Containers' }],
        ['waapi_call', { uri: 'ak.wwise.core.object.delete', args: { object: '\\Containers\\Storm' } }],
      ] as const) {
        const answer = await room.call(tool, args);
        expect(answer).toMatchObject({ ok: true, notices: [expect.stringContaining(eventsUnit)] });
        expect(String(answer.notices)).toContain('undo history is cleared');
        expect(readFileSync(eventsUnit, 'utf8')).toContain('not saved yet');
        await note(room);
        await room.done('set_notes', { objectId: 'Event:Play_Rain', notes: 'changed again' });
        await note(room);
        expect((await room.done('project_info', {})).isDirty).toBe(true);
      }
    }));

  it('is in the plan, and in the preview when it would happen', () =>
    inGame(async (room) => {
      const deletion = { type: 'deleteObject', data: { objectId: '\\Containers\\Weather', confirm: true } };
      const compiled = await room.done('workflow_compile', { workflow: run([deletion]) });
      expect(JSON.stringify(compiled)).toContain(
        'A Work Unit, which is deleted from disk at once, comes back by nothing.',
      );
      const preview = (nodes: readonly JsonObject[]) =>
        room.done('workflow_run', { mode: 'preview', workflow: run(nodes) });
      const atOnce = expect.stringContaining('saves the project at once');
      expect(await preview([deletion])).toMatchObject({
        wouldSucceed: true,
        files: expect.arrayContaining([
          { filePath: weather, state: 'deleted', added: 0, removed: expect.any(Number) },
        ]),
        warnings: [atOnce],
      });
      const sound = {
        type: 'deleteObject',
        data: { objectId: '\\Containers\\Weather\\Rain', confirm: true },
      };
      expect((await preview([sound])).warnings).toEqual([]);
      // What a step before it left unsaved is in its way, and so is what the project has unsaved.
      expect(await preview([sound, deletion])).toMatchObject({
        wouldSucceed: false,
        failure: { code: 'CONFIRMATION_REQUIRED' },
      });
      expect(await preview([sound, { type: 'projectSave', data: {} }, deletion])).toMatchObject({
        wouldSucceed: true,
      });
      await note(room);
      expect(await preview([deletion])).toMatchObject({
        wouldSucceed: false,
        failure: { code: 'CONFIRMATION_REQUIRED', error: expect.stringContaining(eventsUnit) },
      });
    }));

  it('is named by the rollback of a run that deleted a Work Unit', () =>
    inGame(async (room) => {
      const deletion = { type: 'deleteObject', data: { objectId: '\\Containers\\Weather', confirm: true } };
      const { executionId } = await room.done('workflow_run', { workflow: run([deletion]) });
      const answer = await room.call('workflow_rollback', { executionId: String(executionId) });
      expect(JSON.stringify(answer)).toContain('deleted from disk at once');
      expect(existsSync(weather)).toBe(false);
    }));

  it('is no unsaved deletion in what the session leaves', async () => {
    await inGame(async (room) => {
      await room.done('delete_object', { objectId: '\\Containers\\Weather', confirm: true });
      await note(room);
    });
    await withMcp(dir, ['--project', join(dir, 'Game', 'Game.wproj')], async (room) => {
      const { recoveries } = await room.done('project_recover', {});
      const objects = asJsonArray(asJsonObject(asJsonArray(recoveries)[0]).objects).map(asJsonObject);
      expect(objects.map(({ change }) => change)).toEqual(['changed']);
    });
  });
});
