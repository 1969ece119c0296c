import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { asJsonArray, isJsonObject, type JsonObject } from '../../src/core/json.ts';
import { jsonRecord } from '../../src/core/json-record.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const profilerSnapshot = defineCommand({
  name: 'profiler_snapshot',
  title: 'Profiler snapshot',
  description:
    'Read one moment of a profiler capture: CPU, voices, busses, RTPCs, media... First profiler_capture. Needs a running Wwise.',
  toolset: 'profiler',
  effect: 'read',
  readsOnly: 'the game',
  examples: [{ title: 'Read the CPU by element', input: { what: 'cpu' } }],
  checkedOn: 'scripted peer',
  waapiCalls: 1,
  input: z.strictObject({
    what: z
      .enum([
        'cpu',
        'voices',
        'performance',
        'busses',
        'rtpcs',
        'gameObjects',
        'loadedMedia',
        'streamedMedia',
      ])
      .describe('Which figures.'),
    time: z
      .union([z.enum(['user', 'capture']), z.int().min(0)])
      .default('capture')
      .describe('Cursor, or time in ms.'),
    ...pageInput,
  }),
  output: z.object({
    what: z.string(),
    items: z.array(z.record(z.string(), z.json())).describe('CPU: the most expensive first.'),
    ...pageOutput,
  }),
  async run(input, context) {
    const { what, time } = input;
    const { uri, returns } = sources[what];
    const answer = await explaining(`read ${what} of the capture`, () =>
      context.waapi.call(
        `ak.wwise.core.profiler.${uri}`,
        { time },
        returns === undefined ? {} : { return: returns },
      ),
    );
    const rows = asJsonArray(answer.return).filter(isJsonObject);
    const sorted = what === 'cpu' ? [...rows].sort((a, b) => cost(b) - cost(a)) : rows;
    const { items, ...rest } = page('profiler_snapshot', input, sorted);
    return { what, items: items.map((row) => jsonRecord.parse(row)), ...rest };
  },
});

interface Source {
  readonly uri: string;
  /** What to ask for: Wwise gives next to nothing by default here. */
  readonly returns?: readonly string[];
}

const sources: Readonly<
  Record<
    'cpu' | 'voices' | 'performance' | 'busses' | 'rtpcs' | 'gameObjects' | 'loadedMedia' | 'streamedMedia',
    Source
  >
> = {
  cpu: { uri: 'getCpuUsage' },
  voices: {
    uri: 'getVoices',
    returns: [
      'pipelineID',
      'objectGUID',
      'objectName',
      'gameObjectName',
      'playTargetName',
      'baseVolume',
      'priority',
      'isStarted',
      'isVirtual',
    ],
  },
  performance: { uri: 'getPerformanceMonitor' },
  busses: {
    uri: 'getBusses',
    returns: [
      'pipelineID',
      'objectGUID',
      'objectName',
      'gameObjectName',
      'volume',
      'downstreamGain',
      'voiceCount',
      'effectCount',
      'depth',
    ],
  },
  rtpcs: { uri: 'getRTPCs' },
  gameObjects: { uri: 'getGameObjects' },
  loadedMedia: { uri: 'getLoadedMedia' },
  streamedMedia: { uri: 'getStreamedMedia' },
};

function cost({ percentInclusive }: JsonObject): number {
  return typeof percentInclusive === 'number' ? percentInclusive : 0;
}
