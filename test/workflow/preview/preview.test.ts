import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from '../../../src/core/dispatch/bus.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createEngine } from '../../../src/embedded/create-engine.ts';
import { embeddedFunctions } from '../../../src/embedded/functions/catalog.ts';
import { inProcessBackend } from '../../../src/embedded/in-process-backend.ts';
import { openProject } from '../../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../../src/embedded/project/opened-project.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { createPreviews, PREVIEW_LIFE_MS, type Previews } from '../../../src/workflow/preview/preview.ts';
import { showPreview } from '../../../src/workflow/preview/show-preview.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { imageSource } from '../../../src/workspace/open-image.ts';
import { createConnection } from '../../../src/wwise/connection/connection.ts';
import { type BusParts, createDispatcher } from '../../../src/wwise/create-dispatcher.ts';
import { commands } from '../../../tools/catalog.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { writeTone } from '../../harness/wave.ts';
import { edges, node } from '../harness.ts';

const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';
const home = '\\Containers\\Default Work Unit';
const unitFile = 'Default Work Unit.wwu';

for (const held of [true, false]) {
  describe(`a preview of ${held ? 'the project held in memory' : 'the project open in Wwise, read from disk'}`, () => {
    let dir = '';
    let wavPath = '';
    let projectDir = '';
    let project: OpenedProject;
    let bus: Bus;
    let previews: Previews;
    let nowMs = 0;
    let close: () => Promise<void> = async () => {};

    beforeEach(async () => {
      dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-preview-')));
      projectDir = join(dir, 'Game');
      wavPath = join(dir, 'wavs', 'step.wav');
      nowMs = 1_000_000;
      freshProject(join(projectDir, 'Game.wproj'));
      writeTone(wavPath);
      project = await openProject(join(projectDir, 'Game.wproj'));
      const functions = embeddedFunctions({ productVersion: '0.0.0', installDir: dir, userDir: dir });
      const engine = createEngine({ openProject: project, functions, log: silentLog });
      const waapi = createConnection({
        open: async () => inProcessBackend(engine),
        address: project.filePath,
        log: silentLog,
      });
      const stores = openSqliteStores(null);
      const { memo, audit } = stores;
      const parts: BusParts = {
        ...{ commands, waapi, memo, audit, files: { allowedDirs: [dir], startDir: dir }, readOnly: false },
        ...{ expectProject: null, log: silentLog },
      };
      bus = createDispatcher(parts);
      const images = imageSource({
        bus: parts,
        functions,
        held: async () => (held ? (work) => work(project) : null),
        log: silentLog,
      });
      previews = createPreviews({ images, log: silentLog, now: () => nowMs });
      close = async () => {
        await waapi.close();
        await engine.close();
        await stores.close();
      };
    });
    afterEach(async () => {
      await close();
      rmSync(dir, { recursive: true, force: true });
    });

    const flow = (...more: ReturnType<typeof node>[]) => ({
      workflowId: 'steps',
      nodes: [
        node('n1', 'createSound', { name: 'Step', parentPath: home }),
        node('n2', 'audioImport', { filePath: wavPath }),
        node('n3', 'setOutputBus', { busPath: mainBus }),
        ...more,
      ],
      edges: edges('n1 n2', 'n1 n3'),
    });
    const plan = (...more: ReturnType<typeof node>[]) => compileWorkflow(flow(...more), bus);
    const run = (...more: ReturnType<typeof node>[]) =>
      createRunner({ bus, log: silentLog }).run(plan(...more));
    const bytesOfProject = () =>
      readdirSync(projectDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((path) => [path, readFileSync(path, 'hex')]);

    it('shows the objects, the diff, the new original and the cost, and touches nothing', async () => {
      const before = bytesOfProject();
      const preview = await previews.make(plan(node('n4', 'projectSave')));
      const shown = showPreview(preview);
      expect(shown).toMatchObject({
        mode: 'preview',
        wouldSucceed: true,
        counts: { created: 2, changed: 0, moved: 0, deleted: 0, files: 1, originals: 1, memoHits: 0 },
        objects: [
          {
            change: 'created',
            type: 'Sound',
            path: `${home}\\Step`,
            changes: expect.arrayContaining([{ property: 'OutputBus', old: null, new: mainBus }]),
          },
          { change: 'created', type: 'AudioFileSource' },
        ],
        originals: [{ filePath: join(projectDir, 'Originals', 'SFX', 'step.wav'), replaces: false }],
        notices: [],
        warnings: [],
      });
      expect(shown.waapiCalls).toBeGreaterThan(3);
      expect(JSON.stringify(shown)).not.toContain('wwiseflow-image-');
      const diff = asJsonArray(shown.diff).map(asJsonObject);
      expect(diff[0]?.text).toMatch(/^@@ .*\n(.*\n)*\+.*<Sound Name="Step"/);
      expect(asJsonArray(shown.results).at(-1)).toMatchObject({
        node: 'n4',
        data: { savedFiles: [expect.stringContaining(join(projectDir, 'Containers', unitFile))] },
      });
      expect(bytesOfProject()).toEqual(before);
      expect(project.isDirty).toBe(false);
      expect(project.model.byPath(`${home}\\Step`)).toBeUndefined();
      expect(existsSync(join(projectDir, 'Originals', 'SFX', 'step.wav'))).toBe(false);
    });

    it('says what a run would do again and what is done already', async () => {
      expect((await run(node('n4', 'projectSave'))).error).toBeNull();
      const preview = await previews.make(
        plan(node('n5', 'setProperty', { objectId: `${home}\\Step`, property: 'Volume', value: -6 })),
      );
      expect(showPreview(preview)).toMatchObject({
        wouldSucceed: true,
        counts: { created: 0, changed: 1, memoHits: 3 },
        objects: [{ change: 'changed', name: 'Step', changes: [{ property: 'Volume', old: 0, new: -6 }] }],
        files: [{ state: 'changed', added: expect.any(Number), removed: expect.any(Number) }],
      });
    });

    it('shows what is deleted', async () => {
      await run(node('n4', 'projectSave'));
      const gone = compileWorkflow(
        { nodes: [node('d', 'deleteObject', { objectId: `${home}\\Step` })], edges: [] },
        bus,
      );
      expect(showPreview(await previews.make(gone))).toMatchObject({
        counts: { deleted: 2 },
        objects: [
          { change: 'deleted', path: `${home}\\Step` },
          { change: 'deleted', type: 'AudioFileSource' },
        ],
      });
      expect(project.model.byPath(`${home}\\Step`)).toBeDefined();
    });

    it('reports the failure a run would report, with what would have been done by then', async () => {
      wavPath = join(dir, 'wavs', 'steq.wav');
      const shown = showPreview(await previews.make(plan()));
      const real = await run();
      expect(shown).toMatchObject({
        wouldSucceed: false,
        failure: { code: 'FILE_NOT_FOUND', error: real.error, stopAt: 'n2' },
        counts: { created: 1 },
      });
    });

    it('says what of the project it cannot see, or sees though it is not saved', async () => {
      await bus.dispatch('create_sound', { name: 'Unsaved', parentPath: home });
      const shown = showPreview(await previews.make(plan()));
      expect(asJsonArray(shown.warnings)[0]).toContain('unsaved changes');
      expect(shown).toMatchObject({ counts: { created: 2 } });
    });

    it.runIf(held)('stops at a file that changed on disk, as a save would', async () => {
      appendFileSync(join(projectDir, 'Containers', unitFile), '\n');
      const shown = showPreview(await previews.make(plan(node('n4', 'projectSave'))));
      expect(shown).toMatchObject({ wouldSucceed: false, failure: { code: 'FILE_CONFLICT', stopAt: 'n4' } });
      expect(asJsonObject(shown.failure).error).toContain(join(projectDir, 'Containers', unitFile));
    });

    it('lets the same plan be applied while the project is what it was', async () => {
      const { previewId } = await previews.make(plan());
      expect((await previews.checkUnchanged(previewId)).plan.planHash).toBe(plan().planHash);
    });

    it('refuses to be applied to a project that was edited since', async () => {
      const { previewId } = await previews.make(plan());
      await bus.dispatch('create_sound', { name: 'Other', parentPath: home });
      await expect(previews.checkUnchanged(previewId)).rejects.toMatchObject({ code: 'PROJECT_CHANGED' });
    });

    it('refuses to be applied when a file of the project changed on disk', async () => {
      const { previewId } = await previews.make(plan());
      appendFileSync(join(projectDir, 'Containers', unitFile), '\n');
      await expect(previews.checkUnchanged(previewId)).rejects.toMatchObject({
        code: 'PROJECT_CHANGED',
        details: { changed: [join(projectDir, 'Containers', unitFile)] },
      });
    });

    it('refuses to be applied when a file to import changed, or is gone', async () => {
      const { previewId } = await previews.make(plan());
      writeTone(wavPath, { frequencyHz: 999 });
      const refused = { code: 'PROJECT_CHANGED', details: { changed: [wavPath] } };
      await expect(previews.checkUnchanged(previewId)).rejects.toMatchObject(refused);
      rmSync(wavPath);
      await expect(previews.checkUnchanged(previewId)).rejects.toMatchObject(refused);
      writeTone(wavPath);
      expect(await previews.checkUnchanged(previewId)).toMatchObject({ previewId });
    });

    it('expires', async () => {
      const { previewId } = await previews.make(plan());
      nowMs += PREVIEW_LIFE_MS;
      await expect(previews.checkUnchanged(previewId)).rejects.toMatchObject({
        code: 'PREVIEW_NOT_FOUND',
        hint: expect.stringContaining('preview'),
      });
    });

    it('is cut where it is too long, and paged to its end', async () => {
      const many = Array.from({ length: 150 }, (_, index) =>
        node(`s${index}`, 'createSound', { name: `Sound${index}`, parentPath: home }),
      );
      const preview = await previews.make(compileWorkflow({ nodes: many, edges: [] }, bus));
      const first = showPreview(preview);
      expect(JSON.stringify(first).length).toBeLessThan(32_000);
      expect(asJsonArray(first.notices)[0]).toMatch(
        /of 150 objects are shown: call workflow_status with cursor "objects:\d+\.\w+"/,
      );
      for (const list of ['objects', 'results', 'diff']) {
        let page: JsonObject = first;
        let rows = asJsonArray(page[list]).length;
        for (;;) {
          const cursor = asJsonObject(page.cursors)[list];
          if (typeof cursor !== 'string') break;
          page = showPreview(preview, { cursor });
          rows += asJsonArray(page[list]).length;
        }
        if (list !== 'diff') expect(rows).toBe(150);
      }
      expect(() => showPreview(preview, { file: 'Default Work Unitt.wwu' })).toThrow(
        /Did you mean "Default Work Unit.wwu"/,
      );
    });
  });
}
