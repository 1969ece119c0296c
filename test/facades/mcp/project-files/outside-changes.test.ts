import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';

const unitPath = '\\Containers\\Default Work Unit';
let dir: string;
let projectDir: string;
let projectPath: string;
let unit: string;
let eventsUnit: string;

beforeEach(() => {
  dir = newTempDir('outside');
  projectDir = join(dir, 'Game');
  projectPath = join(projectDir, 'Game.wproj');
  freshProject(projectPath);
  unit = join(projectDir, 'Containers', 'Default Work Unit.wwu');
  eventsUnit = join(projectDir, 'Events', 'Default Work Unit.wwu');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const inGame = (work: (room: McpRoom) => Promise<void>) => withMcp(dir, ['--project', projectPath], work);

const git = (...args: string[]): void => {
  const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.org', '-c', 'core.autocrlf=false'];
  execFileSync('git', [...who, ...args], { cwd: projectDir, stdio: 'ignore' });
};

const sound = (name: string): JsonObject => ({ name, parentPath: unitPath });

const found = async (room: McpRoom, name: string): Promise<JsonObject> =>
  room.call('query_waql', { query: `$ from type Sound where name = "${name}"` });

const countOf = (answer: JsonObject): number => asJsonArray(asJsonObject(answer.data).objects).length;

/** What another person saves: the Work Unit with its Sound under another name. */
const renameOutside = (path: string, from: string, to: string): void =>
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`"${from}"`, `"${to}"`));

const emptyUnit = (name: string, id: string): string =>
  readFileSync(unit, 'utf8')
    .replaceAll(/ID="\{[^"]*\}"/g, `ID="${id}"`)
    .replaceAll('"Default Work Unit"', `"${name}"`)
    .replace(/<ChildrenList>[\s\S]*<\/ChildrenList>/, '');

describe('files that others change while the server holds the project', () => {
  it('are read again after a git checkout before the next read is answered, and said once', () =>
    inGame(async (room) => {
      git('init', '-q');
      git('add', '.');
      git('commit', '-qm', 'empty');
      await room.done('create_sound', sound('Boom'));
      await room.done('project_save', {});
      git('commit', '-qam', 'with Boom');
      git('checkout', '-q', 'HEAD~1');

      const gone = await found(room, 'Boom');
      expect(countOf(gone)).toBe(0);
      expect(gone.notices).toEqual([expect.stringContaining(unit)]);
      git('checkout', '-q', '-');
      const back = await found(room, 'Boom');
      expect(countOf(back)).toBe(1);
      expect(back.notices).toEqual([expect.stringContaining('The undo history is cleared.')]);
      expect(await found(room, 'Boom')).not.toHaveProperty('notices');
    }));

  it('make no memo hit of what a checkout took away', () =>
    inGame(async (room) => {
      git('init', '-q');
      git('add', '.');
      git('commit', '-qm', 'empty');
      await room.done('create_sound', sound('Boom'));
      await room.done('project_save', {});
      git('checkout', '-q', '.');
      const again = await room.call('create_sound', sound('Boom'));
      expect(again).toMatchObject({ ok: true, memo: 'stale' });
      await room.done('project_save', {});
      expect(readFileSync(unit, 'utf8')).toContain('Boom');
    }));

  it('are new Work Units and Work Units that vanish, too', () =>
    inGame(async (room) => {
      await room.done('project_info', {});
      const added = join(projectDir, 'Containers', 'Weather.wwu');
      writeFileSync(added, emptyUnit('Weather', '{11111111-2222-3333-4444-555555555555}'));
      const there = await room.call('get_object', { objectId: '\\Containers\\Weather' });
      expect(there).toMatchObject({ ok: true, notices: [expect.stringContaining(`added: ${added}`)] });
      rmSync(added);
      const gone = await room.call('get_object', { objectId: '\\Containers\\Weather' });
      expect(gone).toMatchObject({
        ok: false,
        code: 'OBJECT_NOT_FOUND',
        notices: [expect.stringContaining(`vanished: ${added}`)],
      });
    }));

  it('that cannot be read are named with what is wrong', () =>
    inGame(async (room) => {
      await room.done('project_info', {});
      writeFileSync(unit, '<<<<<<< HEAD\n');
      const { notices } = await room.call('project_info', {});
      expect(notices).toEqual([expect.stringContaining(`${unit} cannot be read`)]);
    }));

  it('are taken in without losing unsaved edits of other files', () =>
    inGame(async (room) => {
      await room.done('create_sound', sound('Boom'));
      await room.done('project_save', {});
      await room.done('create_event', { name: 'Play_Later', targetPath: `${unitPath}\\Boom` });
      renameOutside(unit, 'Boom', 'Bang');
      expect(countOf(await found(room, 'Bang'))).toBe(1);
      expect((await room.done('project_info', {})).isDirty).toBe(true);
      await room.done('project_save', {});
      expect(readFileSync(eventsUnit, 'utf8')).toContain('Play_Later');
      expect(readFileSync(unit, 'utf8')).toContain('"Bang"');
    }));

  it('by a rename over them or with their old time and size are noticed', () =>
    inGame(async (room) => {
      await room.done('create_sound', sound('Boom'));
      await room.done('project_save', {});
      const beside = join(dir, 'beside.wwu');
      writeFileSync(beside, readFileSync(unit, 'utf8').replaceAll('"Boom"', '"Bang"'));
      execFileSync('touch', ['-r', unit, beside]);
      renameSync(beside, unit);
      expect(countOf(await found(room, 'Bang'))).toBe(1);
    }));

  it('with unsaved edits in them refuse further edits, answer reads with a notice, and lose nothing on disk', () =>
    inGame(async (room) => {
      await room.done('create_sound', sound('Boom'));
      await room.done('project_save', {});
      await room.done('create_sound', sound('Mine'));
      renameOutside(unit, 'Boom', 'Theirs');
      const outside = readFileSync(unit, 'utf8');

      for (let read = 0; read < 2; read++) {
        const mine = await found(room, 'Mine');
        expect(countOf(mine)).toBe(1);
        expect(mine.notices).toEqual([expect.stringContaining('holds unsaved edits')]);
      }
      for (const [tool, args] of [
        ['create_sound', sound('More')],
        ['set_notes', { objectId: `${unitPath}\\Mine`, notes: 'x' }],
        ['create_work_unit', { name: 'More', parentPath: '\\Containers' }],
        ['project_save', {}],
      ] as const) {
        expect(await room.call(tool, args)).toMatchObject({
          ok: false,
          code: 'FILE_CONFLICT',
          hint: expect.stringContaining('project_reload'),
          details: { files: [unit] },
        });
      }
      expect(readFileSync(unit, 'utf8')).toBe(outside);
      expect(await room.call('project_reload', {})).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
      const reloaded = await room.call('project_reload', { discardUnsaved: true });
      expect(reloaded).toMatchObject({ ok: true, data: { discardedUnsaved: true } });
      // What stood in the way is settled by it, so nothing says any more that edits are refused.
      expect(JSON.stringify(reloaded)).not.toContain('refused');
      expect(countOf(await found(room, 'Theirs'))).toBe(1);
      expect(countOf(await found(room, 'Mine'))).toBe(0);
      await room.done('create_sound', sound('More'));
      await room.done('project_save', {});
    }));

  it('are all named while one of them holds unsaved edits, changed, added, vanished and the .wproj, and read once it does not', () =>
    inGame(async (room) => {
      await room.done('create_sound', sound('Boom'));
      await room.done('create_event', { name: 'Play_Boom', targetPath: `${unitPath}\\Boom` });
      await room.done('create_work_unit', { name: 'Weather', parentPath: '\\Containers' });
      await room.done('set_notes', { objectId: `${unitPath}\\Boom`, notes: 'Mine' });
      const weather = join(projectDir, 'Containers', 'Weather.wwu');
      const added = join(projectDir, 'Busses', 'Added.wwu');
      renameOutside(unit, 'Boom', 'Theirs');
      renameOutside(eventsUnit, 'Play_Boom', 'Play_Theirs');
      rmSync(weather);
      writeFileSync(added, emptyUnit('Added', '{11111111-2222-3333-4444-555555555555}'));
      writeFileSync(projectPath, `${readFileSync(projectPath, 'utf8')}\n`);

      for (const [tool, args] of [
        ['get_object', { objectId: 'Event:Play_Boom' }],
        ['find_unused', { kind: 'audio' }],
        ['project_lint', {}],
      ] as const) {
        const { notices } = await room.call(tool, args);
        expect(notices).toEqual([expect.stringContaining(`${unit} changed on disk and holds unsaved edits`)]);
        expect(String(notices)).toContain('answers show them as they were before');
        expect(String(notices)).toMatch(/changed: [^;]*Game\.wproj/);
        expect(String(notices)).toContain(eventsUnit);
        expect(String(notices)).toContain(`added: ${added}`);
        expect(String(notices)).toContain(`vanished: ${weather}`);
      }
      await room.done('undo', {});
      expect(await room.call('get_object', { objectId: 'Event:Play_Theirs' })).toMatchObject({ ok: true });
      expect(countOf(await found(room, 'Theirs'))).toBe(1);
    }));

  it('are not deleted by a call that has not seen what is in them now', () =>
    inGame(async (room) => {
      await room.done('create_work_unit', { name: 'Weather', parentPath: '\\Containers' });
      const weather = join(projectDir, 'Containers', 'Weather.wwu');
      const theirs = `${readFileSync(weather, 'utf8')}\n`;
      writeFileSync(weather, theirs);
      const deletion = { objectId: '\\Containers\\Weather' };
      expect(await room.call('delete_object', deletion)).toMatchObject({
        ok: false,
        code: 'FILE_CONFLICT',
        details: { files: [weather] },
      });
      expect(readFileSync(weather, 'utf8')).toBe(theirs);
      await room.done('delete_object', deletion);
    }));

  it('are reported by each answer while an undo group is open, and read again by the first after it', () =>
    inGame(async (room) => {
      await room.done('create_sound', sound('Boom'));
      await room.done('project_save', {});
      await room.done('waapi_call', { uri: 'ak.wwise.core.undo.beginGroup' });
      renameOutside(unit, 'Boom', 'Bang');
      for (let call = 0; call < 3; call++) {
        const during = await found(room, 'Boom');
        expect(countOf(during)).toBe(1);
        expect(String(during.notices)).toContain('while an undo group is open');
      }
      await room.done('waapi_call', { uri: 'ak.wwise.core.undo.cancelGroup' });
      const after = await found(room, 'Bang');
      expect(countOf(after)).toBe(1);
      expect(String(after.notices)).toContain('The project was reloaded');
      expect((await found(room, 'Bang')).notices).toBeUndefined();
    }));

  it('are not edited while an undo group keeps them from being read, and others are', () =>
    inGame(async (room) => {
      await room.done('create_sound', sound('Boom'));
      await room.done('waapi_call', { uri: 'ak.wwise.core.undo.beginGroup' });
      await room.done('project_save', {});
      renameOutside(unit, 'Boom', 'Bang');
      const outside = readFileSync(unit, 'utf8');
      const refusal = {
        ok: false,
        code: 'FILE_CONFLICT',
        hint: expect.stringContaining('project_reload'),
        details: { files: [unit] },
      };
      expect(await room.call('create_sound', sound('More'))).toMatchObject(refusal);
      expect(await room.call('delete_object', { objectId: `${unitPath}\\Boom` })).toMatchObject(refusal);
      await room.done('create_game_parameter', { name: 'Wind' });
      await room.done('waapi_call', {
        uri: 'ak.wwise.core.undo.endGroup',
        args: { displayName: 'Mine' },
      });
      expect(countOf(await found(room, 'Bang'))).toBe(1);
      await room.done('create_sound', sound('More'));
      await room.done('project_save', {});
      expect(readFileSync(unit, 'utf8')).toContain('"Bang"');
      expect(readFileSync(unit, 'utf8')).not.toBe(outside);
      expect(await room.call('get_object', { objectId: 'GameParameter:Wind' })).toMatchObject({ ok: true });
    }));

  it.each([
    ['changed', () => renameOutside(unit, 'Boom', 'Theirs')],
    ['vanished', () => rmSync(unit)],
    [
      'added',
      () =>
        writeFileSync(
          join(projectDir, 'Containers', 'Weather.wwu'),
          emptyUnit('Weather', '{11111111-2222-3333-4444-555555555555}'),
        ),
    ],
  ])('make a preview one that is not applied: %s', (_, change) =>
    inGame(async (room) => {
      await room.done('create_sound', sound('Boom'));
      await room.done('project_save', {});
      const nodes = [{ id: 'a', type: 'createSound', data: sound('Later') }];
      const { previewId } = await room.done('workflow_run', {
        workflow: { workflowId: 'later', nodes },
        mode: 'preview',
      });
      change();
      expect(await room.call('workflow_apply', { previewId })).toMatchObject({
        ok: false,
        code: 'PROJECT_CHANGED',
      });
      expect(countOf(await found(room, 'Later'))).toBe(0);
    }),
  );

  it('are no conflict any more once the unsaved edits are undone', () =>
    inGame(async (room) => {
      await room.done('project_info', {});
      await room.done('create_sound', sound('Mine'));
      writeFileSync(unit, readFileSync(unit, 'utf8').replace('</WwiseDocument>', '\n</WwiseDocument>'));
      expect(await room.call('create_sound', sound('More'))).toMatchObject({ code: 'FILE_CONFLICT' });
      await room.done('undo', {});
      await room.done('create_sound', sound('More'));
      await room.done('project_save', {});
    }));

  it('are not what the server itself saves, creates, moves and deletes', () =>
    inGame(async (room) => {
      const answers = [
        await room.call('create_sound', sound('Boom')),
        await room.call('project_save', {}),
        await room.call('create_work_unit', { name: 'Weather', parentPath: '\\Containers' }),
        await room.call('rename_object', { objectId: '\\Containers\\Weather', name: 'Storm' }),
        await room.call('project_save', {}),
        await room.call('delete_object', { objectId: '\\Containers\\Storm' }),
        await room.call('project_save', {}),
        await room.call('project_info', {}),
      ];
      expect(answers.filter(({ ok, notices }) => ok !== true || notices !== undefined)).toEqual([]);
    }));

  it('make a .wproj that does not read a conflict, until it does', () =>
    inGame(async (room) => {
      await room.done('project_info', {});
      const whole = readFileSync(projectPath);
      writeFileSync(projectPath, '<<<<<<< HEAD\n');
      expect(await room.call('project_info', {})).toMatchObject({
        ok: true,
        notices: [expect.stringContaining('could not be reloaded')],
      });
      expect(await room.call('create_sound', sound('Boom'))).toMatchObject({ code: 'FILE_CONFLICT' });
      expect(await room.call('project_reload', {})).toMatchObject({ code: 'FILE_UNREADABLE' });
      writeFileSync(projectPath, whole);
      await room.done('create_sound', sound('Boom'));
    }));
});
