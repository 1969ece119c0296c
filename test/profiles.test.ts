import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Profile, profileFor, profiles, profileToOffer } from '../src/core/access/profile.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../src/core/json.ts';
import { createProject } from '../src/embedded/project/new-project/new-project.ts';
import { allTools } from '../src/facades/mcp/tools/tools.ts';
import { commands } from '../tools/catalog.ts';
import { appIn } from './harness/app-in.ts';
import { runProgram } from './harness/command-line.ts';
import { mcpClient } from './harness/mcp-client.ts';
import { tempDir } from './harness/temp-dir.ts';

const dir = tempDir('profiles');
const project = join(dir, 'Game', 'Game.wproj');
createProject(project);
const target = ['--project', project, '--state', join(dir, 'state')];

/** A client of a start for this profile, with every tool it includes. */
async function as<T>(
  profile: Profile,
  work: (
    call: (tool: string, args: JsonObject) => Promise<JsonObject>,
    tools: readonly string[],
  ) => Promise<T>,
): Promise<T> {
  const app = appIn(dir, [...target, '--profile', profile, '--toolsets', 'all']);
  const { client, close } = await mcpClient(app, profile);
  try {
    const { tools } = await client.listTools();
    return await work(
      async (name, args) =>
        asJsonObject((await client.callTool({ name, arguments: { ...args } })).structuredContent),
      tools.map(({ name }) => name),
    );
  } finally {
    await close();
  }
}

const flow = (type: string, data: JsonObject): JsonObject => ({ nodes: [{ id: 'n', type, data }] });

describe('a profile', () => {
  it('offers what it includes, each more than the one before', async () => {
    const offered: (readonly string[])[] = [];
    for (const profile of profiles) offered.push(await as(profile, async (_, tools) => tools));
    const [reader = [], designer = [], builder = [], admin = []] = offered;
    expect(reader).toContain('workflow_compile');
    expect(reader.filter((name) => !designer.includes(name))).toEqual([]);
    expect(reader).not.toContain('create_sound');
    expect(designer).toEqual(expect.arrayContaining(['create_sound', 'delete_object', 'waapi_call']));
    expect(builder.filter((name) => !designer.includes(name)).sort()).toEqual([
      'generate_soundbanks',
      'remote_connect',
      'remove_unused',
      'source_control_change',
      'source_control_revert',
      'wwise_console',
    ]);
    expect(admin.filter((name) => !builder.includes(name))).toEqual(['memo_forget']);
    expect(admin).toHaveLength(allTools(commands).length);
  });

  it('says of a tool that is not offered which profile has it', async () => {
    await as('designer', async (call) => {
      await expect(call('generate_soundbanks', {})).rejects.toThrow('needs the profile builder');
    });
  });

  it('holds waapi_call to the functions it includes, before anything is sent', async () => {
    await as('designer', async (call) => {
      const root = { object: '\\Containers\\Default Work Unit', value: 'By a designer.' };
      expect(await call('waapi_call', { uri: 'ak.wwise.core.object.setNotes', args: root })).toMatchObject({
        ok: true,
      });
      for (const [uri, needed] of [
        ['ak.wwise.core.soundbank.generate', 'builder'],
        ['ak.wwise.core.sourceControl.commit', 'builder'],
        ['ak.wwise.ui.project.close', 'admin'],
        ['ak.wwise.core.executeLuaScript', 'admin'],
        ['ak.wwise.core.objectsOfTomorrow.delete', 'admin'],
      ] as const)
        expect(await call('waapi_call', { uri }), uri).toMatchObject({
          ok: false,
          code: 'NOT_IN_PROFILE',
          details: { profile: 'designer', needed },
        });
    });
  });

  it('holds workflows to it when they are compiled, so that none stops halfway', async () => {
    await as('designer', async (call) => {
      const workflow = {
        nodes: [
          {
            id: 'made',
            type: 'createSound',
            data: { name: 'Half', parentPath: '\\Containers\\Default Work Unit' },
          },
          { id: 'banks', type: 'generateSoundbanks', data: {} },
        ],
      };
      const refused = await call('workflow_run', { workflow });
      expect(refused).toMatchObject({ ok: false, code: 'NOT_IN_PROFILE' });
      expect(asJsonArray(asJsonObject(refused.details).problems)).toMatchObject([
        { pointer: '/nodes/1/type', code: 'NOT_IN_PROFILE' },
      ]);
      const call2 = flow('waapiCall', { uri: 'ak.wwise.ui.project.close' });
      expect(await call('workflow_compile', { workflow: call2 })).toMatchObject({ code: 'NOT_IN_PROFILE' });
      const made = await call('get_object', { objectId: '\\Containers\\Default Work Unit\\Half' });
      expect(made).toMatchObject({ ok: false, code: 'OBJECT_NOT_FOUND' });
    });
  });

  it('checks a function that only a run decides when it is called', async () => {
    await as('designer', async (call) => {
      const workflow = {
        inputs: { uri: { type: 'string' } },
        ...flow('waapiCall', { uri: '$input:uri' }),
      };
      const run = await call('workflow_run', { workflow, input: { uri: 'ak.wwise.ui.project.close' } });
      expect(run).toMatchObject({ ok: false, code: 'NOT_IN_PROFILE' });
    });
  });

  it('lets a reader plan what others will run', async () => {
    await as('reader', async (call) => {
      const workflow = flow('createSound', { name: 'Later', parentPath: '\\Containers\\Default Work Unit' });
      expect(await call('workflow_compile', { workflow })).toMatchObject({ ok: true });
    });
  });

  it.each([
    [['new', 'Other.wproj'], 'reader', 'designer'],
    [['rollback', 'run_x'], 'reader', 'designer'],
    [['gc', '--memo'], 'builder', 'admin'],
    [['token', 'add', '--name', 'x'], 'builder', 'admin'],
    [['hook', 'add', 'make-sound'], 'builder', 'admin'],
    [['schedule', 'add', 'make-sound', '--cron', '0 9 * * *'], 'builder', 'admin'],
    [['callback', 'add', 'https://host/', '--secret', 'KEY'], 'builder', 'admin'],
    [['waapi-server', 'Game/Game.wproj'], 'builder', 'admin'],
  ])('holds the command line to it: %j for a %s', async (args, profile, needed) => {
    const said = await runProgram([...args, '--profile', profile], { cwd: dir });
    expect(said).toMatchObject({ code: 2, out: '' });
    expect(said.err).toContain('NOT_IN_PROFILE');
    expect(said.err).toContain(`--profile ${needed}`);
    expect(existsSync(join(dir, 'Other.wproj'))).toBe(false);
  });

  it('holds a run on the command line to it', async () => {
    writeFileSync(join(dir, 'banks.json'), JSON.stringify(flow('generateSoundbanks', {})));
    const said = await runProgram(['run', 'banks.json', ...target, '--profile', 'designer'], { cwd: dir });
    expect(said).toMatchObject({ code: 2 });
    expect(said.out).toContain('NOT_IN_PROFILE');
  });

  it('holds a rollback to it, whichever facade asks for it', async () => {
    const app = appIn(dir, [...target, '--profile', 'reader']);
    const answer = await (await app.openService()).rollBack('run_x');
    expect(answer).toMatchObject({ ok: false, code: 'NOT_IN_PROFILE', details: { needed: 'designer' } });
    await app.close();
  });

  it('is narrowed by --read-only, whatever it says', async () => {
    const app = appIn(dir, [...target, '--profile', 'admin', '--read-only']);
    expect(app.toolNames).not.toContain('create_sound');
    await app.close();
  });
});

it('every command that changes something needs a designer at least', () => {
  const low = commands.filter((command) => command.effect !== 'read' && profileToOffer(command) === 'reader');
  expect(low.map(({ name }) => name)).toEqual([]);
  const high = commands.filter(
    (command) => command.effect === 'read' && profileFor(command, {}) !== 'reader',
  );
  expect(high.map(({ name }) => name)).toEqual([]);
});
