import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { parse as parseJson } from 'jsonc-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WwiseFlowError } from '../../../../src/core/errors.ts';
import { type InitOrder, type InitParts, runInit } from '../../../../src/facades/cli/init/init.ts';
import { printTo } from '../../../../src/facades/cli/print.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';

let dir = '';
let work = '';
let home = '';
let project = '';
let out = '';
let examined: { readonly options: readonly string[]; readonly folder: string }[] = [];

beforeEach(() => {
  dir = newTempDir('settings-kept');
  work = join(dir, 'work');
  home = join(dir, 'home');
  project = join(work, 'Game', 'Game.wproj');
  mkdirSync(dirname(project), { recursive: true });
  mkdirSync(home);
  writeFileSync(project, '');
  out = '';
  examined = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const parts = (): InitParts => ({
  ...{ cwd: work, homeDir: home, env: {}, platform: process.platform },
  ...{ nodePath: '/bin/node', scriptPath: '/opt/wwiseflow/main.js', ask: null },
  lookForWwise: async () => null,
  examine: async (options, folder) => {
    examined.push({ options, folder });
  },
});
const init = (client: string, changes: Partial<InitOrder> = {}): Promise<number> => {
  const order = { remove: false, print: false, scope: undefined, options: [], namesTarget: false };
  const print = printTo((text) => {
    out += stripVTControlCharacters(text);
  });
  out = '';
  return runInit({ ...order, client, name: 'wwiseflow', ...changes }, parts(), print);
};
const refusal = async (client: string, changes: Partial<InitOrder> = {}): Promise<WwiseFlowError> => {
  const refused = await init(client, changes).then(
    () => undefined,
    (problem: WwiseFlowError) => problem,
  );
  if (refused === undefined) throw new Error(`init ${client} was not refused`);
  return refused;
};
const entry = () => ({
  command: '/bin/node',
  args: ['/opt/wwiseflow/main.js', 'mcp', '--project', project],
});
const settingsOf = (filePath: string): unknown => parseJson(readFileSync(filePath, 'utf8'));
const here = () => join(work, '.mcp.json');

describe('init with a client that has no settings yet', () => {
  it('makes them, with an entry that starts this program on the project near here', async () => {
    expect(await init('claude-code')).toBe(0);
    expect(settingsOf(here())).toEqual({ mcpServers: { wwiseflow: entry() } });
    expect(readdirSync(work).sort()).toEqual(['.mcp.json', 'Game']);
    expect(out).toContain(`✓ Wrote the entry "wwiseflow" for Claude Code in ${here()}.\n`);
    expect(out).not.toContain('What was there before');
    expect(out).toContain('→ Start Claude Code in this folder');
    expect(out).toContain('→ Then ask your agent: "What is in my Wwise project?"');
  });

  it('examines the project from the folder where such a client starts the server', async () => {
    const options = ['--project', project];
    await init('cursor', { scope: 'project' });
    await init('cursor');
    expect(examined).toEqual([
      { options, folder: work },
      { options, folder: parse(work).root },
    ]);
  });

  it('makes the folder of the settings too, and adds what that client wants beside the command', async () => {
    await init('vscode', { scope: 'project' });
    expect(settingsOf(join(work, '.vscode', 'mcp.json'))).toEqual({
      servers: { wwiseflow: { type: 'stdio', ...entry() } },
    });
  });

  it('takes of several places the one whose folder the client has made', async () => {
    const made = join(home, '.cline', 'data', 'settings');
    mkdirSync(made, { recursive: true });
    await init('cline');
    expect(readdirSync(made)).toEqual(['cline_mcp_settings.json']);
    expect(readdirSync(home)).toEqual(['.cline']);
  });

  it('looks for no project where the options name one, and hints at --allow-dir until it is there', async () => {
    rmSync(project);
    const options = ['--project', '/elsewhere/Other.wproj'];
    await init('claude-code', { options, namesTarget: true });
    expect(out).toContain('do this again with --allow-dir FOLDER');
    const more = [...options, '--allow-dir', '/wavs'];
    await init('claude-code', { options: more, namesTarget: true });
    expect(out).not.toContain('do this again');
    expect(settingsOf(here())).toMatchObject({
      mcpServers: { wwiseflow: { args: ['/opt/wwiseflow/main.js', 'mcp', ...more] } },
    });
  });
});

describe('init with settings that are there', () => {
  const mine =
    '// mine\n{\n  "theme": "dark", // at night\n  "mcpServers": { "other": { "command": "x" } }\n}\n';

  it('adds the entry, keeps every comment, and a copy of what was there', async () => {
    writeFileSync(here(), mine);
    expect(await init('claude-code')).toBe(0);
    const text = readFileSync(here(), 'utf8');
    expect(text).toMatch(/^\/\/ mine\n\{\n {2}"theme": "dark", \/\/ at night\n/);
    expect(parseJson(text)).toEqual({
      theme: 'dark',
      mcpServers: { other: { command: 'x' }, wwiseflow: entry() },
    });
    expect(readFileSync(`${here()}.before-wwiseflow`, 'utf8')).toBe(mine);
    expect(out).toContain(`What was there before is kept in ${here()}.before-wwiseflow.\n`);
  });

  it('writes nothing the second time, and replaces the entry when other options are wanted', async () => {
    await init('claude-code');
    const first = readFileSync(here(), 'utf8');
    await init('claude-code');
    expect(out).toContain(`✓ Claude Code has this entry already, in ${here()}.\n`);
    expect(readFileSync(here(), 'utf8')).toBe(first);
    expect(readdirSync(work).sort()).toEqual(['.mcp.json', 'Game']);
    await init('claude-code', { options: ['--read-only'] });
    expect(out).toContain('✓ Replaced the entry "wwiseflow"');
    expect(readFileSync(here(), 'utf8')).toContain('--read-only');
  });

  it('writes over no copy of before', async () => {
    writeFileSync(here(), mine);
    await init('claude-code');
    await init('claude-code', { options: ['--read-only'] });
    expect(out).toContain(`kept in ${here()}.before-wwiseflow-2.`);
    expect(readFileSync(`${here()}.before-wwiseflow`, 'utf8')).toBe(mine);
    expect(readFileSync(`${here()}.before-wwiseflow-2`, 'utf8')).not.toContain('--read-only');
  });

  it('leaves the byte order mark and the mode of the file as they are', async () => {
    writeFileSync(here(), `\uFEFF${mine}`);
    chmodSync(here(), 0o600);
    await init('claude-code');
    expect(readFileSync(here(), 'utf8')).toMatch(/^\uFEFF\/\/ mine\n/);
    expect(readFileSync(`${here()}.before-wwiseflow`, 'utf8')).toBe(`\uFEFF${mine}`);
    // Windows has no such modes.
    if (process.platform === 'win32') return;
    expect(statSync(here()).mode & 0o777).toBe(0o600);
    expect(statSync(`${here()}.before-wwiseflow`).mode & 0o777).toBe(0o600);
  });

  it('removes its own entry only, and nothing where it has none', async () => {
    writeFileSync(here(), mine);
    await init('claude-code');
    await init('claude-code', { name: 'second' });
    expect(await init('claude-code', { remove: true })).toBe(0);
    expect(out).toContain(`✓ Removed the entry "wwiseflow" for Claude Code from ${here()}.\n`);
    expect(out).toContain('What was there before is kept in');
    expect(settingsOf(here())).toEqual({
      theme: 'dark',
      mcpServers: { other: { command: 'x' }, second: entry() },
    });
    const before = readdirSync(work);
    expect(await init('claude-code', { remove: true })).toBe(0);
    expect(out).toBe(`! Claude Code has no entry "wwiseflow" in ${here()}: nothing to remove.\n`);
    expect(readdirSync(work)).toEqual(before);
    expect(await init('windsurf', { remove: true })).toBe(0);
    expect(readdirSync(home)).toEqual([]);
  });

  it.each([
    ['its own formatting', mine],
    ['an empty list of servers', '{"mcpServers":{}}'],
    ['nothing in it', ''],
    ['a byte order mark', `\uFEFF${mine}`],
  ])('gives a file with %s back to the byte, and leaves no copy', async (_, text) => {
    writeFileSync(here(), text);
    await init('claude-code');
    await init('claude-code', { options: ['--read-only'] });
    await init('claude-code', { name: 'second' });
    await init('claude-code', { name: 'second', remove: true });
    await init('claude-code', { remove: true });
    expect(out).toBe(`✓ Removed the entry "wwiseflow" for Claude Code: ${here()} is what it was before.\n`);
    expect(readFileSync(here(), 'utf8')).toBe(text);
    expect(readdirSync(work).sort()).toEqual(['.mcp.json', 'Game']);
  });

  it('deletes a file that only it wrote, however often, and no other', async () => {
    await init('claude-code');
    await init('claude-code', { options: ['--read-only'] });
    await init('claude-code', { remove: true });
    expect(out).toContain(`with ${here()}, which held nothing else.`);
    expect(readdirSync(work)).toEqual(['Game']);
    await init('claude-code');
    writeFileSync(here(), readFileSync(here(), 'utf8').replace('{', '{\n  // mine'));
    await init('claude-code', { remove: true });
    expect(readFileSync(here(), 'utf8')).toContain('// mine');
    expect(settingsOf(here())).toEqual({});
  });

  it('leaves a link that somebody made to a file of its own', async () => {
    const kept = join(dir, 'dotfiles.json');
    await init('claude-code');
    renameSync(here(), kept);
    symlinkSync(kept, here());
    await init('claude-code', { remove: true });
    expect(lstatSync(here()).isSymbolicLink()).toBe(true);
    expect(settingsOf(kept)).toEqual({});
  });

  it('gives TOML back to the byte once the entry is removed', async () => {
    const filePath = join(work, '.codex', 'config.toml');
    mkdirSync(dirname(filePath));
    const toml = '# mine\nmodel = "x" # fast\n\n[mcp_servers.other]\ncommand = "y"\n';
    writeFileSync(filePath, toml);
    await init('codex', { scope: 'project' });
    expect(readFileSync(filePath, 'utf8')).toContain(`${toml}\n[mcp_servers.wwiseflow]\n`);
    await init('codex', { scope: 'project', remove: true });
    expect(readFileSync(filePath, 'utf8')).toBe(toml);
  });

  it('writes through a link, and leaves it a link', async () => {
    const kept = join(dir, 'dotfiles.json');
    writeFileSync(kept, mine);
    symlinkSync(kept, here());
    await init('claude-code');
    expect(lstatSync(here()).isSymbolicLink()).toBe(true);
    expect(settingsOf(kept)).toMatchObject({ theme: 'dark', mcpServers: { wwiseflow: entry() } });
    expect(readFileSync(`${here()}.before-wwiseflow`, 'utf8')).toBe(mine);
    expect(readdirSync(dir).sort()).toEqual(['dotfiles.json', 'home', 'work']);
  });

  it('shows the entry and where it belongs with --print, whatever is in the file, and writes nothing', async () => {
    writeFileSync(here(), '{ broken');
    expect(await init('claude-code', { print: true })).toBe(0);
    const [head, ...json] = out.split('\n');
    expect(head).toBe(`Claude Code reads this from ${here()}:`);
    expect(JSON.parse(json.join('\n'))).toEqual({ mcpServers: { wwiseflow: entry() } });
    expect(readFileSync(here(), 'utf8')).toBe('{ broken');
    expect(readdirSync(work).sort()).toEqual(['.mcp.json', 'Game']);
    expect(examined).toEqual([]);
  });
});

describe('init that is refused', () => {
  it.each([
    ['claude-code', '.mcp.json', '{\n  "mcpServers": {\n', /line 3/],
    ['claude-code', '.mcp.json', '[]', /no JSON object/],
    ['codex', join('.codex', 'config.toml'), 'model = \n', /not TOML/],
  ])('names the file that %s has in %s, %j, and leaves it alone', async (client, path, broken, reason) => {
    const filePath = join(work, path);
    mkdirSync(dirname(filePath), { recursive: true });
    writeFileSync(filePath, broken);
    for (const remove of [false, true]) {
      const refused = await refusal(client, { scope: 'project', remove });
      expect(refused).toMatchObject({ code: 'FILE_UNREADABLE', details: { filePath } });
      expect(refused.message).toContain(filePath);
      expect(refused.message).toMatch(reason);
    }
    expect(readFileSync(filePath, 'utf8')).toBe(broken);
    expect(readdirSync(dirname(filePath)).filter((name) => name.includes('wwiseflow'))).toEqual([]);
    expect([out, examined]).toEqual(['', []]);
  });

  it('names what stands there instead of a file', async () => {
    mkdirSync(here());
    const refused = await refusal('claude-code');
    expect(refused).toMatchObject({ code: 'FILE_UNREADABLE', details: { filePath: here() } });
    expect(refused.message).toContain('is a folder, not a file');
    expect(refused.hint).toContain('--print');
    expect(readdirSync(here())).toEqual([]);
  });

  it('says so where the folder of the settings cannot be made', async () => {
    writeFileSync(join(work, '.cursor'), 'a file');
    const refused = await refusal('cursor', { scope: 'project' });
    expect(refused).toMatchObject({ code: 'FILE_READ_ONLY' });
    expect(refused.message).toContain(`${join(work, '.cursor', 'mcp.json')} cannot be written`);
    expect(refused.hint).toContain('Nothing was changed');
    expect(readFileSync(join(work, '.cursor'), 'utf8')).toBe('a file');
  });

  it('says how to get a project where there is none', async () => {
    rmSync(project);
    const refused = await refusal('claude-code');
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', details: { folder: work } });
    expect(refused.message).toContain(`no .wproj in or near ${work}, and no Wwise is running`);
    expect(refused.hint).toContain('`wwiseflow new Game/Game.wproj` makes an empty project');
    expect([existsSync(here()), out]).toEqual([false, '']);
  });

  it('gives the options to choose from where there are several projects and nobody to ask', async () => {
    const other = join(work, 'Other', 'Other.wproj');
    mkdirSync(dirname(other));
    writeFileSync(other, '');
    const choices = [`--project ${project}`, `--project ${other}`];
    const refused = await refusal('claude-code');
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', details: { choices } });
    expect(refused.message).toContain('There are 2 projects to choose from');
    expect(refused.hint).toBe(`Say which one, as in --project ${project}.`);
    expect([existsSync(here()), out]).toEqual([false, '']);
  });

  it('knows no other clients and scopes than it lists', async () => {
    const unknown = await refusal('curser');
    expect(unknown).toMatchObject({ code: 'INVALID_INPUT', details: { client: 'curser' } });
    expect(unknown.message).toBe('There is no client "curser". Did you mean "cursor"?');
    expect(unknown.hint).toContain('claude-code, claude-desktop, cline');
    const scope = await refusal('windsurf', { scope: 'project' });
    expect(scope).toMatchObject({ code: 'INVALID_INPUT', details: { candidates: ['user'] } });
    expect(scope.hint).toBe('Leave --scope out: it is user.');
    expect([existsSync(here()), readdirSync(home)]).toEqual([false, []]);
  });
});
