import { join } from 'node:path';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { transitionsOf } from '../../../../src/stores/rows/run-rows.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../../../src/workflow/compiler/compile.ts';
import type { RunEvent } from '../../../../src/workflow/runtime/events/events.ts';
import { createRuns } from '../../../../src/workflow/runtime/runs.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { edges, emptyShelf, node, shelfBus } from '../../harness.ts';

const flow: JsonObject = {
  workflowId: 'w',
  nodes: [
    node('rows', 'input', { source: 'static', value: [1, 2, 3] }),
    node('twice', 'transform', { operations: [{ type: 'map', transformation: 'item * 2' }] }),
    node('a', 'createSound', { name: 'A' }),
    node('each', 'forEach', {
      items: '$from:twice:$output:items',
      nodes: [
        node('said', 'say', { text: 'Number {{ item }}' }),
        node('s', 'createSound', { name: 'S{{ index }}' }),
      ],
    }),
    node('ask', 'handoff', { role: 'lead', text: 'Go on?' }),
    node('bad', 'audioImport', { filePath: 'no.wav', objectId: '{A}' }),
  ],
  edges: edges('rows twice', 'twice each', 'a each', 'each ask', 'ask bad'),
};

it('nobody hears that a node or a run has ended before another process would find it written down', async () => {
  const dir = tempDir('events-once-written');
  const stores = openSqliteStores(dir);
  const other = new Database(join(dir, 'wwiseflow.db'), { readonly: true });
  /** As another process finds it at this moment. */
  const rowsOf = (sql: string, id: string) => other.prepare(sql).all(id).map(asJsonObject);
  const hasEnded = (id: string, nodeId: string): boolean =>
    rowsOf('SELECT * FROM run_journal WHERE execution_id = ?', id)
      .flatMap(transitionsOf)
      .some(({ node: one, state }) => one === nodeId && (state === 'done' || state === 'failed'));
  const stateOf = (id: string) => rowsOf('SELECT state FROM run WHERE execution_id = ?', id)[0]?.state;
  const heard: string[] = [];
  const early: string[] = [];
  const onEvent = (event: RunEvent): void => {
    const { executionId } = event;
    if (event.event === 'node.execution.complete') {
      heard.push(event.nodeId);
      if (!hasEnded(executionId, event.nodeId)) early.push(event.nodeId);
    } else if (
      event.event === 'workflow.execution.suspended' ||
      event.event === 'workflow.execution.complete'
    ) {
      heard.push(event.event);
      if (stateOf(executionId) === 'running') early.push(event.event);
    }
  };
  const bus = shelfBus(emptyShelf());
  const runs = createRuns({ bus, log: silentLog, store: stores.runs, onEvent });
  const { executionId, done } = runs.start(compileWorkflow(flow, bus));
  expect(await done).toMatchObject({ ok: true, data: { state: 'suspended' } });
  await (await runs.answer(executionId, { value: 'yes' })).done;
  expect(early).toEqual([]);
  expect(new Set(heard).size).toBe(6 + 6 + 2);
  expect(heard.at(-1)).toBe('workflow.execution.complete');
  other.close();
  runs.close();
  await stores.close();
});
