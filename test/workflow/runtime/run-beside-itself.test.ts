import { expect, it } from 'vitest';
import { z } from 'zod';
import { asJsonArray } from '../../../src/core/json.ts';
import { defineCommand } from '../../../src/wwise/wwise-command.ts';
import { commands } from '../../../tools/catalog.ts';
import { withRuns } from '../../harness/runs.ts';
import { node } from '../harness.ts';

const soundsIn = '\\Containers\\Default Work Unit';
const eventsIn = '\\Events\\Default Work Unit';

function signal(): readonly [reached: Promise<void>, reach: () => void] {
  let reach = (): void => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return [reached, () => reach()];
}

/** A read that waits where the test says so: the first run is held there, the second passes. */
function holding(until: Promise<void>, onHeld: () => void) {
  let isFirst = true;
  return defineCommand({
    name: 'hold_first',
    title: 'Hold the first',
    description: 'Waits once.',
    toolset: 'objects',
    effect: 'read',
    input: z.strictObject({}),
    output: z.object({}),
    run: async () => {
      const waits = isFirst;
      isFirst = false;
      if (waits) {
        onHeld();
        await until;
      }
      return {};
    },
  });
}

/** Executed alone: a node with a policy of its own shares no calls. */
const alone = { retry: { maxRetries: 1 } };

const flow = {
  workflowId: 'twice',
  nodes: [
    { ...node('a', 'create_sound', { name: 'A', parentPath: soundsIn }), ...alone },
    node('hold', 'hold_first', {}),
    { ...node('b', 'create_event', { name: 'B', parentPath: eventsIn }), ...alone },
  ],
  edges: [
    { source: 'a', target: 'hold' },
    { source: 'hold', target: 'b' },
  ],
};

it('two runs of the same workflow do not wait for each other for ever: the second finds what the first made', async () => {
  const [held, reach] = signal();
  const [until, release] = signal();
  let isBehind = false;
  await withRuns(
    async ({ run, done }) => {
      const first = run(flow);
      await held;
      // From here on the first run holds the turn; the second comes as far as `b`, and looks for its parent.
      isBehind = true;
      const second = run(flow);
      const answers = await Promise.all([first, second]);
      for (const { answer } of answers) expect(answer).toMatchObject({ ok: true });
      const events = await done('query_waql', { query: '$ from type Event' });
      expect(asJsonArray(events.objects)).toHaveLength(1);
    },
    {
      bus: { commands: [...commands, holding(until, reach)] },
      wire: (backend) => ({
        ...backend,
        call: async (uri, args, options) => {
          const answer = await backend.call(uri, args, options);
          if (isBehind && JSON.stringify(args).includes('Events')) release();
          return answer;
        },
      }),
    },
  );
});
