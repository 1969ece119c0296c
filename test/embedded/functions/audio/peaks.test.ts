import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, type JsonObject } from '../../../../src/core/json.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { chunk, formatChunk, waveBytes } from '../../../harness/wave.ts';

const sound = '\\Containers\\Default Work Unit\\Ramp';

/** A step of the ramp lasts an eighth of a second. */
const framesPerStep = 125;

/** Two channels of 2 s at 1 kHz: a ramp of 16 steps from -1 to just below 1, and its mirror. */
function ramp(formatTag: number, bitsPerSample: number): Buffer {
  const bytes = bitsPerSample / 8;
  const data = Buffer.alloc(16 * framesPerStep * 2 * bytes);
  for (let frame = 0; frame < 16 * framesPerStep; frame++) {
    for (const [channel, sign] of [1, -1].entries()) {
      const value = (sign * (Math.floor(frame / framesPerStep) - 8)) / 8;
      const at = (frame * 2 + channel) * bytes;
      if (formatTag === 3) data.writeFloatLE(value, at);
      else {
        const top = 2 ** (bitsPerSample - 1);
        data.writeIntLE(Math.max(-top, Math.min(top - 1, Math.round(value * top))), at, bytes);
      }
    }
  }
  const format = formatChunk({ formatTag, channels: 2, sampleRate: 1000, bitsPerSample });
  return waveBytes(format, chunk('LIST', Buffer.from('abc')), chunk('data', data));
}

async function withRamp(work: (room: EngineRoom) => Promise<void>, formatTag = 1, bits = 16): Promise<void> {
  await withEngine(async (room) => {
    mkdirSync(join(room.dir, 'in'));
    const file = join(room.dir, 'in', 'ramp.wav');
    writeFileSync(file, ramp(formatTag, bits));
    await room.call('audio.import', {
      importOperation: 'useExisting',
      imports: [
        { audioFile: file, objectPath: sound.replace('\\Ramp', '\\<Sound SFX>Ramp'), importLanguage: 'SFX' },
      ],
    });
    await work(room);
  });
}

function decoded(answer: JsonObject): number[][] {
  return asJsonArray(answer.peaksBinaryStrings).map((text) => {
    const bytes = Buffer.from(String(text), 'base64');
    return Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readInt16LE(at * 2));
  });
}

describe('the peaks of an audio source', () => {
  for (const [name, formatTag, bits] of [
    ['16-bit', 1, 16],
    ['24-bit', 1, 24],
    ['32-bit', 1, 32],
    ['float', 3, 32],
  ] as const) {
    it(`are min and max per stretch and channel, from ${name} files`, async () => {
      await withRamp(
        async (room) => {
          const answer = await room.call('audioSourcePeaks.getMinMaxPeaksInTrimmedRegion', {
            object: sound,
            numPeaks: 2,
          });
          expect(answer).toMatchObject({
            numChannels: 2,
            maxAbsValue: 32767,
            peaksArrayLength: 2,
            peaksDataSize: 8,
            channelConfig: '2.0',
          });
          const [left = [], right = []] = decoded(answer);
          // Formats round differently: within one step of 16 bits.
          const near = (got: readonly number[], wanted: readonly number[]): void => {
            expect(got).toHaveLength(wanted.length);
            got.forEach((value, at) => {
              expect(Math.abs(value - (wanted[at] ?? 0))).toBeLessThanOrEqual(1);
            });
          };
          near(left, [-32768, -4096, 0, 28672]);
          near(right, [4096, 32767, -28672, 0]);
        },
        formatTag,
        bits,
      );
    });
  }

  it('cover a region, the trims, or all channels at once', async () => {
    await withRamp(async (room) => {
      const ask = async (uri: string, args: JsonObject) =>
        decoded(
          await room.call(`audioSourcePeaks.getMinMaxPeaksIn${uri}`, { object: sound, numPeaks: 1, ...args }),
        );
      expect(await ask('Region', { timeFrom: 0.5, timeTo: 1 })).toEqual([
        [-16384, -4096],
        [4096, 16384],
      ]);
      expect(await ask('TrimmedRegion', { getCrossChannelPeaks: true })).toEqual([[-32768, 32767]]);
      await room.call('object.setProperty', { object: `${sound}\\ramp`, property: 'TrimBegin', value: 1 });
      expect(await ask('TrimmedRegion', {})).toEqual([
        [0, 28672],
        [-28672, 0],
      ]);
      const wrong = await room.refused('audioSourcePeaks.getMinMaxPeaksInRegion', {
        object: sound,
        numPeaks: 1,
        timeFrom: 1,
        timeTo: 1,
      });
      expect(wrong.message).toBe('timeFrom 1 must be before timeTo 1.');
    });
  });
});
