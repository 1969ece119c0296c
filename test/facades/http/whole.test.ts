import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

/** A workflow whose plan is longer than what an agent is given at once. */
const long = {
  workflowId: 'long',
  nodes: Array.from({ length: 300 }, (_, index) => ({
    id: `made${index}`,
    type: 'createObject',
    data: { type: 'Folder', name: `Folder ${index}`, parentPath: '\\Containers\\Default Work Unit' },
  })),
  edges: [],
};

describe('what a page draws from', () => {
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(tempDir('whole'));
  });
  afterAll(() => room.close());

  it('is every type of node with its inputs and outputs', async () => {
    const { data } = await room.ask('GET /authoring');
    const types = asJsonArray(data.nodeTypes).map(asJsonObject);
    expect(types.length).toBeGreaterThan(100);
    expect(types.find(({ type }) => type === 'create_sound')).toMatchObject({
      alias: 'createSound',
      inputs: expect.arrayContaining([expect.objectContaining({ name: 'name', required: true })]),
    });
  });

  it('is a plan in one piece, however long it is', async () => {
    const { data } = await room.ask('POST /workflows/plan', { workflow: long });
    expect(asJsonArray(data.nodes)).toHaveLength(300);
    expect(asJsonArray(data.order)).toHaveLength(300);
  });

  it('is every problem of a workflow that does not compile', async () => {
    const nodes = [{ id: 'sound', type: 'createSond' }];
    const { status, json } = await room.ask('POST /workflows/plan', { workflow: { ...long, nodes } });
    expect(status).toBe(422);
    expect(asJsonArray(asJsonObject(json.details).problems)).toMatchObject([
      { node: 'sound', suggestion: [{ op: 'replace', path: '/nodes/0/type', value: 'createSound' }] },
    ]);
  });

  it('is a run with all its nodes, and its plan, also when nobody kept the document', async () => {
    const begun = await room.ask('POST /workflows/execute', { workflow: long });
    const { executionId } = begun.data;
    const status = await room.ask(`GET /executions/${executionId}/status`);
    expect(status.data).toMatchObject({ state: 'done', percent: 100, counts: { done: 300 } });
    expect(asJsonArray(status.data.nodes)).toHaveLength(300);
    const plan = await room.ask(`GET /executions/${executionId}/plan`);
    expect(asJsonArray(plan.data.nodes)).toHaveLength(300);
    const unknown = await room.ask('GET /executions/exec_none/plan');
    expect(unknown).toMatchObject({ status: 404, json: { code: 'RUN_NOT_FOUND' } });
  });

  it('is a preview with every object and the diff of every file', async () => {
    const more = {
      ...long,
      nodes: long.nodes.map((node) => ({ ...node, data: { ...node.data, name: `New ${node.id}` } })),
    };
    const { data } = await room.ask('POST /workflows/preview', { workflow: more });
    const whole = await room.ask(`GET /previews/${data.previewId}`);
    expect(whole.data).toMatchObject({ wouldSucceed: true, counts: { created: 300 } });
    expect(asJsonArray(whole.data.objects)).toHaveLength(300);
    expect(asJsonArray(whole.data.diff)).toHaveLength(1);
    const unknown = await room.ask('GET /previews/exec_none');
    expect(unknown).toMatchObject({ status: 404, json: { code: 'PREVIEW_NOT_FOUND' } });
  });
});
