import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkedPath } from '../../../../src/core/files/checked-path.ts';
import { asJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { nodeFiles } from '../../../../src/workflow/nodes/data/node-files.ts';
import { mapAt } from '../../../../src/wwise/files/map-at.ts';
import { commands } from '../../../../tools/catalog.ts';
import { commandFiles } from '../../../../tools/file_inputs.ts';
import { exampleInput, exampleProjectIn, makeExampleProject } from '../../../harness/command-examples.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { withScriptedWwise } from '../../../harness/scripted-wwise.ts';
import { makePipe } from '../../../harness/special-file.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { writeTone } from '../../../harness/wave.ts';

let dir: string;
/** Beside the only allowed directory. */
let elsewhere: string;
let outside: readonly string[];

beforeAll(async () => {
  const root = newTempDir('paths');
  dir = join(root, 'allowed');
  elsewhere = join(root, 'elsewhere');
  mkdirSync(dir);
  mkdirSync(join(elsewhere, 'folder'), { recursive: true });
  await makeExampleProject(dir);
  writeTone(join(elsewhere, 'secret.wav'));
  writeTone(join(elsewhere, 'folder', 'Step_1.wav'));
  writeFileSync(join(elsewhere, 'rules.json'), '{}');
  symlinkSync(elsewhere, join(dir, 'audio', 'link'));
  outside = [
    join(elsewhere, 'secret.wav'),
    join(elsewhere, 'folder'),
    join(elsewhere, 'missing.wav'),
    join(dir, 'audio', 'link', 'secret.wav'),
    '../elsewhere/secret.wav',
    '..\\elsewhere\\secret.wav',
    `${dir}/audio/../../elsewhere/rules.json`,
    `file://${elsewhere}/secret.wav`,
    'C:\\Windows\\win.ini',
    '\\\\server\\share\\x.wav',
  ];
});
afterAll(() => rmSync(join(dir, '..'), { recursive: true, force: true }));

const withExample = (work: (room: McpRoom) => Promise<void>) =>
  withMcp(dir, ['--project', exampleProjectIn(dir)], work);

/** Rows whose commands ask a live Wwise, or whose own test says more. */
const elsewhereTested = /^(search_media|remote_connect|source_control_)/;

describe('paths from an agent', () => {
  it('are refused outside the allowed directories, in every input of a command that names a file', () =>
    withExample(async ({ call }) => {
      const before = treeOf(dir);
      for (const { command, argument, access } of commandFiles.filter(
        (row) => !elsewhereTested.test(row.command),
      )) {
        const input = inputFor(command, argument);
        for (const path of outside) {
          const value = access === 'originals' ? path.replace(/^\.\.[\\/]/, '../../') : path;
          const args = asJsonObject(await mapAt(input, argument, async () => value));
          const answer = await call(command, args);
          expect(answer, `${command} ${argument} ${path}`).toMatchObject({
            ok: false,
            code:
              access === 'originals'
                ? expect.stringMatching(/PATH_NOT_ALLOWED|INVALID_INPUT/)
                : 'PATH_NOT_ALLOWED',
          });
        }
      }
      expect(treeOf(dir)).toEqual(before);
    }));

  it('are refused where a pipe stands instead of a file, in every such input', () =>
    withExample(async ({ call }) => {
      const pipe = join(dir, 'audio', 'pipe.wav');
      const close = makePipe(pipe);
      for (const { command, argument, access } of commandFiles) {
        if (access !== 'read' || elsewhereTested.test(command)) continue;
        const args = asJsonObject(await mapAt(inputFor(command, argument), argument, async () => pipe));
        const answer = await call(command, args);
        expect(answer, `${command} ${argument}`).toMatchObject({ ok: false });
        expect(answer.error, `${command} ${argument}`).toContain('is a named pipe, not a file');
      }
      close();
      rmSync(pipe);
    }));

  it('are refused in the arguments of waapi_call, before anything is changed', () =>
    withExample(async ({ call, done }) => {
      const before = treeOf(join(dir, '..'));
      for (const path of outside) {
        const wproj = `${path}.wproj`;
        const rows = join(dir, 'audio', 'rows.txt');
        writeFileSync(
          rows,
          `Audio File\tObject Path\n${path.replace(/^\.\./, '../..')}\t<Sound SFX>Stolen\n`,
        );
        const calls: readonly (readonly [string, JsonObject])[] = [
          [
            'core.audio.import',
            { imports: [{ audioFile: path, objectPath: '\\Containers\\Default Work Unit\\<Sound>X' }] },
          ],
          [
            'core.audio.import',
            {
              default: { audioFile: path },
              imports: [{ objectPath: '\\Containers\\Default Work Unit\\<Sound>X' }],
            },
          ],
          [
            'core.audio.importTabDelimited',
            { importFile: path, importLanguage: 'SFX', importOperation: 'useExisting' },
          ],
          [
            'core.audio.importTabDelimited',
            { importFile: rows, importLanguage: 'SFX', importOperation: 'useExisting' },
          ],
          [
            'core.object.set',
            {
              objects: [
                {
                  object: '\\Containers\\Default Work Unit',
                  children: [{ type: 'Sound', name: 'X', import: { files: [{ audioFile: path }] } }],
                },
              ],
            },
          ],
          ['core.soundbank.processDefinitionFiles', { files: [path.replace(/^\.\./, '../../..')] }],
          ['debug.generateToneWAV', { path: `${path}.wav` }],
          ['ui.project.create', { path: wproj }],
          ['ui.project.open', { path: wproj }],
          [
            'core.object.setProperty',
            { object: '\\', property: 'SoundBankPaths', value: path.replace(/^\.\./, '../../..') },
          ],
        ];
        for (const [name, args] of calls) {
          const answer = await call('waapi_call', { uri: `ak.wwise.${name}`, args });
          expect(answer, `${name} ${JSON.stringify(args)}`).toMatchObject({
            ok: false,
            code: 'PATH_NOT_ALLOWED',
          });
        }
        rmSync(rows);
      }
      const input = { filePath: join(dir, 'audio', 'import.txt') };
      const list = readFileSync(input.filePath);
      writeFileSync(input.filePath, `Audio File\tObject Path\n${elsewhere}/secret.wav\t<Sound SFX>Stolen\n`);
      expect(await call('import_tab_delimited', input)).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
      writeFileSync(input.filePath, list);
      expect(treeOf(join(dir, '..'))).toEqual(before);
      expect(await done('project_info', {})).toMatchObject({ isDirty: false });
    }));

  it('are refused in nodes of a workflow, and in its preview', () =>
    withExample(async ({ call }) => {
      const nodes = [
        {
          id: 'tone',
          type: 'waapi_call',
          data: { uri: 'ak.wwise.debug.generateToneWAV', args: { path: join(elsewhere, 'new.wav') } },
        },
      ];
      for (const mode of ['run', 'preview']) {
        const answer = await call('workflow_run', { workflow: { nodes, edges: [] }, mode });
        expect(JSON.stringify(answer), mode).toContain('PATH_NOT_ALLOWED');
      }
      expect(existsSync(join(elsewhere, 'new.wav'))).toBe(false);
    }));

  it('are refused in every input of a node kind that names a file, written out and as an expression', () =>
    withExample(async ({ call }) => {
      const before = treeOf(join(dir, '..'));
      const submitted = {
        url: 'http://127.0.0.1:9/',
        poll: { handle: 'id', address: '/x', isDone: 'true', fetch: 'input.file' },
      };
      const rest: Readonly<Record<string, JsonObject>> = {
        'exec dir': { program: 'sox' },
        'exec args[].read': { program: 'sox' },
        'exec args[].write': { program: 'sox' },
        'http file': { url: 'http://127.0.0.1:9/', method: 'POST' },
        'http saveAs': { url: 'http://127.0.0.1:9/' },
        'input path': { source: 'file' },
        'mail attachments[]': { preset: 'smtp-relay', to: 'a@b.c', subject: 'x', text: 'x' },
        'move_files from': { to: dir, files: ['x.wav'] },
        'move_files to': { from: dir, files: ['x.wav'] },
        'output path': { destination: 'file', content: 'x' },
        'submit_and_poll file': { ...submitted, method: 'POST' },
        'submit_and_poll saveAs': submitted,
      };
      for (const { kind, argument } of nodeFiles) {
        // Those are looked at when a run that was cut off goes on, as the others are.
        if (argument.startsWith('resumeArgs')) continue;
        for (const path of [...outside, `{{ "${join(elsewhere, 'secret.wav')}" }}`]) {
          const data = { ...rest[`${kind} ${argument}`], ...inputAt(argument, path) };
          const workflow = { nodes: [{ id: 'n', type: kind, data }], edges: [] };
          const answer = await call('workflow_run', { workflow });
          expect(answer, `${kind} ${argument} ${path}`).toMatchObject({
            ok: false,
            code: 'PATH_NOT_ALLOWED',
          });
        }
      }
      expect(treeOf(join(dir, '..'))).toEqual(before);
    }));

  it.each([
    '.git/hooks/pre-commit',
    'sub/.GIT/config',
    'git~1/config',
    'Copy.wproj',
    'example/Events/New.WWU',
    'example/.example.wproj.wwiseflow-save',
    '.wwiseflow-abc/x.csv',
    'wwiseflow.config.json',
  ])('of what others keep are not written by a node, though allowed: %s', (name) =>
    withExample(async ({ call }) => {
      for (const mode of ['new', 'replace']) {
        const data = { destination: 'file', content: 'x', path: join(dir, name), mode };
        const workflow = { nodes: [{ id: 'n', type: 'output', data }], edges: [] };
        expect(await call('workflow_run', { workflow })).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
      }
      expect(existsSync(join(dir, name))).toBe(false);
      const path = join(dir, '.git', 'tone.wav');
      const tone = { uri: 'ak.wwise.debug.generateToneWAV', args: { path } };
      expect(await call('waapi_call', tone)).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
      const beside = { destination: 'file', content: 'x', path: join(dir, 'rows.git'), mode: 'replace' };
      const workflow = { nodes: [{ id: 'n', type: 'output', data: beside }], edges: [] };
      expect(await call('workflow_run', { workflow })).toMatchObject({ ok: true });
    }),
  );

  it('write nothing for a preview, wherever it would be allowed', () =>
    withExample(async ({ call }) => {
      const path = join(dir, 'tone.wav');
      const nodes = [
        {
          id: 'tone',
          type: 'waapi_call',
          data: { uri: 'ak.wwise.debug.generateToneWAV', args: { path } },
        },
      ];
      const workflow = { nodes, edges: [] };
      expect(JSON.stringify(await call('workflow_run', { workflow, mode: 'preview' }))).toContain(
        'not tried in a preview',
      );
      expect(existsSync(path)).toBe(false);
      expect(await call('workflow_run', { workflow, mode: 'run' })).toMatchObject({ ok: true });
      expect(existsSync(path)).toBe(true);
      rmSync(path);
    }));

  it('mean the same with any --allow-dir: relative ones count from where the program was started', async () => {
    await withMcp(
      dir,
      ['--project', exampleProjectIn(dir), '--allow-dir', elsewhere],
      async ({ call, done }) => {
        expect(await done('audio_facts', { filePath: 'audio/Step_1.wav' })).toMatchObject({ files: [{}] });
        const wrong = await call('audio_facts', { filePath: '../nowhere/x.wav' });
        expect(wrong).toMatchObject({ code: 'PATH_NOT_ALLOWED', details: { countedFrom: dir } });
        expect(wrong.error).toContain(`counted from "${dir}"`);
        expect(wrong.hint).toContain(
          'Give the full path: this one counts from where the server was started.',
        );
      },
    );
  });

  it('are offered in full where a relative one leads to a file of an allowed directory', async () => {
    const rules = { allowedDirs: [dir], startDir: elsewhere };
    const refused = (path: string) => checkedPath(path, 'read', rules).catch((thrown: unknown) => thrown);
    const file = join(dir, 'audio', 'Step_1.wav');
    const wrong = await refused('audio/Step_1.wav');
    expect(wrong).toMatchObject({ code: 'PATH_NOT_ALLOWED', details: { candidates: [file] } });
    expect(wrong).toMatchObject({ hint: `Did you mean "${file}"? Give the full path of a file.` });
    for (const path of ['../elsewhere/secret.wav', 'audio/link/secret.wav'])
      expect(await refused(path)).not.toHaveProperty('details.candidates');
  });

  it('are refused where only a live Wwise could use them', () =>
    withScriptedWwise({}, async ({ refused, called }) => {
      const capture = await refused('remote_connect', { host: join(elsewhere, 'x.prof') });
      expect(capture).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
      const filters = [{ type: 'audioSimilarity', value: join(elsewhere, 'secret.wav') }];
      expect(await refused('search_media', { filters })).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
      expect(called()).toEqual([]);
    }));
});

/** The first example of a command that has this input. */
function inputFor(command: string, argument: string): JsonObject {
  const name = argument.split(/[.[]/)[0] ?? '';
  const known = commands.find((one) => one.name === command);
  const example = known?.examples?.find(({ input }) => input[name] !== undefined) ?? known?.examples?.[0];
  const input = exampleInput(example?.input ?? {}, dir, []);
  return command === 'audio_facts' ? { filePath: '' } : { ...input, [name]: input[name] ?? filled(argument) };
}

function filled(argument: string): Json {
  return argument.includes('[]') ? [''] : '';
}

function treeOf(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.includes('state') && !/\.lock/.test(name))
    .sort();
}

/** `args[].read` with a value there: `{ args: [{ read: value }] }`. */
function inputAt(argument: string, value: string): JsonObject {
  if (argument.endsWith('[]')) return { [argument.slice(0, -2)]: [value] };
  const [list, member] = argument.split('[].');
  return list === undefined || member === undefined
    ? { [argument]: value }
    : { [list]: [{ [member]: value }] };
}
