import { describe, expect, it } from 'vitest';
import { asJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import type { Result } from '../../src/core/result.ts';
import { nextTurn } from '../../src/core/turns/turns.ts';
import { edges, node, refusal } from './harness.ts';
import { madeSound, openShelfRuns, rowsOf, type ShelfRuns } from './shelf-runs.ts';

/** Runs a document that is written down, and gives the runs to go on with. */
async function begun(document: JsonObject, work: (ran: Ran) => Promise<void>): Promise<void> {
  const room = openShelfRuns();
  try {
    const { executionId, done } = room.runs.start(room.compiled(document));
    await work({ ...room, executionId, result: await done });
  } finally {
    room.stores.close();
  }
}

interface Ran extends ShelfRuns {
  readonly executionId: string;
  readonly result: Result;
}

const made = ({ shelf }: Pick<Ran, 'shelf'>) => shelf.done.filter((what) => what.startsWith('create'));
const say = (id: string, text: string) => node(id, 'say', { text });
const failing = (id: string) => node(id, 'audioImport', { filePath: 'no.wav', objectId: '{A}' });

describe('what users of other engines complain about', () => {
  it('n8n: a part that is run again does that node and what comes after it, and nothing else', async () => {
    const document = { workflowId: 'w', nodes: ['a', 'b', 'c'].map(madeSound), edges: edges('a b', 'b c') };
    await begun(document, async (ran) => {
      const again = await (await ran.runs.resume(ran.executionId, { from: 'b' })).done;
      expect(again.ok).toBe(true);
      expect(made(ran)).toEqual(['create A', 'create B', 'create C', 'create B', 'create C']);
    });
  });

  it('n8n: a node that failed is never taken for one that is done', async () => {
    const document = {
      workflowId: 'w',
      nodes: [madeSound('a'), failing('bad'), madeSound('c')],
      edges: edges('a bad', 'bad c'),
    };
    await begun(document, async (ran) => {
      ran.shelf.files.add('no.wav');
      const again = await (await ran.runs.resume(ran.executionId, {})).done;
      expect(again).toMatchObject({ ok: true });
      expect(ran.shelf.done.filter((what) => what.startsWith('import'))).toEqual(['import A']);
    });
  });

  it('n8n: who reads a node on a way that was not taken is skipped, and the run goes on', async () => {
    const document = {
      workflowId: 'w',
      nodes: [
        node('which', 'branch', { condition: false }),
        say('yes', 'Yes'),
        say('reader', '{{ nodes.yes.text }}'),
        say('other', 'Other'),
      ],
      edges: [{ source: 'which', target: 'yes', sourceHandle: 'true' }],
    };
    await begun(document, async ({ result }) => {
      expect(result).toMatchObject({ ok: true, data: { skipped: ['yes', 'reader'] } });
      expect(rowsOf(result).map((row) => row.node)).toEqual(['which', 'other']);
    });
  });

  it.each<[what: string, document: JsonObject, code: string]>([
    [
      'a reference to a node that is not there',
      { nodes: [say('a', '$from:b:$output:text')] },
      'UNRESOLVED_REFERENCE',
    ],
    [
      'an edge to a node that is not there',
      { nodes: [say('a', 'x')], edges: edges('a b') },
      'UNRESOLVED_REFERENCE',
    ],
    ['a key that nobody knows, at the top', { nodes: [say('a', 'x')], onErorr: 'stop' }, 'WORKFLOW_INVALID'],
    ['a key that nobody knows, in a node', { nodes: [{ ...say('a', 'x'), retries: 3 }] }, 'WORKFLOW_INVALID'],
    ['two nodes of one id (Inngest)', { nodes: [say('a', 'x'), say('a', 'y')] }, 'WORKFLOW_INVALID'],
  ])('n8n: %s is an error before anything runs', (_what, document, code) => {
    const { codes, error } = refusal(document);
    expect(codes).toContain(code);
    expect(error.hint).not.toBe('');
  });

  it('n8n: a reference to a node that no edge leads from orders the two', async () => {
    const document = { workflowId: 'w', nodes: [say('late', '{{ nodes.early.name }}'), madeSound('early')] };
    await begun(document, async ({ result }) => {
      expect(rowsOf(result).find((row) => row.node === 'late')).toMatchObject({ data: { text: 'EARLY' } });
    });
  });

  it('n8n-mcp: what clients send as the text of JSON is taken as the JSON', async () => {
    const document = {
      workflowId: 'w',
      nodes: JSON.stringify([{ id: 'a', type: 'say', data: JSON.stringify({ text: 'Said' }) }]),
    };
    await begun(document, async ({ result }) => {
      expect(rowsOf(result)).toMatchObject([{ data: { text: 'Said' } }]);
    });
  });

  it('Windmill: a loop that stopped in its middle goes on there, and nothing went on after the error', async () => {
    const items: Json = ['ok.wav', 'no.wav', 'late.wav'];
    const each = {
      items,
      concurrency: 1,
      nodes: [
        node('s', 'createSound', { name: 'S{{ index }}' }),
        node('i', 'audioImport', { filePath: '{{ item }}', objectId: '$from:s:$output:id' }),
      ],
    };
    const document = {
      workflowId: 'w',
      nodes: [node('each', 'forEach', each), madeSound('after')],
      edges: edges('each after'),
    };
    const room = openShelfRuns();
    room.shelf.files.add('ok.wav').add('late.wav');
    const { executionId, done } = room.runs.start(room.compiled(document));
    expect(await done).toMatchObject({ ok: false, code: 'FILE_NOT_FOUND' });
    expect(room.shelf.done).toEqual(['create S0', 'import S0', 'create S1']);
    room.shelf.files.add('no.wav');
    expect(await (await room.runs.resume(executionId, {})).done).toMatchObject({ ok: true });
    expect(room.shelf.done).toEqual([
      ...['create S0', 'import S0', 'create S1', 'import S1', 'create S2', 'import S2', 'create AFTER'],
    ]);
    room.stores.close();
  });

  it('Windmill, Node-RED: every error ends in one place: on its way where there is one, else it ends the run', async () => {
    const caught = {
      workflowId: 'w',
      nodes: [
        madeSound('a'),
        { ...failing('bad'), onError: 'route' },
        say('seen', '$from:bad:$error:code'),
        say('other', 'x'),
      ],
      edges: [...edges('a bad', 'a other'), { source: 'bad', target: 'seen', sourceHandle: 'error' }],
    };
    await begun(caught, async ({ result }) => {
      expect(result).toMatchObject({ ok: true, data: { failed: ['bad'] } });
      expect(rowsOf(result).find((row) => row.node === 'seen')).toMatchObject({
        data: { text: 'FILE_NOT_FOUND' },
      });
    });
    await begun(
      {
        workflowId: 'w',
        nodes: [madeSound('a'), failing('bad'), say('next', 'x')],
        edges: edges('a bad', 'bad next'),
      },
      async ({ result }) => {
        expect(result).toMatchObject({
          ok: false,
          code: 'FILE_NOT_FOUND',
          details: { stopAt: 'bad', skipped: ['next'] },
        });
      },
    );
  });

  it('Temporal: a run goes on under a workflow that was corrected, with what it had done', async () => {
    const nodes = [madeSound('a'), failing('bad')];
    await begun({ workflowId: 'w', nodes, edges: edges('a bad') }, async (ran) => {
      const corrected = {
        workflowId: 'w',
        nodes: [
          madeSound('a'),
          node('bad', 'audioImport', { filePath: 'C:/temp/sound.wav', objectId: '{A}' }),
        ],
        edges: edges('a bad'),
      };
      const plan = ran.compiled(corrected);
      const again = await (await ran.runs.resume(ran.executionId, { plan, acceptChanges: true })).done;
      expect(again).toMatchObject({ ok: true });
      expect(made(ran)).toEqual(['create A']);
    });
  });

  it('Restate, ComfyUI: the key of a node is what goes into it, so that only what changed is done again', async () => {
    const document = (name: string) => ({
      workflowId: 'w',
      nodes: [madeSound('a'), node('b', 'createSound', { name })],
    });
    await begun(document('B'), async (ran) => {
      const second = await ran.runs.start(ran.compiled(document('B2'))).done;
      expect(rowsOf(second).map(({ node: id, memo }) => [id, memo])).toEqual([
        ['a', 'hit'],
        ['b', 'miss'],
      ]);
      const [first] = rowsOf(ran.result);
      expect(rowsOf(second)[0]?.idemKey).toBe(first?.idemKey);
      expect(made(ran)).toEqual(['create A', 'create B', 'create B2']);
    });
  });

  it('LangGraph, Mastra: a run that waited for two people at once does nothing of before again, and loses no item', async () => {
    const asking = (id: string) => node(id, 'handoff', { role: 'lead', text: `Which ${id}?` });
    const document = {
      workflowId: 'w',
      nodes: [
        madeSound('a'),
        asking('one'),
        asking('two'),
        node('each', 'forEach', { items: [1, 2, 3], nodes: [say('s', '{{ item }} {{ nodes.one.answer }}')] }),
      ],
      edges: edges('a one', 'a two', 'one each', 'two each'),
    };
    await begun(document, async ({ runs, executionId, result, ...ran }) => {
      expect(result).toMatchObject({ ok: true, data: { state: 'suspended' } });
      await (await runs.answer(executionId, { node: 'two', value: 'B' })).done;
      const ended = await (await runs.answer(executionId, { node: 'one', value: 'A' })).done;
      expect(ended).toMatchObject({ ok: true });
      expect(made(ran)).toEqual(['create A']);
      const said = rowsOf(ended).filter((row) => String(row.node).startsWith('each['));
      expect(said.map((row) => asJsonObject(row.data).text)).toEqual(['1 A', '2 A', '3 A']);
    });
  });

  it('Kestra: what an item of a loop gave is found by its own name, in the answer and in the status', async () => {
    const each = { items: ['x', 'y'], nodes: [say('s', '{{ item }}')] };
    await begun(
      { workflowId: 'w', nodes: [node('each', 'forEach', each)] },
      async ({ runs, executionId, result }) => {
        expect(rowsOf(result).find((row) => row.node === 'each[1].s')).toMatchObject({ data: { text: 'y' } });
        const { nodes } = await runs.status(executionId);
        expect(nodes.map(({ node: id, state }) => [id, state])).toContainEqual(['each[1].s', 'done']);
      },
    );
  });

  it('DBOS: steps that ended in another order than they began in are known by their ids', async () => {
    const waits = (id: string, forMs: number) => node(id, 'wait', { forMs });
    const document = {
      workflowId: 'w',
      nodes: [waits('slow', 30), waits('quick', 1), { ...failing('bad') }],
      edges: edges('slow bad', 'quick bad'),
    };
    const room = openShelfRuns();
    const { done } = room.runs.start(room.compiled(document));
    for (const ms of [1_000_001, 1_000_030]) {
      for (let turns = 0; turns < 20; turns += 1) await nextTurn();
      room.clock.set(ms);
    }
    expect(rowsOf(await done).map((row) => row.node)).toEqual(['slow', 'quick', 'bad']);
    room.stores.close();
  });
});
