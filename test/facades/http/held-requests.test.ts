import { IncomingMessage } from 'node:http';
import { queryObjects } from 'node:v8';
import { expect, it } from 'vitest';
import { openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const requests = 200;

it('the server holds nothing of requests that have ended', async () => {
  const room = await openHttpRoom(tempDir('held-requests'));
  try {
    const ask = async () => {
      for (let nth = 0; nth < requests / 2; nth++) {
        await room.ask('GET /catalog');
        await room.ask('POST /workflows/compile', {
          workflowId: 'w',
          nodes: [{ id: 'a', type: 'say', data: { text: 'x' } }],
        });
      }
    };
    await ask();
    // The garbage is collected before they are counted.
    expect(queryObjects(IncomingMessage, { format: 'count' })).toBeLessThan(requests / 4);
  } finally {
    await room.close();
  }
});
