import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../../src/app.ts';
import { checkProject } from '../../../src/embedded/project/compare/check.ts';
import { printCheck } from '../../../src/facades/cli/check.ts';
import { type Configured, runDoctor } from '../../../src/facades/cli/doctor.ts';
import { printTo } from '../../../src/facades/cli/print.ts';
import { appIn } from '../../harness/app-in.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { newTempDir } from '../../harness/temp-dir.ts';

let dir = '';
let projectPath = '';
let out = '';
const print = printTo((text) => {
  out += stripVTControlCharacters(text);
});

beforeEach(() => {
  dir = newTempDir('findings');
  projectPath = join(dir, 'Game', 'Game.wproj');
  out = '';
  freshProject(projectPath);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the doctor', () => {
  let app: App;
  beforeEach(() => {
    app = appIn(dir, ['--project', projectPath, '--state', join(dir, 'state')]);
  });
  afterEach(() => app.close());

  const configured = (changes: Partial<Configured> = {}): Configured => ({
    version: '1.2.3',
    nodeVersion: 'v20.19.0',
    target: `project ${projectPath}`,
    stateDir: dir,
    allowedDirs: [dir],
    expectProject: null,
    readOnly: false,
    tools: ['project_info'],
    files: [],
    settings: [
      { setting: 'queue.length', value: '4', from: 'flag', source: '--queue-length' },
      { setting: 'log.level', value: 'info', from: 'default', source: 'default' },
    ],
    warnings: [],
    ...changes,
  });
  const says = (changes: Partial<Configured> = {}, json = false) =>
    runDoctor(configured(changes), app, json ? 'json' : 'all', print);

  it('finds all well, and names the source of each value that somebody set', async () => {
    expect(await says({ expectProject: 'game' })).toBe(0);
    expect(out).toMatch(/✓ Program +wwiseflow 1\.2\.3 on Node v20\.19\.0/);
    expect(out).toMatch(/✓ Project +project .*Game\.wproj: project Game\n/);
    expect(out).toContain(`imports allowed from ${dir}`);
    expect(out).toMatch(/✓ Tools +1 tools: project_info/);
    expect(out).toMatch(/queue\.length +4 {2}← --queue-length/);
    expect(out).toMatch(/log\.level +info {2}← default/);
    expect(out).not.toContain('✗');
  });

  it('counts what is wrong with the project, and passes what Wwise loads all the same', async () => {
    const file = join(dir, 'Game', 'Events', 'Default Work Unit.wwu');
    const event = (name: string, id: number, content: string) =>
      `<Event Name="${name}" ID="{5A000000-0000-4000-8000-00000000000${id}}">${content}</Event>`;
    const action = `<ChildrenList><Action Name="" ID="{5A000000-0000-4000-8000-000000000009}" ShortID="9"><ReferenceList><Reference Name="Target"><ObjectRef Name="Gone" ID="{5A000000-0000-4000-8000-000000000099}" WorkUnitID="{5A000000-0000-4000-8000-000000000098}"/></Reference></ReferenceList></Action></ChildrenList>`;
    const write = (children: string) => {
      const text = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        text.replace(
          /(PersistMode="Standalone")\/>/,
          `$1><ChildrenList>${children}</ChildrenList></WorkUnit>`,
        ),
      );
    };
    write(event('Play', 1, action));
    expect(await says()).toBe(0);
    expect(out).toMatch(/✓ Health +1 × dangling\n/);
    expect(out).toContain('→ wwiseflow check PROJECT.wproj says where.');
    const dispatched = await (await app.openBus()).dispatch('project_lint', {
      rules: ['danglingReferences'],
    });
    expect(dispatched).toMatchObject({
      ok: true,
      data: { findings: [{ rule: 'danglingReferences', severity: 'warning', object: { type: 'Action' } }] },
    });
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('<ChildrenList>', `<ChildrenList>${event('PLAY', 2, '')}`),
    );
    out = '';
    expect(await says()).toBe(1);
    expect(out).toMatch(/✗ Health +1 × twinName, 1 × dangling\n/);
    const info = await (await app.openBus()).dispatch('project_info', {});
    expect(info).toMatchObject({ data: { health: { twinName: 1, dangling: 1 } } });
    out = '';
    expect(printCheck(checkProject(projectPath), false, print)).toBe(1);
    expect(out).toMatch(
      /✗ .*Default Work Unit\.wwu\n {4}"\\Events\\Default Work Unit\\Play #2": .*has its name too/i,
    );
    expect(out).toMatch(/! .*Default Work Unit\.wwu\n .*"Gone" .*which is not in the project/);
  });

  it.each<[string, Partial<Configured>, RegExp, RegExp]>([
    ['an old Node', { nodeVersion: 'v20.18.3' }, /✗ Program .*v20\.18\.3/, /→ Install Node 20\.19/],
    ['another project', { expectProject: 'Other' }, /Game is open, Other is expected/, /→ Open Other/],
    ['no state', { stateDir: '/no/such/dir' }, /✗ State +\/no\/such\/dir cannot/, /→ .*--state/],
    ['no directory of files', { allowedDirs: [] }, /✗ Files +no directory/, /→ .*--allow-dir/],
    ['a directory that is none', { allowedDirs: ['/no'] }, /✗ Files +\/no is not/, /→ Correct --allow-dir/],
    ['no tool', { tools: [], readOnly: true }, /✗ Tools +no tool/, /→ Widen --toolsets/],
    ['a warning', { warnings: ['WWISEFLOW_X is unknown.'] }, /✗ Environment +WWISEFLOW_X/, /→ Rename/],
  ])('finds %s, and says what to do', async (_what, changes, finding, advice) => {
    expect(await says(changes)).toBe(1);
    expect(out).toMatch(finding);
    expect(out).toMatch(advice);
  });

  it('finds a project that cannot be opened, with the hint of the error', async () => {
    rmSync(projectPath);
    expect(await says()).toBe(1);
    expect(out).toMatch(/✗ Project .*Game\.wproj/);
    expect(out).toContain('→');
  });

  it('says which configuration files hold, and that one found here may only narrow', async () => {
    const files = [
      { path: '/a.json', trusted: true, environment: 'staging' },
      { path: '/b.json', trusted: false, environment: null },
    ];
    expect(await says({ files })).toBe(0);
    expect(out).toMatch(/✓ Config +\/a\.json, environment staging\n/);
    expect(out).toMatch(/✓ Config +\/b\.json; found here, so it may only narrow/);
  });

  it('says the same as JSON', async () => {
    expect(await says({ tools: [] }, true)).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ what: 'Project', ok: true }),
        expect.objectContaining({ what: 'Tools', ok: false, advice: expect.stringContaining('--toolsets') }),
      ]),
      settings: [{ setting: 'queue.length' }, { setting: 'log.level' }],
    });
  });
});

describe('a check', () => {
  const check = (json = false) => printCheck(checkProject(projectPath), json, print);
  const unit = (name: string) => join(dir, 'Game', 'Containers', `${name}.wwu`);
  const own = () => readFileSync(unit('Default Work Unit'), 'utf8');

  it('of a sound project says how much was read', () => {
    expect(check()).toBe(0);
    expect(out).toMatch(/^✓ \d+ files, [\d,]+ bytes: all written back byte for byte\.\n$/);
  });

  it('names each file that cannot be read, with the reason', () => {
    writeFileSync(unit('Theirs'), '');
    expect(check()).toBe(1);
    expect(out).toMatch(/✗ .*Theirs\.wwu\n {4}.*empty/);
    expect(out).toContain('1 cannot be read');
  });

  it('names each GUID that stands twice, and where it is found', () => {
    writeFileSync(unit('Copy'), own());
    expect(check()).toBe(1);
    expect(out).toMatch(
      /WorkUnit "Default Work Unit".* has the GUID \{[0-9A-F-]+\} of\n {4}".*" in .*: only that/,
    );
    expect(out).toContain('GUIDs stand twice');
  });

  // No file is known that is read and written back otherwise, and a save that is under way cannot be waited for here.
  it('shows where a file would be written otherwise, and what a save that was cut off left', () => {
    const filePath = unit('Default Work Unit');
    const difference = { filePath, offset: 42, line: 3, expected: '<a/>', actual: '<a />' };
    const findings = { ...checkProject(projectPath), differences: [difference], unfinishedSave: [filePath] };
    expect(printCheck(findings, false, print)).toBe(1);
    expect(out).toMatch(/✗ .*\.wwu:3 differs from byte 42\n {4}there {4}"<a\/>"\n {4}written {2}"<a \/>"\n/);
    expect(out).toContain('A save was cut off in the middle, or is under way');
    expect(out).toContain('1 would differ');
  });

  it('says that files may not be written, which is no fault of the project', () => {
    chmodSync(unit('Default Work Unit'), 0o444);
    expect(check()).toBe(0);
    expect(out).toMatch(/! 1 of \d+ files may not be written: .*Default Work Unit\.wwu\n/);
    expect(out).toContain('Check them out');
  });

  it('names what lies in no folder of the project, which is no fault', () => {
    const stray = join(dir, 'Game', 'Stray.wwu');
    writeFileSync(stray, own());
    expect(check()).toBe(0);
    expect(out).toMatch(/! .*Stray\.wwu\n {4}lies in no folder/);
  });

  it('says the same as JSON', () => {
    writeFileSync(unit('Theirs'), '');
    expect(check(true)).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, brokenFiles: [{ filePath: unit('Theirs') }] });
  });
});
