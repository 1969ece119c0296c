import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseArgv } from '../src/config/parse-argv.ts';
import { settings } from '../src/config/settings.ts';
import { commandsByName } from '../src/core/dispatch/find-command.ts';
import { errorCodes } from '../src/core/errors.ts';
import { asJsonObject } from '../src/core/json.ts';
import { allTools } from '../src/facades/mcp/tools/tools.ts';
import { compileWorkflow } from '../src/workflow/compiler/compile.ts';
import { retryClasses } from '../src/workflow/document/failure-policy.ts';
import { ownKinds } from '../src/workflow/nodes/catalog.ts';
import { commands } from '../tools/catalog.ts';
import { mergedTools } from '../tools/merged/catalog.ts';
import { evalsVariables } from './evals/model/endpoint.ts';
import { freshProject } from './harness/fresh-project.ts';
import { program } from './harness/program.ts';
import { tempDir } from './harness/temp-dir.ts';

const catalogue = { commands, find: (name: string) => byName.get(name) };
const byName = commandsByName(commands);

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = ['.', 'docs', 'docs/guides', 'prompts'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => posix.join(folder, name)),
);
const text = (page: string) => readFileSync(join(root, page), 'utf8');

const subcommands = [
  'mcp',
  'serve',
  'worker',
  'jobs',
  'token',
  'hook',
  'schedule',
  'callback',
  'run',
  'runs',
  'resume',
  'answer',
  'rollback',
  'gc',
  'template',
  'explain',
  'test-node',
  'compare',
  'schema',
  'view',
  'waapi-server',
  'new',
  'check',
  'lint',
  'diagnose',
  'doctor',
  'init',
  'help',
];
const flags = new Set(
  [[], ...subcommands.filter((name) => name !== 'help').map((name) => [name])].flatMap((names) => {
    const { subcommand } = parseArgv([...names, '--help'], '0.0.0');
    return subcommand.kind === 'print' ? (subcommand.text.match(/--[a-z][a-z-]+/g) ?? []) : [];
  }),
);
/** Options of other programs that the pages show. */
const foreign = new Set(['--prefix', '--global', '--ignore-scripts', '--stat', '--check']);

describe('the pages', () => {
  it.each(pages)('of %s link to what is there', (page) => {
    const broken = [...withoutCode(text(page)).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(page, target));
    expect(broken).toEqual([]);
  });

  it.each(pages)('of %s name only options and subcommands that there are', (page) => {
    const named = text(page).match(/(?<![\w-])--[a-z]+(?:-[a-z]+)*(?![\w-])/g) ?? [];
    expect(named.filter((flag) => !flags.has(flag) && !foreign.has(flag))).toEqual([]);
    const called = [...text(page).matchAll(/(?:`|^)(?:wwiseflow|node \S*main\.js) ([a-z-]+)(?![\w./:-])/gm)];
    expect(called.map(([, name = '']) => name).filter((name) => !subcommands.includes(name))).toEqual([]);
  });

  it.each(pages)('of %s name only error codes, variables and commands that there are', (page) => {
    const known = new Set<string>([
      ...Object.keys(errorCodes),
      ...settings.map(({ env }) => env),
      ...['WWISEFLOW_SHARED', 'FUZZ_INPUTS', 'response_format'],
      ...Object.keys(evalsVariables),
      ...allTools(commands, mergedTools).map(({ source }) => source.name),
      ...ownKinds.map(({ type }) => type),
      ...Object.keys(retryClasses),
    ]);
    const named = [...text(page).matchAll(/`([A-Z]+(?:_[A-Z]+)+|[a-z]+(?:_[a-z]+)+)`/g)];
    expect(named.map(([, name = '']) => name).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(pages)('of %s show JSON that parses, and workflows that compile', (page) => {
    const blocks = [...text(page).matchAll(/^( *)```json\n([\s\S]*?)\n\1```/gm)].map(
      ([, , json = '']) => json,
    );
    for (const block of blocks.filter((json) => !json.includes('{{'))) {
      const document = asJsonObject(JSON.parse(block));
      if (Array.isArray(document.nodes)) expect(compileWorkflow(document, catalogue).nodes).not.toEqual([]);
    }
  });
});

describe('the program of the guide to the library', () => {
  const dir = tempDir('library');

  it('runs', async () => {
    const [, code = ''] = /^```js\n([\s\S]*?)\n```/m.exec(text('docs/guides/library.md')) ?? [];
    const file = join(dir, 'program.mjs');
    const library = pathToFileURL(program('index')).href;
    writeFileSync(file, code.replace("'wwiseflow'", `'${library}'`));
    freshProject(join(dir, 'Game', 'Game.wproj'));
    const argv = [file, join(dir, 'Game', 'Game.wproj')];
    const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: dir });
    expect(stdout).toContain('\\Containers\\Default Work Unit\\Door');
    expect(stdout).toContain('ok: true');
    const workUnit = join(dir, 'Game', 'Containers', 'Default Work Unit.wwu');
    expect(readFileSync(workUnit, 'utf8')).toContain('<Sound Name="Door"');
  });
});

/** Whether a link leads to a file, and to a heading of it where it names one. */
function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, file))) return false;
  return anchor === undefined || headingsOf(text(file)).includes(anchor);
}

function headingsOf(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^( *)```[\s\S]*?\n\1```/gm, '');
}
