import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import { junitOf } from '../../../src/facades/cli/reports/junit.ts';
import { sarifOf } from '../../../src/facades/cli/reports/sarif.ts';
import { markdownOf } from '../../../src/facades/cli/reports/summary.ts';
import { packageDir } from '../../harness/app-in.ts';
import { runProgram } from '../../harness/command-line.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { newTempDir } from '../../harness/temp-dir.ts';

let dir = '';
beforeEach(() => {
  dir = newTempDir('reports');
  freshProject(join(dir, 'Game', 'Game.wproj'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** The elements of a text in XML; throws for what is none. */
const namesIn = (xml: string): readonly string[] => {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => names.push(name));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return names;
};

const asked = (...args: string[]) => runProgram(args, { cwd: dir });
const reports = ['--junit', 'r.xml', '--sarif', 'r.sarif', '--summary', 'r.md'];
const written = () => {
  const [junit = '', sarif = '', summary = ''] = ['r.xml', 'r.sarif', 'r.md'].map((name) =>
    readFileSync(join(dir, name), 'utf8'),
  );
  const runs = asJsonArray(asJsonObject(JSON.parse(sarif)).runs);
  return { junit, results: asJsonArray(asJsonObject(runs[0]).results).map(asJsonObject), summary };
};

describe('reports for build machines', () => {
  it('of a check name the file, and go with its exit code', async () => {
    expect(await asked('check', 'Game/Game.wproj', ...reports)).toMatchObject({ code: 0 });
    expect(written()).toMatchObject({ results: [], junit: expect.stringContaining('failures="0"') });
    const unit = join(dir, 'Game', 'Containers', 'Default Work Unit.wwu');
    writeFileSync(unit, '<<<<<<< HEAD\n');
    expect(await asked('check', 'Game/Game.wproj', ...reports)).toMatchObject({ code: 1 });
    const { junit, results, summary } = written();
    expect(junit).toMatch(/<testcase classname="check\.brokenFile" [^>]*file="[^"]*Default Work Unit\.wwu"/);
    const uri = 'Game/Containers/Default%20Work%20Unit.wwu';
    expect(results).toMatchObject([
      {
        ruleId: 'brokenFile',
        level: 'error',
        locations: [{ physicalLocation: { artifactLocation: { uri } } }],
      },
    ]);
    // The summary of a page is added to.
    expect(summary).toContain('✅ wwiseflow check');
    expect(summary).toContain('❌ wwiseflow check');
  });

  it('of lint say where in which Work Unit an object stands, and fail from the severity on that was asked for', async () => {
    const flow = {
      workflowId: 'w',
      nodes: [
        {
          ...{ id: 'a', type: 'create_object' },
          data: { parentPath: '\\Events\\Default Work Unit', type: 'Event', name: 'Play_Nothing' },
        },
        { id: 'save', type: 'projectSave', data: {} },
      ],
    };
    writeFileSync(join(dir, 'flow.json'), JSON.stringify(flow));
    const project = ['--project', 'Game/Game.wproj', '--state', 'state'];
    expect(await asked('run', 'flow.json', ...project)).toMatchObject({ code: 0 });
    const lint = ['lint', ...project, '--only', 'emptyEvents', ...reports];
    expect(await asked(...lint, '--fail-on', 'never')).toMatchObject({ code: 0 });
    expect(written().results).toMatchObject([{ level: 'warning' }]);
    const failing = await asked(...lint, '--fail-on', 'info');
    expect(failing).toMatchObject({ code: 1, out: expect.stringContaining('Play_Nothing') });
    const [result] = written().results;
    expect(result).toMatchObject({ ruleId: 'emptyEvents', level: 'error' });
    const [location] = asJsonArray(result?.locations).map(asJsonObject);
    const { artifactLocation, region } = asJsonObject(location?.physicalLocation);
    expect(artifactLocation).toEqual({ uri: 'Game/Events/Default%20Work%20Unit.wwu' });
    const unit = readFileSync(join(dir, 'Game', 'Events', 'Default Work Unit.wwu'), 'utf8');
    const line = Number(asJsonObject(region).startLine);
    expect(unit.split('\n')[line - 1]).toContain('<Event Name="Play_Nothing"');
    expect(asJsonArray(location?.logicalLocations)).toEqual([
      { fullyQualifiedName: '\\Events\\Default Work Unit\\Play_Nothing' },
    ]);
  });

  it('of a run have its nodes, of a preview what would change, of a refused workflow its problems', async () => {
    const node = (id: string, parentPath: string) => ({
      ...{ id, type: 'create_object' },
      data: { parentPath, type: 'Sound', name: 'Step' },
    });
    const write = (...nodes: object[]) =>
      writeFileSync(join(dir, 'flow.json'), JSON.stringify({ workflowId: 'w', nodes }));
    const run = ['run', 'flow.json', '--project', 'Game/Game.wproj', '--state', 'state', ...reports];
    write(node('a', '\\Containers\\Default Work Unit'), node('b', '\\Nowhere'));
    expect(await asked(...run)).toMatchObject({ code: 1 });
    expect(written().junit).toMatch(/tests="2" failures="1"/);
    expect(written().results).toMatchObject([{ ruleId: 'create_object', message: { text: /^b: / } }]);
    write(node('a', '\\Containers\\Default Work Unit'));
    expect(await asked(...run, '--plan', '--diff')).toMatchObject({ code: 0 });
    expect(written().junit).toContain('1 objects would change');
    write({ id: 'a', type: 'create_objekt', data: {} });
    expect(await asked(...run)).toMatchObject({ code: 2 });
    expect(written().results[0]).toMatchObject({ level: 'error' });
  });

  it('say nothing that breaks out of XML, of JSON or of a table', () => {
    const text = `</failure> "a" & \u0000\u001b[31m \uD800 | [x](javascript:1) <img src=x> ]]>`;
    const one = { rule: 'r', name: text, outcome: 'failed', message: text, filePath: text } as const;
    const report = { tool: 'check', subject: text, version: '1', cases: [one] };
    const junit = junitOf(report);
    expect(junit.match(/<\/failure>/g)).toHaveLength(1);
    expect(namesIn(junit)).toEqual(['testsuites', 'testsuite', 'testcase', 'failure']);
    expect(JSON.parse(sarifOf(report, '/'))).toMatchObject({ version: '2.1.0' });
    const rows = markdownOf(report)
      .split('\n')
      .filter((line) => line.startsWith('| ❌'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).not.toMatch(/<img|[^\\]\[x\]/);
  });
});

describe('the action', () => {
  const action = asJsonObject(parse(readFileSync(join(packageDir, 'action.yml'), 'utf8')));
  const steps = asJsonArray(asJsonObject(action.runs).steps).map(asJsonObject);

  it('hands what it is given to scripts as variables, never as text of the script', () => {
    expect(steps.length).toBeGreaterThan(3);
    for (const { run, shell } of steps) {
      expect(String(run)).not.toContain('${{');
      expect(shell).toBe('bash');
    }
  });

  it.skipIf(process.platform === 'win32')('checks, lints and previews a project by its scripts', async () => {
    const flow = { workflowId: 'w', nodes: [{ id: 'info', type: 'project_info', data: {} }] };
    writeFileSync(join(dir, 'flow.json'), JSON.stringify(flow));
    const bin = join(dir, 'bin');
    const { launch } = await import('../mcp/stdio/stdio-client.ts');
    const command = [process.execPath, ...launch].map((part) => `'${part}'`).join(' ');
    execFileSync('mkdir', [bin]);
    writeFileSync(join(bin, 'wwiseflow'), `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
    const env = {
      ...{ PATH: `${bin}:${process.env.PATH ?? ''}`, HOME: dir, GITHUB_STEP_SUMMARY: join(dir, 'page.md') },
      ...{ PROJECT: 'Game/Game.wproj', REPORTS: 'out', RULES: '', FAIL_ON: 'error' },
      ...{ WORKFLOW: 'flow.json', INPUT: '{}', ALLOW_DIR: '.' },
    };
    for (const { run } of steps.slice(1))
      execFileSync('bash', ['-e', '-o', 'pipefail', '-c', String(run)], { cwd: dir, env, stdio: 'pipe' });
    for (const name of ['check', 'lint', 'preview'])
      for (const kind of ['junit.xml', 'sarif'])
        expect(existsSync(join(dir, 'out', `${name}.${kind}`))).toBe(true);
    expect(readFileSync(join(dir, 'page.md'), 'utf8').match(/✅/g)).toHaveLength(3);
  });
});
