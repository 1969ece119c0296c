import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { faceOf } from '../../src/facades/mcp/tools/tool-face.ts';
import { ownKinds } from '../../src/workflow/nodes/catalog.ts';
import { withService } from '../facades/mcp/workflows/service-client.ts';
import { packageDir } from '../harness/app-in.ts';
import { edges, node } from './harness.ts';
import { madeSound, openShelfRuns, rowsOf } from './shelf-runs.ts';

const home = '\\Containers\\Default Work Unit';
const say = (id: string, text: string) => node(id, 'say', { text });
const rowOf = (answer: JsonObject, id: string): JsonObject | undefined =>
  asJsonArray(asJsonObject(answer.data ?? answer.details).results)
    .map(asJsonObject)
    .find((row) => row.node === id);

describe('what users of Dagster and Prefect complain about', () => {
  it('a node whose key cannot be worked out is no hit: it is executed, and says itself what is missing', async () => {
    await withService(async ({ call, wavPath }) => {
      const flow = {
        workflowId: 'w',
        nodes: [
          node('s', 'createSound', { name: 'S', parentPath: home }),
          node('i', 'audioImport', { filePath: wavPath }),
        ],
        edges: edges('s i'),
      };
      await call('workflow_run', { workflow: flow });
      const again = await call('workflow_run', { workflow: flow });
      expect([rowOf(again, 's')?.memo, rowOf(again, 'i')?.memo]).toEqual(['hit', 'hit']);
      // The key of an import has the content of its file in it.
      rmSync(wavPath);
      const without = await call('workflow_run', { workflow: flow });
      expect(without).toMatchObject({ ok: false, code: 'FILE_NOT_FOUND' });
      expect(String(without.error)).toContain('step.wav');
      expect(rowOf(without, 's')?.memo).toBe('hit');
    });
  });

  it('what failed is tried again in one way: resumed, chosen by hand or run anew, the same is done', async () => {
    const flow = {
      workflowId: 'w',
      nodes: [
        madeSound('a'),
        node('bad', 'audioImport', { filePath: 'later.wav', objectId: '$from:a:$output:id' }),
        madeSound('c'),
      ],
      edges: edges('a bad', 'bad c'),
    };
    const ways = ['resumed', 'from', 'only', 'anew'] as const;
    const outcomes = [];
    for (const way of ways) {
      const { runs, shelf, stores, compiled } = openShelfRuns();
      const { executionId, done } = runs.start(compiled(flow));
      expect(await done).toMatchObject({ ok: false, code: 'FILE_NOT_FOUND' });
      const before = shelf.done.length;
      shelf.files.add('later.wav');
      const wanted = { resumed: {}, from: { from: 'bad' }, only: { only: ['bad', 'c'] }, anew: undefined }[
        way
      ];
      const started =
        wanted === undefined ? runs.start(compiled(flow)) : await runs.resume(executionId, wanted);
      const ended = await started.done;
      const given = rowsOf(ended).map(({ node: id, data }) => [id, asJsonObject(data)] as const);
      outcomes.push({ ok: ended.ok, done: shelf.done.slice(before), given });
      stores.close();
    }
    const [first] = outcomes;
    expect(first).toMatchObject({ ok: true, done: ['import A', 'create C'] });
    for (const [index, outcome] of outcomes.entries())
      expect({ way: ways[index], ...outcome }).toEqual({ way: ways[index], ...first });
  });

  it('an error says what is wrong there, not what followed from it', async () => {
    await withService(async ({ call }) => {
      const flow = {
        workflowId: 'w',
        nodes: [
          node('s', 'createSound', { name: 'S', parentPath: '\\Containers\\Nowhere' }),
          node('n', 'setNotes', { notes: 'x' }),
        ],
        edges: edges('s n'),
      };
      const answer = await call('workflow_run', { workflow: flow });
      expect(answer).toMatchObject({
        ...{ ok: false, code: 'OBJECT_NOT_FOUND' },
        details: { stopAt: 's', skipped: ['n'] },
      });
      expect(String(answer.error)).toMatch(/^Node s \(createSound\): /);
    });
  });
});

describe('what users of n8n-mcp complain about', () => {
  /** Documents that do not compile, and calls that are none. */
  const bad: readonly (readonly [tool: string, args: JsonObject])[] = [
    ['workflow_compile', { workflow: { nodes: [say('a', '{{ nodes.b.text }}')] } }],
    ['workflow_compile', { workflow: { nodes: [] } }],
    ['workflow_compile', { workflow: '{"nodes": [' }],
    ['workflow_compile', { workflow: { nodes: [node('a', 'createSond', {})] } }],
    ['workflow_compile', { workflow: { nodes: [say('a', 'x')], onErorr: 'stop' } }],
    ['workflow_compile', { workflow: { nodes: [say('a', 'x'), say('b', 'x')], edges: edges('a b', 'b a') } }],
    ['workflow_run', { workflow: { nodes: [say('a', 'x')] }, mode: 'perhaps' }],
    ['workflow_run', { workflow: { inputs: { n: { type: 'number' } }, nodes: [say('a', '$input:n')] } }],
    ['workflow_run', { workflow: { nodes: [node('a', 'createSound', { name: 'A', parentPath: '\\No' })] } }],
    ['workflow_run', { previewId: 'preview_0' }],
    ['workflow_status', { executionId: 'exec_0' }],
    ['workflow_answer', { executionId: 'exec_0', answer: 'yes' }],
    ['workflow_resume', { executionId: 'exec_0' }],
    ['workflow_rollback', { executionId: 'exec_0' }],
    ['workflow_explain', { workflow: { nodes: 3 } }],
    ['workflow_test_node', { type: 'trnsform' }],
    ['workflow_compare', { a: {}, b: {} }],
    ['workflow_save', { workflow: { nodes: [say('a', '{{ 1 + }}')] } }],
    ['workflow_from_template', { template: 'ui-sonds' }],
  ];

  it('every error fits the output schema of its tool, and says what to do next', async () => {
    await withService(async ({ app, call }) => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false });
      const schemas = new Map(
        (await app.loadTools()).map(({ source }) => [source.name, faceOf(source).outputSchema] as const),
      );
      for (const [tool, args] of bad) {
        const answer = await call(tool, args);
        const what = JSON.stringify([tool, args]);
        expect({ what, ok: answer.ok }).toEqual({ what, ok: false });
        const fits = ajv.compile(schemas.get(tool) ?? false);
        expect({ what, fits: fits(answer), errors: fits.errors }).toEqual({ what, fits: true, errors: null });
        expect({ what, hint: answer.hint }).toEqual({ what, hint: expect.stringMatching(/\w{2}.*\.$/s) });
        expect({ what, code: answer.code }).not.toEqual({ what, code: 'INTERNAL' });
      }
    });
  });

  it('nothing that works is called wrong: all that comes with the program compiles', async () => {
    const files = ['examples', 'templates'].flatMap((folder) =>
      readdirSync(join(packageDir, folder))
        .filter((name) => name.endsWith('.json'))
        .map((name): Json => JSON.parse(readFileSync(join(packageDir, folder, name), 'utf8'))),
    );
    const shown = ownKinds.flatMap(({ examples }) => examples.map(({ workflow }) => workflow));
    const documents = [...files, ...shown].map(asJsonObject);
    expect(documents.length).toBeGreaterThan(40);
    await withService(async ({ call }) => {
      for (const document of documents) {
        const asText = JSON.stringify(document);
        for (const workflow of [document, asText]) {
          const answer = await call('workflow_explain', { workflow });
          expect({ id: document.workflowId, error: answer.error }).toEqual({
            id: document.workflowId,
            error: null,
          });
        }
      }
    });
  });
});
