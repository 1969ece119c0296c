import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import type { Plan } from '../../../src/workflow/compiler/plan.ts';
import type { WorkflowService } from '../../../src/workflow/service.ts';
import { appIn } from '../../harness/app-in.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { newTempDir } from '../../harness/temp-dir.ts';
import { compile, edges, emptyShelf, node, refusal, type Shelf } from '../harness.ts';
import { outputOf, rowsOf, runOn } from '../shelf-runs.ts';

let shelf: Shelf;
beforeEach(() => {
  shelf = emptyShelf();
});

const run = (document: JsonObject, input?: JsonObject) => runOn(shelf, document, input);

const sub = (data: Record<string, Json>, id = 'sub'): JsonObject => node(id, 'subworkflow', data);
const made = node('made', 'createSound', { name: '$input:name' });
const inputs = { name: { type: 'string' }, note: { type: 'string', default: 'plain' } };

describe('a sub-workflow written in its node', () => {
  it('executes its nodes once, as nodes of the run, with inputs of its own', async () => {
    const result = await run({
      inputs: { name: { type: 'string', default: 'outer' } },
      nodes: [
        node('first', 'say', { text: 'Door' }),
        sub({
          inputs,
          nodes: [made, node('notes', 'setNotes', { notes: '{{ workflow.input.name }} is $input:note' })],
          edges: edges('made notes'),
          input: { name: '$from:first:$output:text' },
        }),
        node('last', 'say', { text: '$input:name: $from:sub:$output:notes' }),
      ],
    });
    expect(rowsOf(result).map((row) => row.node)).toEqual(['first', 'sub.made', 'sub.notes', 'sub', 'last']);
    expect(shelf.done).toEqual(['create Door', 'notes Door: Door is plain']);
    expect(outputOf(result, 'last')).toEqual({ text: 'outer: Door is plain' });
  });

  it('gives what its output says: members of an object, any other value as "output"', async () => {
    const nodes = [node('s', 'say', { text: 'a' })];
    const result = await run({
      nodes: [
        sub({ nodes, output: { said: '$from:s:$output:text' } }, 'one'),
        sub({ nodes, output: '$from:s:$output:text' }, 'two'),
        node('end', 'say', { text: '$from:one:$output:said$from:two:$output:output' }),
      ],
    });
    expect(outputOf(result, 'end')).toEqual({ text: 'aa' });
  });

  it('stands in loops and other sub-workflows, and holds loops, each reading what is its own', async () => {
    const inner = node('each', 'forEach', {
      items: '$input:list',
      nodes: [node('s', 'say', { text: '$input:group{{ item }}{{ workflow.input.group }}{{ index }}' })],
    });
    const twice = sub(
      {
        inputs: { group: {}, list: { type: 'array', default: ['a', 'b'] } },
        nodes: [inner],
        input: { group: '$input:group' },
      },
      'twice',
    );
    const loop = node('loop', 'forEach', {
      items: ['x', 'y'],
      nodes: [sub({ inputs: { group: {} }, nodes: [twice], input: { group: '{{ item }}' } })],
    });
    const result = await run({ nodes: [loop] });
    expect(result.data?.messages).toEqual([
      { node: 'loop[0].sub.twice.each[0].s', text: 'xax0' },
      { node: 'loop[0].sub.twice.each[1].s', text: 'xbx1' },
      { node: 'loop[1].sub.twice.each[0].s', text: 'yay0' },
      { node: 'loop[1].sub.twice.each[1].s', text: 'yby1' },
    ]);
  });

  it('is checked against the inputs it declares, with pointers into the document', () => {
    const at = (input: Json | undefined) =>
      refusal({
        nodes: [
          node('q', 'query', { type: 'Sound' }),
          sub({ inputs, nodes: [made], ...(input === undefined ? {} : { input }) }),
        ],
      });
    expect(at(undefined).pointers).toEqual(['/nodes/1/data/input/name']);
    expect(at({ name: 1 }).pointers).toEqual(['/nodes/1/data/input/name']);
    expect(at({ name: 'A', nme: 'B' }).problems[0]).toMatchObject({ pointer: '/nodes/1/data/input/nme' });
    expect(at({ name: '$from:q:$output:total' }).pointers).toEqual(['/nodes/1/data/input/name']);
  });

  it('sees nothing around it, and others see only what it gives', () => {
    const around = node('around', 'say', { text: 'a' });
    const reading = node('s', 'say', { text: '$from:around:$output:text' });
    expect(refusal({ nodes: [around, sub({ nodes: [reading] })] })).toMatchObject({
      codes: ['UNRESOLVED_REFERENCE'],
      pointers: ['/nodes/1/data/nodes/0/data/text'],
    });
    const outer = { inputs: { name: { type: 'string', default: 'x' } } };
    expect(refusal({ ...outer, nodes: [sub({ nodes: [made] })] }).pointers).toEqual([
      '/nodes/0/data/nodes/0/data/name',
    ]);
    const after = node('after', 'say', { text: '$from:sub:$output:nothing' });
    expect(refusal({ nodes: [sub({ nodes: [around] }), after] }).pointers).toEqual(['/nodes/1/data/text']);
  });

  it('has names that no other node has, one of "workflow" and "nodes", and is not nested without end', () => {
    const nodes = [node('s', 'say', { text: 'a' })];
    expect(refusal({ nodes: [sub({ nodes }), node('sub.s', 'say', { text: 'b' })] }).pointers).toEqual([
      '/nodes/1/id',
    ]);
    expect(refusal({ nodes: [sub({})] }).pointers).toEqual(['/nodes/0/data/workflow']);
    expect(refusal({ nodes: [sub({ nodes, workflow: 'x' })] }).pointers).toEqual(['/nodes/0/data/nodes']);
    let deep = nodes;
    for (let depth = 0; depth < 17; depth += 1) deep = [sub({ nodes: deep })];
    expect(refusal({ nodes: deep }).error.message).toContain(
      '16 sub-workflows inside each other are the most',
    );
  });

  it('is skipped as a whole, and fails as the first of its nodes that does', async () => {
    const after = node('after', 'say', { text: 'after' });
    const said = [node('s', 'say', { text: 'a' })];
    const skipped = { ...sub({ nodes: said }), when: { of: 1, operator: 'equals', value: 2 } };
    expect(await run({ nodes: [skipped] })).toMatchObject({ ok: true, data: { skipped: ['sub'] } });
    const reading = [node('s', 'say', { text: '$input:list' })];
    const failing = sub({ inputs: { list: {} }, nodes: reading, input: { list: [1] } });
    expect(await run({ nodes: [failing] })).toMatchObject({ ok: false, details: { stopAt: 'sub.s' } });
    const caught = await run({ nodes: [{ ...failing, onError: 'continue' }, after] });
    expect(caught.data?.messages).toEqual([{ node: 'after', text: 'after' }]);
  });

  it('counts its calls in those of the plan, and is as strong as the strongest of its nodes', () => {
    const alone = compile({ inputs, nodes: [made] });
    const plan = compile({ nodes: [sub({ inputs, nodes: [made], input: { name: 'A' } })] });
    expect(plan.waapiCalls).toBe(alone.waapiCalls);
    expect(plan.perItem).toBeUndefined();
    expect(plan.nodes[0]?.effect).toBe('create');
  });
});

const hello = (text: string, more: JsonObject = {}): JsonObject => ({
  name: 'Greeting',
  inputs: { name: { type: 'string' } },
  nodes: [{ id: 's', type: 'say', data: { text } }],
  ...more,
});
const uses = (workflow: string, more: JsonObject = {}): JsonObject => ({
  nodes: [{ id: 'sub', type: 'subworkflow', data: { workflow, ...more } }],
});

describe('a sub-workflow of the library', () => {
  it('is found by its id or name, pinned in the plan, and what it does stays when the library changes', () =>
    withService(async (service) => {
      await saved(service, 'greet', hello('{{ vars.word }} $input:name', { vars: { word: 'Hello' } }));
      const input = { name: 'Ada' };
      const plan = await planOf(service, uses('greet', { input }));
      await saved(service, 'greet', hello('Bye $input:name'));
      const later = await planOf(service, uses('Greeting', { input }));
      expect(plan.nodes[0]).toMatchObject({
        input: { workflow: 'greet', version: 1, input },
        body: { workflow: { workflowId: 'greet', version: 1 } },
      });
      expect(later.nodes[0]?.input.version).toBe(2);
      expect(later.planHash).not.toBe(plan.planHash);
      expect((await planOf(service, uses('greet', { input, version: 1 }))).planHash).toBe(plan.planHash);
      expect(await messages(service, { plan })).toEqual([{ node: 'sub.s', text: 'Hello Ada' }]);
      expect(await messages(service, { plan: later })).toEqual([{ node: 'sub.s', text: 'Bye Ada' }]);
    }));

  it('that includes itself is refused with the whole path, also where the library came to it later', () =>
    withService(async (service) => {
      await saved(service, 'a', hello('a', { inputs: {} }));
      await saved(service, 'b', uses('a'));
      const loop = { id: 'loop', type: 'forEach', data: { items: [1], nodes: uses('b').nodes ?? [] } };
      const inline = { id: 'in', type: 'subworkflow', data: { nodes: [loop] } };
      expect(await service.library.save({ workflow: { nodes: [inline] }, workflowId: 'a' })).toMatchObject({
        ok: false,
        code: 'CYCLE',
        error: expect.stringContaining('a > in > b > a'),
      });
      expect((await service.compile({ workflow: { ...uses('b'), workflowId: 'a' } })).ok).toBe(false);
      await service.library.delete({ workflowId: 'a' });
      expect(await service.library.save({ workflow: uses('b'), workflowId: 'c' })).toMatchObject({
        ok: false,
      });
      await saved(service, 'a', hello('a', { inputs: {} }));
      await saved(service, 'c', uses('b'));
      await service.library.delete({ workflowId: 'b' });
      await saved(service, 'b', hello('b', { inputs: {} }));
      await saved(service, 'a', uses('c'));
      await saved(service, 'd', uses('a'));
      expect(await service.library.save({ workflow: uses('d'), workflowId: 'b' })).toMatchObject({
        code: 'CYCLE',
        error: expect.stringContaining('b > d > a > c > b'),
      });
    }));

  it('that is not there, or does not compile, is a problem of the node that names it', () =>
    withService(async (service) => {
      await saved(service, 'greet', hello('Hello $input:name'));
      const missing = await service.compile({ workflow: uses('gret') });
      expect(missing).toMatchObject({
        ok: false,
        details: { problems: [{ pointer: '/nodes/0/data/workflow', didYouMean: ['greet'] }] },
      });
      const unfilled = await service.compile({ workflow: uses('greet', { input: { nam: 'x' } }) });
      expect(unfilled).toMatchObject({ ok: false });
      expect(await service.compile({ workflow: uses('greet', { version: 7 }) })).toMatchObject({
        error: expect.stringContaining('no version 7'),
      });
      await saved(service, 'other', hello('Hello', { inputs: {} }));
      expect(await service.compile({ workflow: uses('Greeting') })).toMatchObject({
        error: expect.stringContaining('several workflows have the name'),
      });
    }));

  it('is previewed, resumed and rolled back by its nodes', () =>
    withService(async (service, reopen) => {
      const sound = (id: string, name: string) => ({
        ...{ id, type: 'createSound' },
        data: { name, parentPath: '\\Containers\\Default Work Unit' },
      });
      await saved(service, 'pair', {
        inputs: { name: { type: 'string' }, second: { type: 'string' } },
        nodes: [sound('one', '$input:name'), sound('two', '$input:second')],
        edges: [{ source: 'one', target: 'two' }],
      });
      const flow = uses('pair', { input: { name: 'A', second: 'B' } });
      const preview = await service.preview({ workflow: flow, caller: 'test' });
      if (!preview.ok) throw new Error(preview.error);
      expect(rowsOf(preview.data.result).map((row) => row.node)).toEqual(['sub.one', 'sub.two', 'sub']);
      const begun = await service.run({ workflow: flow, caller: 'test' });
      if (!begun.ok) throw new Error(begun.error);
      const done = await begun.data.done;
      expect(rowsOf(done).map((row) => row.node)).toEqual(['sub.one', 'sub.two', 'sub']);
      await saved(service, 'pair', hello('Nothing', { inputs: {} }));
      const later = await reopen();
      const resumed = await later.resume(begun.data.executionId, { from: 'sub.two', caller: 'test' });
      if (!resumed.ok) throw new Error(resumed.error);
      expect(rowsOf(await resumed.data.done).map((row) => row.node)).toEqual(['sub.one', 'sub.two', 'sub']);
      expect(await later.rollBack(begun.data.executionId)).toMatchObject({ ok: true });
    }));
});

async function saved(service: WorkflowService, workflowId: string, workflow: JsonObject): Promise<void> {
  const result = await service.library.save({ workflow, workflowId });
  if (!result.ok) throw new Error(result.error);
}

async function planOf(service: WorkflowService, workflow: JsonObject) {
  const compiled = await service.compile({ workflow });
  if (!compiled.ok) throw new Error(compiled.error);
  return compiled.data;
}

async function messages(service: WorkflowService, choice: { readonly plan: Plan }) {
  const begun = await service.run({ ...choice, caller: 'test' });
  if (!begun.ok) throw new Error(begun.error);
  return (await begun.data.done).data?.messages;
}

async function withService(
  body: (service: WorkflowService, reopen: () => Promise<WorkflowService>) => Promise<void>,
): Promise<void> {
  const dir = newTempDir('wwiseflow-subworkflow-');
  freshProject(join(dir, 'Game', 'Game.wproj'));
  const open = () =>
    appIn(dir, ['--project', join(dir, 'Game', 'Game.wproj'), '--state', join(dir, 'state')]);
  let app = open();
  try {
    await body(await app.openService(), async () => {
      await app.close();
      app = open();
      return app.openService();
    });
  } finally {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
