import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { asJsonObject } from '../src/core/json.ts';
import { createProject } from '../src/embedded/project/new-project/new-project.ts';
import { isLong, sample } from './harness/amount.ts';
import { runProgram } from './harness/command-line.ts';
import { type Era, writeEraProject } from './harness/era-project.ts';
import { tempDir } from './harness/temp-dir.ts';
import { writeTone } from './harness/wave.ts';

/**
 * Every line of README and guides that calls the program is run as it is written, with `Game` a project in the folder one is
 * in: an empty one, and in `npm run test:long` once more in one of 2018, of 2022 or of 2025, in turn.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const guides = readdirSync(join(root, 'docs/guides')).map((name) => posix.join('docs/guides', name));
/** The page of all clients last: it says of each what its own page says. */
const clientPages = readdirSync(join(root, 'docs/clients'))
  .sort((a, b) => Number(a === 'README.md') - Number(b === 'README.md') || (a < b ? -1 : 1))
  .map((name) => posix.join('docs/clients', name));
const pages = ['README.md', ...guides, ...sample(clientPages, 1)];
const text = (page: string) => readFileSync(join(root, page), 'utf8');

/** Calls in code blocks, and in code within text or a table that begins with npx. Placeholders in capitals stand for what is not known here. */
function callsOf(page: string): readonly (readonly string[])[] {
  const blocks = [...text(page).matchAll(/^( *)```(?:\w*)\n([\s\S]*?)\n\1```/gm)].flatMap(([, , body = '']) =>
    body.split('\n').map((line) => line.replace(/^ *- run: /, '').trim()),
  );
  const spans = [...text(page).matchAll(/`(npx -y wwiseflow [^`]+)`/g)].map(([, line = '']) => line);
  const lines = [...blocks, ...spans].flatMap((line) => {
    const [, call] = /^(?:npx -y )?wwiseflow (.+)$/.exec(line) ?? [];
    return call === undefined || / {2}|[[|]|\b[A-Z]{2,}\b/.test(call) ? [] : [call];
  });
  return [...new Set(lines)].map(wordsOf);
}

/** As a shell takes a line apart. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
}

/** What a call may answer besides 0, where that depends on the machine: a Wwise that is not there, a server that goes on, or needs servers of its own (test/jobs). */
const needsWwise = /^doctor( --wwise| --env|$)/;
const servesOn = /^(waapi-server|serve|view|mcp|worker|jobs)\b/;

const eras: readonly Era[] = [89, 110, 133];
const kinds: readonly (Era | 'empty')[] = isLong ? ['empty', ...eras] : ['empty'];

/** Those that are run in such a project: all in an empty one, each third one in one of an era. */
const runIn = <T>(kind: Era | 'empty', all: readonly T[]): readonly T[] =>
  kind === 'empty' ? all : all.filter((_, at) => at % eras.length === eras.indexOf(kind));

/** Every workflow that a page or a prompt prints, and every example. */
const workflows: readonly (readonly [name: string, document: string])[] = [
  ...['README.md', ...guides, 'prompts/author-workflow.md'].flatMap((page) =>
    [...text(page).matchAll(/^( *)```json\n([\s\S]*?)\n\1```/gm)]
      .map(([, , body = '']) => body)
      .filter((body) => body.includes('"nodes"'))
      .map((body, at) => [`${page.replaceAll('/', '-')}-${at}`, body] as const),
  ),
  ...readdirSync(join(root, 'examples'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file, text(`examples/${file}`)] as const),
];

it('keeps the README short, with both commands of the set-up, a picture and how long the tests take', () => {
  const readme = text('README.md');
  expect(readme.split('\n').length).toBeLessThanOrEqual(150);
  expect(readme).toContain('npm install && npm run demo');
  expect(readme).toMatch(/^```\nnpm test\n```/m);
  expect(readme).toMatch(/npm run test:long` .*less than an hour/);
  expect(readme).toMatch(/!\[.+\]\(docs\/pictures\/first-sound\.svg\)/);
});

it('finds the lines', () => {
  expect(callsOf('README.md').map((words) => words.join(' '))).toEqual(
    expect.arrayContaining([
      'init claude-code',
      'init windsurf',
      'new Game/Game.wproj',
      'check .',
      'run first-import.json --project Game',
    ]),
  );
  expect(callsOf('docs/guides/ci.md').length).toBeGreaterThan(4);
  expect(callsOf('docs/clients/codex.md')).toContainEqual(['init', 'codex', '--scope', 'project']);
});

describe.each(kinds)('what the pages say to type, in a project that is %s', (kind) => {
  const dir = tempDir('docs-commands');

  it.each(pages)('of %s', async (page) => {
    const calls = callsOf(page);
    const failed: string[] = [];
    for (const [at, words] of runIn(kind, [...calls.entries()])) {
      const call = words.join(' ');
      if (servesOn.test(call)) continue;
      const here = join(dir, `${page.replaceAll('/', '-')}-${at}`);
      const work = stageIn(here, kind, words);
      const env = {
        NO_COLOR: '1',
        HOME: here,
        USERPROFILE: here,
        APPDATA: join(here, 'AppData'),
        XDG_CONFIG_HOME: '',
        XDG_STATE_HOME: '',
        CODEX_HOME: '',
        STUDIO_PASSWORD: 'x',
      };
      const said = await runProgram(words, { cwd: work, env });
      if (said.code === 0 || (needsWwise.test(call) && said.code === 1)) continue;
      failed.push(`wwiseflow ${call}: ${String(said.code)}\n${said.err}${said.out}`);
    }
    expect(failed).toEqual([]);
  });

  it.each(runIn(kind, workflows))('and the workflow %s runs', async (name, document) => {
    const work = stageIn(join(dir, `flow-${name}`), kind, ['run']);
    writeFileSync(join(work, 'printed.json'), document.replace('/absolute/path', 'Game'));
    const { inputs } = asJsonObject(JSON.parse(document));
    const given = Object.entries(handedIn).filter(([key]) => asJsonObject(inputs)[key] !== undefined);
    const input = ['--input', JSON.stringify(Object.fromEntries(given))];
    const args = ['run', 'printed.json', '--project', 'Game', '--state', 'state', ...input];
    const options = { cwd: work, env: { NO_COLOR: '1' } };
    let said = await runProgram(args, options);
    const [executionId = ''] = /exec_\w+/.exec(said.out) ?? [];
    // One that asks is answered as its page says, and asks what stands there.
    for (const [asked, answer] of said.code === 3 ? transcript() : []) {
      expect(said.out).toContain(asked);
      const places = ['--project', 'Game', '--state', 'state'];
      said = await runProgram(['answer', executionId, ...places, '--', answer], options);
    }
    expect(said, said.out + said.err).toMatchObject({ code: 0 });
  });
});

/** The last line of each question of the dialogue that its page shows, and the answer. */
function transcript(): readonly (readonly [asked: string, answer: string])[] {
  const page = text('docs/guides/dialogues.md');
  return [...page.matchAll(/^(?:wwiseflow)? +(\S.*)\nperson +(.+)$/gm)].map(([, asked = '', answer = '']) => [
    asked,
    answer,
  ]);
}

/** What a person hands in who runs them. */
const handedIn = {
  name: 'Steps',
  eventName: 'Play_Steps',
  wavPath: 'Game/step_01.wav',
  files: [{ filePath: 'Game/step_01.wav' }],
};

/** The folder a reader is in, with what the pages take for granted: `Game` with a WAV file, and the documents they print. */
function stageIn(here: string, kind: Era | 'empty', words: readonly string[]): string {
  mkdirSync(here, { recursive: true });
  if (words[0] === 'new') return here;
  const game = join(here, 'Game');
  if (kind === 'empty') createProject(join(game, 'Game.wproj'));
  else {
    const { projectPath } = writeEraProject(here, kind);
    renameSync(dirname(projectPath), game);
    renameSync(join(game, basename(projectPath)), join(game, 'Game.wproj'));
  }
  for (const file of ['Game/step_01.wav', 'delivery/step.wav', 'Wavs/step.wav']) writeTone(join(here, file));
  cpSync(join(root, 'examples'), join(here, 'examples'), { recursive: true });
  const flow = jsonOf('README.md', 'first-import');
  for (const name of ['flow.json', 'first-import.json']) writeFileSync(join(here, name), flow);
  const settings = join(here, '.config', 'wwiseflow');
  mkdirSync(settings, { recursive: true });
  if (words.includes('--env'))
    writeFileSync(join(settings, 'wwiseflow.config.json'), jsonOf('docs/guides/configuration.md', 'prod'));
  return words[0] === 'check' && words[1] === '.' ? game : here;
}

/** The first block of JSON on a page that has this word. */
function jsonOf(page: string, word: string): string {
  const blocks = [...text(page).matchAll(/^```json\n([\s\S]*?)\n```/gm)].map(([, body = '']) => body);
  const found = blocks.find((body) => body.includes(`"${word}"`));
  if (found === undefined) throw new Error(`${page} shows no JSON with ${word}.`);
  return found;
}
