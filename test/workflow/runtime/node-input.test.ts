import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonObject } from '../../../src/core/json.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

describe('what flowed into a node of a run', () => {
  let room: HttpRoom;
  let executionId = '';
  const inputOf = (node: string) =>
    room.ask(`GET /executions/${executionId}/input?node=${encodeURIComponent(node)}`);
  beforeAll(async () => {
    room = await openHttpRoom(tempDir('node-input'));
    const workflow = {
      inputs: { author: { type: 'string', default: 'Ada' } },
      nodes: [
        { id: 'first', type: 'say', data: { text: 'Hello {{ upper(workflow.input.author) }}' } },
        {
          id: 'each',
          type: 'forEach',
          data: {
            items: ['hit', 'miss'],
            nodes: [
              {
                id: 'named',
                type: 'say',
                data: { text: '{{ index }}: {{ item }} $from:first:$output:text' },
              },
            ],
          },
        },
        { id: 'fails', type: 'getObject', data: { objectId: 'Sound:Nobody' } },
        { id: 'after', type: 'say', data: { text: '$from:fails:$output:name' } },
      ],
      edges: [{ source: 'each', target: 'fails' }],
    };
    const begun = await room.ask('POST /workflows/execute', { workflow });
    expect(begun.json.ok).toBe(false);
    executionId = String(asJsonObject(begun.json.details).executionId);
  });
  afterAll(() => room.close());

  it('has the values of inputs, outputs and expressions, in loops those of the item', async () => {
    expect((await inputOf('first')).data).toEqual({
      node: 'first',
      isResolved: true,
      input: { text: 'Hello ADA' },
    });
    expect((await inputOf('each[1].named')).data).toMatchObject({
      isResolved: true,
      input: { text: '1: miss Hello ADA' },
    });
  });

  it('is as it was written where a value never came, with the reason', async () => {
    const { data } = await inputOf('after');
    expect(data).toMatchObject({ isResolved: false, input: { text: '$from:fails:$output:name' } });
    expect(data.why).toMatch(/fails/);
  });

  it('is refused for a node that the run does not have', async () => {
    expect(await inputOf('frist')).toMatchObject({
      status: 400,
      json: { code: 'INVALID_INPUT', error: expect.stringContaining('first') },
    });
  });
});
