import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client as NewClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as NewTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { isLong } from '../harness/amount.ts';
import { eras, writeEraProject } from '../harness/era-project.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { writeTone } from '../harness/wave.ts';
import { npm, packInto, root } from './packed.ts';

/** Asks the registry of npm for the few packages it needs, into an empty cache: in `npm run test:long` only. */
describe.skipIf(!isLong)('a new user, with the packed package in an empty folder', () => {
  const dir = tempDir('installed');
  const home = join(dir, 'home');
  const env = {
    NO_COLOR: '1',
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData'),
    XDG_CONFIG_HOME: '',
    XDG_STATE_HOME: '',
  };
  const work = join(dir, 'work');
  const wwiseflow = (...args: string[]): string =>
    execFileSync('npx', ['--no-install', 'wwiseflow', ...args], {
      cwd: work,
      encoding: 'utf8',
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });

  beforeAll(() => {
    for (const folder of [home, work]) mkdirSync(folder, { recursive: true });
    const { tarball } = packInto(dir);
    writeFileSync(join(work, 'package.json'), '{ "private": true }\n');
    npm(['install', tarball, '--cache', join(dir, 'cache'), '--no-audit', '--no-fund'], work);
  });

  it('gets no more than 40 packages', () => {
    const listed = npm(['ls', '--all', '--parseable'], work).trim().split('\n');
    expect(listed.length - 1).toBeLessThanOrEqual(40);
  });

  it('makes a project, sets a client up, imports a first sound as its agent, and removes the entry', async () => {
    wwiseflow('new', 'Game/Game.wproj');
    writeTone(join(work, 'Game', 'step.wav'));
    expect(wwiseflow('init', 'claude-code')).toContain('project Game');
    const entry = asJsonObject(
      asJsonObject(asJsonObject(JSON.parse(readFileSync(join(work, '.mcp.json'), 'utf8'))).mcpServers)
        .wwiseflow,
    );
    await firstSound(entry, join(work, 'Game', 'step.wav'), 'Step');
    const unit = readFileSync(join(work, 'Game', 'Containers', 'Default Work Unit.wwu'), 'utf8');
    expect(unit).toContain('<Sound Name="Step"');
    expect(wwiseflow('init', 'claude-code', '--remove')).toContain('Removed the entry');
    expect(existsSync(join(work, '.mcp.json'))).toBe(false);
  });

  it.each(eras.filter((era) => [89, 110, 133].includes(era)))(
    'does so on a project of its own, of the schema %i',
    async (era) => {
      const { projectPath } = writeEraProject(join(work, `era${era}`), era);
      const wav = join(projectPath, '..', 'step.wav');
      writeTone(wav);
      expect(wwiseflow('init', 'cursor', '--project', projectPath)).toContain('project Era');
      const file = join(home, '.cursor', 'mcp.json');
      const servers = asJsonObject(asJsonObject(JSON.parse(readFileSync(file, 'utf8'))).mcpServers);
      await firstSound(asJsonObject(servers.wwiseflow), wav, 'Step');
      expect(wwiseflow('check', projectPath)).toContain('all written back byte for byte');
      wwiseflow('init', 'cursor', '--remove');
    },
  );

  it.each(['of today', 'of 2025'])('runs the workflow of the demo with a client %s, twice', async (which) => {
    const folder = which.replace(' ', '-');
    wwiseflow('new', `${folder}/Demo.wproj`);
    const wav = join(work, folder, 'laser.wav');
    writeTone(wav);
    const args = ['--no-install', 'wwiseflow', 'mcp', '--project', join(work, folder, 'Demo.wproj')];
    const call = await connect({ command: 'npx', args }, which === 'of 2025');
    const workflow = demoWorkflow(wav);
    const first = await call('workflow_run', { workflow });
    expect(first).toMatchObject({ ok: true });
    const again = await call('workflow_run', { workflow });
    const memos = asJsonArray(asJsonObject(again.data).results).map((row) => asJsonObject(row).memo);
    expect(memos).toEqual(['hit', 'hit', undefined]);
    await call(null, {});
  });

  it('installs as a bundle: the one file, unpacked, starts with the settings left empty', async () => {
    npm(['run', '--silent', 'bundle'], root);
    const { name, version } = asJsonObject(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    const bundle = join(root, 'mcpb/dist', `${String(name)}-${String(version)}.mcpb`);
    const unpacked = join(dir, 'bundle');
    const tool = join(root, 'node_modules/@anthropic-ai/mcpb/dist/cli/cli.js');
    execFileSync(process.execPath, [tool, 'unpack', bundle, unpacked], { stdio: 'ignore' });
    const manifest = asJsonObject(JSON.parse(readFileSync(join(unpacked, 'manifest.json'), 'utf8')));
    const config = asJsonObject(asJsonObject(manifest.server).mcp_config);
    const args = asJsonArray(config.args).map((arg) => String(arg).replace(/^\$\{__dirname\}/, unpacked));
    wwiseflow('new', 'Bundled/Bundled.wproj');
    const said = Object.fromEntries(
      Object.entries(asJsonObject(config.env)).map(([key, value]) => [key, String(value)]),
    );
    const settings = {
      ...said,
      WWISEFLOW_PROJECT: join(work, 'Bundled', 'Bundled.wproj'),
      WWISEFLOW_PROFILE: 'designer',
      WWISEFLOW_TOOLSETS: 'default',
    };
    const call = await connect({ command: process.execPath, args }, false, settings);
    expect(await call('project_info', {})).toMatchObject({ ok: true, data: { name: 'Bundled' } });
    await call(null, {});
  });

  /** What an agent does to import a first sound: asks which project, then imports below its default Work Unit and saves. */
  async function firstSound(entry: JsonObject, filePath: string, name: string): Promise<void> {
    const call = await connect(
      {
        command: asString(entry.command) ?? '',
        args: asJsonArray(entry.args).map(String),
      },
      false,
    );
    const info = await call('project_info', {});
    const homes = JSON.stringify(info.data);
    const [, parentPath = ''] =
      /"(\\\\(?:Containers|Actor-Mixer Hierarchy)\\\\Default Work Unit)"/.exec(homes) ?? [];
    expect(parentPath, homes).not.toBe('');
    const imported = await call('audio_import', {
      filePath,
      name,
      parentPath: parentPath.replaceAll('\\\\', '\\'),
    });
    expect(imported).toMatchObject({ ok: true });
    expect(await call('project_save', {})).toMatchObject({ ok: true });
    await call(null, {});
  }

  /** Calls a tool of a server that is started so; null ends it. */
  async function connect(
    start: { readonly command: string; readonly args: string[] },
    isOld: boolean,
    more: Readonly<Record<string, string>> = {},
  ): Promise<(tool: string | null, args: JsonObject) => Promise<JsonObject>> {
    const path = process.env.PATH ?? '';
    const parameters = {
      ...start,
      cwd: work,
      stderr: 'ignore' as const,
      env: { PATH: path, ...env, ...more },
    };
    const [client, transport] = isOld
      ? ([new OldClient({ name: 'test', version: '1' }), new OldTransport(parameters)] as const)
      : ([new NewClient({ name: 'test', version: '1' }), new NewTransport(parameters)] as const);
    if (client instanceof OldClient) await client.connect(transport);
    else await client.connect(transport);
    return async (tool, args) => {
      if (tool === null) {
        await client.close();
        return {};
      }
      const answer = await client.callTool({ name: tool, arguments: { ...args } });
      return asJsonObject(asJsonObject(answer).structuredContent);
    };
  }
});

function demoWorkflow(filePath: string): JsonObject {
  return {
    workflowId: 'demo-import',
    nodes: [
      {
        id: 'sound',
        type: 'createSound',
        data: { name: 'Laser_Zap', parentPath: '\\Containers\\Default Work Unit' },
      },
      { id: 'import', type: 'audioImport', data: { filePath } },
      { id: 'save', type: 'projectSave', data: {} },
    ],
    edges: [{ source: 'sound', target: 'import' }],
  };
}
