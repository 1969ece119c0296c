import { z } from 'zod';
import { asJsonArray, asString } from '../../src/core/json.ts';
import { explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const audioPeaks = defineCommand({
  name: 'audio_peaks',
  title: 'Audio peaks',
  description:
    'Read the waveform of a source as minimum and maximum of equal stretches. For levels and silence use audio_facts.',
  toolset: 'audio',
  effect: 'read',
  readsOnly: 'one source',
  examples: [
    {
      title: 'Read a waveform',
      input: { objectId: '\\Containers\\Default Work Unit\\Steps\\Step_1', numPeaks: 20 },
    },
  ],
  waapiCalls: 2,
  input: z
    .strictObject({
      objectId: objectField('Audio source or Sound.'),
      numPeaks: z.int().min(1).max(1_000).default(50).describe('Stretches.'),
      fromSeconds: z.number().min(0).optional().describe('Only from here.'),
      toSeconds: z.number().min(0).optional().describe('Up to here.'),
    })
    .refine(({ fromSeconds = 0, toSeconds }) => toSeconds === undefined || fromSeconds < toSeconds, {
      path: ['toSeconds'],
      message: 'must be above fromSeconds',
    })
    .refine(({ fromSeconds, toSeconds }) => fromSeconds === undefined || toSeconds !== undefined, {
      path: ['toSeconds'],
      message: 'is needed with fromSeconds',
    }),
  output: z.object({
    object: leanRef,
    peaks: z
      .array(z.array(z.number()))
      .describe('[min, max] of each stretch over all channels; 1 is full scale.'),
    peakDb: z.number().nullable().describe('Highest of them in dBFS; null for silence.'),
  }),
  async run({ objectId, numPeaks, fromSeconds = 0, toSeconds }, context) {
    const found = await findObject(objectId, context);
    const common = { object: found.id, numPeaks, getCrossChannelPeaks: true };
    const answer = await explaining(`read the peaks of "${found.path}"`, () =>
      toSeconds === undefined
        ? context.waapi.call('ak.wwise.core.audioSourcePeaks.getMinMaxPeaksInTrimmedRegion', common)
        : context.waapi.call('ak.wwise.core.audioSourcePeaks.getMinMaxPeaksInRegion', {
            ...common,
            timeFrom: fromSeconds,
            timeTo: toSeconds,
          }),
    );
    const scale =
      typeof answer.maxAbsValue === 'number' && answer.maxAbsValue > 0 ? answer.maxAbsValue : 32767;
    const peaks = decode(asString(asJsonArray(answer.peaksBinaryStrings)[0]) ?? '', scale);
    const highest = Math.max(0, ...peaks.flat().map(Math.abs));
    return {
      object: refOf(found.row),
      peaks,
      peakDb: highest === 0 ? null : rounded(20 * Math.log10(highest), 2),
    };
  },
});

/** Base64 of little-endian 16-bit numbers: min, max, min, max... */
function decode(text: string, scale: number): number[][] {
  const bytes = Buffer.from(text, 'base64');
  const pairs: number[][] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4)
    pairs.push([rounded(bytes.readInt16LE(at) / scale, 4), rounded(bytes.readInt16LE(at + 2) / scale, 4)]);
  return pairs;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
