import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { createProject } from '../../../../src/embedded/project/new-project/new-project.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { printCheck } from '../../../../src/facades/cli/check.ts';
import { printTo } from '../../../../src/facades/cli/print.ts';
import { appIn } from '../../../harness/app-in.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';

let dir = '';
let projectPath = '';
const home = '\\Containers\\Default Work Unit';

beforeEach(() => {
  dir = newTempDir('newer');
  projectPath = join(dir, 'Game', 'Game.wproj');
  createProject(projectPath);
  for (const name of readdirSync(dirname(projectPath), { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:wwu|wproj)$/.test(name)) continue;
    const file = join(dirname(projectPath), name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text
        .replace(/SchemaVersion="\d+"/, 'SchemaVersion="140"')
        .replace(/WwiseVersion="[^"]*"/, 'WwiseVersion="v2026.1.0"'),
    );
  }
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const containers = () =>
  readFileSync(join(dirname(projectPath), 'Containers', 'Default Work Unit.wwu'), 'utf8');

async function dispatched(argv: readonly string[], calls: readonly (readonly [string, object])[]) {
  const app = appIn(dir, ['--project', projectPath, '--state', join(dir, 'state'), ...argv]);
  try {
    const bus = await app.openBus();
    const results = [];
    for (const [command, input] of calls) results.push(await bus.dispatch(command, input));
    return { results, notices: bus.takeNotices() };
  } finally {
    await app.close();
  }
}

describe('a project that a newer Wwise saved', () => {
  const before = () => containers();

  it('is named so by check, lint and project_info, and is no failure of them', async () => {
    const { health } = checkProject(projectPath);
    expect(health).toMatchObject([
      {
        kind: 'newerSchema',
        message: expect.stringContaining('Game.wproj was saved by Wwise 2026.1 (schema 140'),
      },
    ]);
    let out = '';
    const print = printTo((text) => {
      out += text;
    });
    expect(printCheck(checkProject(projectPath), false, print)).toBe(0);
    expect(out).toContain('saved by Wwise 2026.1');
    const { results } = await dispatched(
      [],
      [
        ['project_lint', { rules: ['newerSchema'] }],
        ['project_info', {}],
      ],
    );
    expect(results).toMatchObject([
      { data: { findings: [{ rule: 'newerSchema', severity: 'warning' }] } },
      { data: { health: { newerSchema: 1 } } },
    ]);
  });

  it('is read, says so, and refuses every edit', async () => {
    const untouched = before();
    const { results, notices } = await dispatched(
      [],
      [
        ['project_info', {}],
        ['query_waql', { query: 'from type Bus' }],
        ['create_sound', { name: 'A', parentPath: home }],
        ['create_work_unit', { name: 'New', parentPath: '\\Containers' }],
      ],
    );
    expect(results).toMatchObject([
      { ok: true, data: { year: 2026 } },
      { ok: true, data: { total: 1 } },
      { ok: false, code: 'FILE_READ_ONLY', hint: expect.stringContaining('--force-newer') },
      { ok: false, code: 'FILE_READ_ONLY' },
    ]);
    expect(notices.join(' ')).toMatch(
      /saved by Wwise 2026\.1 \(schema 140; .*every edit is refused\. --force-newer/,
    );
    expect(containers()).toBe(untouched);
  });

  it('is edited with --force-newer, and stays of its schema', async () => {
    const { results, notices } = await dispatched(
      ['--force-newer'],
      [
        ['create_sound', { name: 'A', parentPath: home }],
        ['project_save', {}],
      ],
    );
    expect(results).toMatchObject([{ ok: true }, { ok: true }]);
    expect(notices.join(' ')).toContain('because of --force-newer');
    expect(containers()).toMatch(/SchemaVersion="140"[\s\S]*<Sound Name="A"/);
  });
});

describe('a project that a Wwise before 2017.1 saved', () => {
  it('is refused by name: nothing is broken, Wwise migrates it', async () => {
    const text = readFileSync(projectPath, 'utf8');
    writeFileSync(projectPath, text.replace('SchemaVersion="140"', 'SchemaVersion="70"'));
    await expect(openProject(projectPath)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('a Wwise before 2017.1 (schema 70, known here from 80 on)'),
      hint: expect.stringMatching(/^Nothing is broken: .*WwiseConsole migrate/),
    });
  });

  it('and one that is broken is to be mended', async () => {
    writeFileSync(projectPath, '');
    await expect(openProject(projectPath)).rejects.toMatchObject({
      hint: expect.stringMatching(/^Mend the file/),
    });
  });
});
