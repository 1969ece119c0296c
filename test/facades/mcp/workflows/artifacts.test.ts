import { expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { withService } from './service-client.ts';

const parentPath = '\\Containers\\Default Work Unit';
/** Two and three bytes a character, so that parts would end within one. */
const notes = 'ü♪'.repeat(45_000);
const flow: JsonObject = {
  workflowId: 'long',
  nodes: [
    { id: 'made', type: 'create_sound', data: { name: 'Wind', parentPath } },
    { id: 'first', type: 'set_notes', data: { objectId: '$from:made:$output:id', notes } },
    { id: 'more', type: 'set_notes', data: { objectId: '$from:made:$output:id', notes, append: true } },
    { id: 'heard', type: 'say', data: { text: 'Wrote notes to $from:more:$output:object.name' } },
  ],
  edges: [
    { source: 'first', target: 'more' },
    { source: 'more', target: 'heard' },
  ],
};

it('a very large output is named by the answer of the run, and read in parts to its end', async () => {
  await withService(async ({ done, call }) => {
    const answer = await done('workflow_run', { workflow: flow });
    const { executionId } = answer;
    const row = asJsonArray(answer.results)
      .map(asJsonObject)
      .find(({ node }) => node === 'more');
    expect(row).toMatchObject({
      data: {},
      artifact: { id: `output/default/${String(executionId)}/more`, contentType: 'application/json' },
    });
    expect(answer.messages).toEqual([{ node: 'heard', text: 'Wrote notes to Wind' }]);
    const { id, bytes } = asJsonObject(row?.artifact);
    expect(asJsonArray(answer.notices).at(-1)).toContain(`workflow_status with artifact "${String(id)}"`);

    let text = '';
    let cursor: unknown;
    do {
      const part = await done('workflow_status', {
        ...{ executionId, artifact: id },
        ...(typeof cursor === 'string' ? { cursor } : {}),
      });
      expect(part).toMatchObject({ executionId, artifact: { id, bytes }, offset: Buffer.byteLength(text) });
      expect(JSON.stringify(part).length).toBeLessThan(40_000);
      text += asString(part.text) ?? '';
      cursor = part.cursor;
    } while (cursor !== null);
    expect(Buffer.byteLength(text)).toBe(bytes);
    expect(JSON.parse(text)).toMatchObject({ notes: `${notes}\n${notes}`, previousNotes: notes });

    const unknown = { executionId, artifact: `${String(id)}x` };
    expect(await call('workflow_status', unknown)).toMatchObject({
      ...{ ok: false, code: 'ARTIFACT_NOT_FOUND' },
      details: { candidates: expect.arrayContaining([String(id)]) },
    });
    const said = { nodes: [{ id: 's', type: 'say', data: { text: 'Hello' } }] };
    const other = await done('workflow_run', { workflow: said });
    expect(await call('workflow_status', { executionId: other.executionId, artifact: id })).toMatchObject({
      code: 'ARTIFACT_NOT_FOUND',
    });
  });
});
