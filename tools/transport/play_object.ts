import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asString } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const playObject = defineCommand({
  name: 'play_object',
  title: 'Play object',
  description:
    'Play a Sound, container or Event in Wwise for a bounded time, so that somebody hears it. Needs a running Wwise.',
  toolset: 'transport',
  effect: 'barrier',
  examples: [
    {
      title: 'Let somebody hear a Sound',
      input: { objectId: '\\Containers\\Default Work Unit\\Wind', maxMs: 100 },
    },
  ],
  checkedOn: 'scripted peer',
  hints: { idempotent: false },
  waapiCalls: 7,
  input: z.strictObject({
    objectId: objectField('What to play.').register(wires, { kind: 'object' }),
    maxMs: z.int().min(100).max(60_000).default(3_000).describe('At most so long, in ms.'),
  }),
  output: z.object({
    object: leanRef,
    playedMs: z.int(),
    ended: z.boolean().describe('It ended by itself; false: it was stopped.'),
  }),
  async run({ objectId, maxMs }, context) {
    const found = await findObject(objectId, context);
    const { branch } = await context.waapi.call('ak.wwise.core.getInfo');
    if (asString(branch)?.startsWith('wwiseflow') === true) throw makesNoSound(found.path);
    const { transport } = await explaining(`play "${found.path}"`, () =>
      context.waapi.call('ak.wwise.core.transport.create', { object: found.id }),
    );
    if (typeof transport !== 'number') throw noTransport(found.path);
    const began = performance.now();
    try {
      await act(transport, 'play', context);
      const ended = await playing(transport, maxMs, context);
      return { object: refOf(found.row), playedMs: Math.round(performance.now() - began), ended };
    } finally {
      // Whatever happened, nothing may go on playing; without a signal, since a cancelled preview must end too.
      await stop(transport, context);
    }
  },
});

/** Between two looks at the state; short sounds answer soon, long ones cost little. */
const lookEveryMs = 250;

/** True when the transport stopped by itself within the time. */
async function playing(transport: number, maxMs: number, context: CommandContext): Promise<boolean> {
  for (let left = maxMs; left > 0; left -= lookEveryMs) {
    await wait(Math.min(left, lookEveryMs), undefined, { signal: context.signal }).catch(() => undefined);
    if (context.signal.aborted) return false;
    const answer = await context.waapi.call('ak.wwise.core.transport.getState', { transport });
    if (asString(answer.state) === 'stopped') return true;
  }
  return false;
}

async function stop(transport: number, context: CommandContext): Promise<void> {
  const control = { signal: new AbortController().signal };
  for (const step of [
    () =>
      context.waapi.call('ak.wwise.core.transport.executeAction', { transport, action: 'stop' }, {}, control),
    () => context.waapi.call('ak.wwise.core.transport.destroy', { transport }, {}, control),
  ]) {
    await step().catch((error: unknown) => context.log.debug({ error }, 'The transport was gone already'));
  }
}

async function act(transport: number, action: string, context: CommandContext): Promise<void> {
  await context.waapi.call('ak.wwise.core.transport.executeAction', { transport, action });
}

/** The embedded engine keeps transports for its clients, but nobody would hear one. */
function makesNoSound(path: string): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `"${path}" was not played: the project is open without Wwise, and its files make no sound.`,
    {
      hint: 'This takes the Wwise application with the project open: connect to it with --wwise.',
      details: { object: path },
    },
  );
}

function noTransport(path: string): WwiseFlowError {
  return new WwiseFlowError('WAAPI_ERROR', `Wwise gave no transport for "${path}".`, {
    hint: 'Give something that plays: a Sound, container, music object or Event.',
    details: { object: path },
  });
}
