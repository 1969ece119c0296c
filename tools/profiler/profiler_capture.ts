import { z } from 'zod';
import { nearest } from '../../src/core/text/nearest.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const profilerCapture = defineCommand({
  name: 'profiler_capture',
  title: 'Profiler capture',
  description: 'Start or stop a profiler capture, to read it with profiler_snapshot. Needs a running Wwise.',
  toolset: 'profiler',
  effect: 'barrier',
  examples: [{ title: 'Start to measure the CPU', input: { action: 'start', data: ['cpu'] } }],
  checkedOn: 'scripted peer',
  waapiCalls: 2,
  input: z.strictObject({
    action: z.enum(['start', 'stop']).describe('start or stop.'),
    data: z
      .array(
        z.string().refine((kind) => dataTypes.includes(kind), {
          error: ({ input }) => {
            const near = nearest(String(input), dataTypes);
            return `must be one of ${(near.length > 0 ? near : dataTypes).join(', ')}`;
          },
        }),
      )
      .max(14)
      .optional()
      .describe('To switch on: cpu, memory, voices, loadedMedia, interactiveMusic, gameSyncs...'),
  }),
  output: z.object({ action: z.string(), timeMs: z.number().nullable().describe('Time in the capture.') }),
  async run({ action, data }, context) {
    if (action === 'start' && data !== undefined) {
      const wanted = data.map((dataType) => ({ dataType, enable: true }));
      await explaining('switch the profiler data on', () =>
        context.waapi.call('ak.wwise.core.profiler.enableProfilerData', { dataTypes: wanted }),
      );
    }
    const answer = await explaining(`${action} the capture`, () =>
      context.waapi.call(`ak.wwise.core.profiler.${action}Capture`),
    );
    return { action, timeMs: typeof answer.return === 'number' ? answer.return : null };
  },
});

/** Kinds of profiler data, as WAAPI names them. */
const dataTypes: readonly string[] = [
  'cpu',
  'memory',
  'stream',
  'voices',
  'soundbanks',
  'loadedMedia',
  'interactiveMusic',
  'meter',
  'auxiliarySends',
  'apiCalls',
  'spatialAudio',
  'voiceInspector',
  'audioObjects',
  'gameSyncs',
];
