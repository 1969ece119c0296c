import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../../src/app.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { printTo } from '../../../src/facades/cli/print.ts';
import { rollBackRun } from '../../../src/facades/cli/rollback.ts';
import { type FlowToRun, runFlow } from '../../../src/facades/cli/run.ts';
import { collectGarbage, listRuns, resumeRun } from '../../../src/facades/cli/runs.ts';
import { appIn } from '../../harness/app-in.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { writeTone } from '../../harness/wave.ts';

describe('workflows on the command line', () => {
  let dir = '';
  let wavPath = '';
  let unitPath = '';
  let app: App;
  let out = '';
  const print = printTo((text) => {
    out += stripVTControlCharacters(text);
  });
  const parts = () => ({
    openBus: app.openBus,
    openService: app.openService,
    signal: new AbortController().signal,
  });

  beforeEach(() => {
    dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-cli-')));
    wavPath = join(dir, 'step.wav');
    unitPath = join(dir, 'Game', 'Containers', 'Default Work Unit.wwu');
    out = '';
    freshProject(join(dir, 'Game', 'Game.wproj'));
    app = appIn(dir, ['--project', join(dir, 'Game', 'Game.wproj'), '--state', join(dir, 'state')]);
  });
  afterEach(async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  function run(changes: Partial<FlowToRun> = {}, workflow: JsonObject = flow): Promise<number> {
    const flowPath = join(dir, 'flow.json');
    writeFileSync(flowPath, JSON.stringify(workflow));
    const input = { wavPath };
    return runFlow(
      { flowPath, mode: 'run', input, forceRerun: false, json: false, verbose: true, ...changes },
      parts(),
      print,
    );
  }

  const flow: JsonObject = {
    workflowId: 'steps',
    inputs: { wavPath: { type: 'string' } },
    nodes: [
      {
        id: 'n1',
        type: 'createSound',
        data: { name: 'Step', parentPath: '\\Containers\\Default Work Unit' },
      },
      { id: 'n2', type: 'audioImport', data: { filePath: '$input:wavPath' } },
      { id: 'n3', type: 'projectSave', data: {} },
    ],
    edges: [{ source: 'n1', target: 'n2' }],
  };

  it('find the workflows of the library that a file includes', async () => {
    writeTone(wavPath);
    const service = await app.openService();
    expect(await service.library.save({ workflow: flow })).toMatchObject({ ok: true });
    const data = { workflow: 'steps', input: { wavPath: '$input:wavPath' } };
    const whole = { inputs: { wavPath: {} }, nodes: [{ id: 'sub', type: 'subworkflow', data }] };
    expect(await run({}, whole)).toBe(0);
    expect(out).toContain('sub.n3');
    expect(readFileSync(unitPath, 'utf8')).toContain('Step');
  });

  it('say what a run without a save leaves unsaved and in the Originals, and rollback clears that', async () => {
    writeTone(wavPath);
    const unsaved = { ...flow, nodes: asJsonArray(flow.nodes).slice(0, 2) };
    expect(await run({}, unsaved)).toBe(0);
    const placed = join(dir, 'Game', 'Originals', 'SFX', 'step.wav');
    expect(out).toContain('Not saved, and gone with this program');
    expect(out).toContain(unitPath);
    expect(out).toContain(placed);
    const [, executionId = ''] = /wwiseflow rollback (\S+)/.exec(out) ?? [];
    await app.close();
    app = appIn(dir, ['--project', join(dir, 'Game', 'Game.wproj'), '--state', join(dir, 'state')]);
    await rollBackRun({ executionId, savesProject: true, json: false, verbose: false }, parts(), print);
    expect(existsSync(placed)).toBe(false);
    out = '';
    expect(await run({ json: true }, unsaved)).toBe(0);
    expect(asJsonObject(JSON.parse(out)).unsaved).toMatchObject({ files: [unitPath], originals: [placed] });
    out = '';
    expect(await run()).toBe(0);
    expect(out).not.toContain('Not saved');
  });

  it('say what a failed run rolled back, as its onError says, and what it left', async () => {
    writeTone(wavPath);
    const bad = { id: 'bad', type: 'setNotes', data: { objectId: 'Event:Nowhere', notes: 'x' } };
    const failing = (...nodes: JsonObject[]): JsonObject => ({
      ...flow,
      onError: 'rollback',
      nodes: [...nodes, bad],
      edges: nodes.map(({ id = '' }) => ({ source: id, target: 'bad' })),
    });
    const [sound = {}, audio = {}] = asJsonArray(flow.nodes).map(asJsonObject);
    const both = failing(sound, audio);
    expect(
      await run({}, { ...both, edges: [...asJsonArray(both.edges), { source: 'n1', target: 'n2' }] }),
    ).toBe(1);
    expect(out).toContain('The run was rolled back, as its onError says:');
    expect(out).toContain('✓ n1 rolled back');
    expect(out).toContain('✓ n2 rolled back');
    expect(out).toContain('Everything was read back as it was before the run.');
    expect(existsSync(join(dir, 'Game', 'Originals', 'SFX', 'step.wav'))).toBe(false);
    expect(out).not.toContain('Not saved');

    out = '';
    const unit = { id: 'unit', type: 'createWorkUnit', data: { name: 'W', parentPath: '\\Containers' } };
    const saved = { id: 'saved', type: 'projectSave', data: {} };
    expect(await run({}, failing(unit, saved))).toBe(1);
    expect(out).toContain('The run was rolled back, as its onError says:');

    out = '';
    expect(await run({}, { ...failing(sound), onError: 'stop' })).toBe(1);
    expect(out).not.toContain('rolled back');
  });

  it('show with --plan --diff every object and line that would change, and touch nothing', async () => {
    writeTone(wavPath);
    const before = readFileSync(unitPath, 'utf8');
    expect(await run({ mode: 'preview' })).toBe(0);
    expect(out).toContain('+ \\Containers\\Default Work Unit\\Step  Sound');
    expect(out).toContain(join('Originals', 'SFX', 'step.wav'));
    expect(out).toMatch(/^@@ -\d+,\d+ \+\d+,\d+ @@$/m);
    expect(out).toMatch(/^\+.*<Sound Name="Step"/m);
    expect(out).toContain('Nothing was touched.');
    expect(readFileSync(unitPath, 'utf8')).toBe(before);
    out = '';
    expect(await run({ mode: 'preview', json: true })).toBe(0);
    const { data } = asJsonObject(JSON.parse(out));
    expect(data).toMatchObject({ mode: 'preview', counts: { created: 2 }, diff: [{ file: unitPath }] });
  });

  it('exit with 1 when a run would fail, and with 2 when the workflow is invalid', async () => {
    expect(await run({ mode: 'preview' })).toBe(1);
    expect(out).toContain('FILE_NOT_FOUND');
    expect(await run({ mode: 'preview' }, { nodes: [{ id: 'a', type: 'createSond' }] })).toBe(2);
    expect(await run({ mode: 'plan', input: {} })).toBe(0);
  });

  it('take a run back that another process made, in the files too', async () => {
    writeTone(wavPath);
    const before = readFileSync(unitPath, 'utf8');
    out = '';
    expect(await run({ json: true })).toBe(0);
    const executionId = String(asJsonObject(asJsonObject(JSON.parse(out)).data).executionId);
    expect(readFileSync(unitPath, 'utf8')).toContain('<Sound Name="Step"');
    await app.close();
    app = appIn(dir, ['--project', join(dir, 'Game', 'Game.wproj'), '--state', join(dir, 'state')]);
    out = '';
    const back = { executionId, savesProject: true, json: false, verbose: false };
    expect(await rollBackRun(back, parts(), print)).toBe(0);
    expect(out).toContain('✓ n1 rolled back');
    expect(out).toContain('The project is saved.');
    expect(readFileSync(unitPath, 'utf8')).toBe(before);
    expect(existsSync(join(dir, 'Game', 'Originals', 'SFX', 'step.wav'))).toBe(false);
    expect(await rollBackRun({ ...back, executionId: 'exec_0' }, parts(), print)).toBe(1);
    expect(out).toContain('RUN_NOT_FOUND');
  });

  it('list runs, go on with one that failed, and forget them', async () => {
    expect(await run()).toBe(1);
    const service = await app.openService();
    out = '';
    expect(
      await listRuns({ limit: 20, state: 'failed', json: true, verbose: false }, service, app, print),
    ).toBe(0);
    const [failed] = asJsonArray(asJsonObject(asJsonObject(JSON.parse(out)).data).runs).map(asJsonObject);
    const executionId = String(failed?.executionId);
    writeTone(wavPath);
    const resumed = { executionId, flowPath: undefined, from: undefined, json: false, verbose: false };
    expect(await resumeRun(resumed, parts(), print)).toBe(0);
    expect(readFileSync(unitPath, 'utf8')).toContain('<Sound Name="Step"');
    out = '';
    await listRuns({ limit: 20, state: undefined, json: false, verbose: false }, service, app, print);
    expect(out).toMatch(new RegExp(`^${executionId}  done `));
    out = '';
    expect(
      await collectGarbage({ days: 90, memo: false, mostBytes: null, json: false }, service, print),
    ).toBe(0);
    expect(out).toContain('Forgot 0 runs');
    await expect(resumeRun({ ...resumed, executionId: 'exec_0' }, parts(), print)).rejects.toMatchObject({
      code: 'RUN_NOT_FOUND',
    });
  });
});
