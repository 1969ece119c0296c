import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import { sample } from '../../harness/amount.ts';
import { runProgram, type Said } from '../../harness/command-line.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { tempDir } from '../../harness/temp-dir.ts';

/** Colours a program may use itself, and line ends. */
const own = new RegExp(`${String.fromCharCode(27)}\\[\\d{1,2}m|\\n|\\t`, 'g');
const harmful = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Clears the screen, sets the title, hides text, a C1 sequence, turns the direction of writing, an invisible tag, a backspace,
 * a carriage return and a line that looks like the program's own.
 */
const hostile =
  'x\u001b[2J\u001b]0;owned\u0007\u001b[8m\u009b31m\u202egnp.\u2066\u{e0041}\u200b\b\r\u2028\n✓ all is well\u007f';
/** A file name cannot hold all of it. */
const hostileFile = 'y\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egnp\n✓ all is well';

/** With colours on: what may be between them is what this is about. */
const env = { FORCE_COLOR: '1', NO_COLOR: '' };

describe('what the command line prints', () => {
  const dir = tempDir('terminal');
  const project = join(dir, 'Game', 'Game.wproj');
  const target = ['--project', project, '--state', join(dir, 'state')];
  const run = (...args: string[]): Promise<Said> => runProgram(args, { cwd: dir, env });
  const flow = (name: string, workflow: unknown): string => {
    writeFileSync(join(dir, name), typeof workflow === 'string' ? workflow : JSON.stringify(workflow));
    return join(dir, name);
  };
  const hostileFlow = (parentPath: string) => ({
    workflowId: 'w',
    name: hostile,
    nodes: [
      { id: 'n', type: 'createSound', data: { name: 'Step', parentPath } },
      {
        id: 'o',
        type: 'setNotes',
        data: { objectId: '$from:n:$output:objectId', notes: 'x\u202egnp.\u009b31m\u200b' },
      },
      { id: 's', type: 'projectSave', data: {} },
    ],
    edges: [
      { source: 'n', target: 'o' },
      { source: 'o', target: 's' },
    ],
  });
  const onePort = ['--http-port', '0', '--watchdog-timeout', '1'];
  const good = '\\Containers\\Default Work Unit';

  beforeAll(() => {
    freshProject(project);
    const broken = join(dir, 'Game', 'Events', `${hostileFile}.wwu`);
    mkdirSync(join(dir, 'Game', 'Events'), { recursive: true });
    writeFileSync(broken, `<<<<<<< ${hostile}\n`);
  });

  const isClean = ({ out, err }: Said): void => {
    for (const text of [out, err]) expect(text.replace(own, '').match(harmful)?.[0]).toBeUndefined();
    expect(out + err).not.toMatch(/^✓ all is well/m);
    // Text that is concealed is not there either.
    expect(out + err).not.toContain('\u001b[8m');
  };

  const printed: readonly (readonly [what: string, args: () => readonly string[], says: RegExp])[] = [
    ['a run', () => ['run', flow('p.json', hostileFlow(good)), '--json', ...target], /"ok": true/],
    ['a plan', () => ['run', flow('p.json', hostileFlow(good)), '--plan', ...target], /all is well/],
    ['a preview', () => ['run', flow('p.json', hostileFlow(good)), '--plan', '--diff', ...target], /gnp/],
    [
      'a run that fails',
      () => ['run', flow('f.json', hostileFlow(`\\No${hostile}`)), ...target],
      /all is well/,
    ],
    ['a workflow that is no JSON', () => ['run', flow('j.json', `{${hostile}`), ...target], /not JSON/],
    ['a workflow file of a hostile name', () => ['run', `${hostileFile}.json`, ...target], /FILE_NOT_FOUND/],
    ['the runs', () => ['runs', ...target], /all is well/],
    ['a resume', () => ['resume', hostile, ...target], /RUN_NOT_FOUND/],
    ['a forgetting', () => ['gc', '--days', hostile, ...target], /all is well/],
    ['a check', () => ['check', project], /all is well/],
    ['a check as JSON', () => ['check', project, '--json'], /all is well/],
    ['a new project', () => ['new', join(dir, `${hostileFile}.wproj`)], /all is well/],
    ['the doctor', () => ['doctor', ...target, '--expect-project', hostile], /all is well/],
    [
      'a server without its project',
      () => ['waapi-server', `${hostileFile}.wproj`, ...onePort],
      /all is well/,
    ],
    ['a mistyped subcommand', () => [hostile], /all is well/],
    ['a mistyped option', () => [`--${hostile}`], /all is well/],
    ['help for nothing', () => ['help', hostile], /all is well/],
    ['help', () => ['--help'], /Usage/],
  ];
  it.each(sample(printed, 8))('leaves nothing for a terminal to act upon: %s', async (_, args, says) => {
    const said = await run(...args());
    isClean(said);
    expect(said.out + said.err).toMatch(says);
  });

  it('escapes in JSON, so that a program reads the same text', async () => {
    const { out } = await run('runs', '--json', ...target);
    const { runs } = asJsonObject(asJsonObject(JSON.parse(out)).data);
    expect(asJsonArray(runs).map((row) => asJsonObject(row).name)).toContain(hostile);
  });

  it('writes a log that names a hostile file without its controls', async () => {
    const call = { name: 'project_info', arguments: {} };
    const lines = [
      {
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
      },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: call },
    ].map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const said = await runProgram(['mcp', ...target], {
      cwd: dir,
      env,
      input: lines.join(''),
      until: '"id":2',
    });
    isClean({ ...said, out: '' });
  });

  it('leaves what is written to files as it was', () => {
    const unit = readFileSync(join(dir, 'Game', 'Events', `${hostileFile}.wwu`), 'utf8');
    expect(unit).toBe(`<<<<<<< ${hostile}\n`);
  });
});
