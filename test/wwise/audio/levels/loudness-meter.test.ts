import { describe, expect, it } from 'vitest';
import { createLoudnessMeter, type Loudness } from '../../../../src/wwise/audio/levels/loudness-meter.ts';
import { sample } from '../../../harness/amount.ts';

// Signals with known loudness: ITU-R BS.1770-4 and the minimum requirements of EBU Tech 3341.

interface Part {
  readonly seconds: number;
  /** Peak level of each channel, dBFS. */
  readonly levelsDb: readonly number[];
}

function measure(
  parts: readonly Part[],
  { hz = 1000, sampleRate = 48_000, channelMask = undefined as number | undefined, phase = 0 } = {},
): Loudness {
  const channels = parts[0]?.levelsDb.length ?? 1;
  const meter = createLoudnessMeter(channels, sampleRate, channelMask);
  let frame = 0;
  for (const { seconds, levelsDb } of parts) {
    const gains = levelsDb.map((level) => 10 ** (level / 20));
    const samples = new Float64Array(Math.round(seconds * sampleRate) * channels);
    for (let at = 0; at < samples.length; at++) {
      const sine = Math.sin((2 * Math.PI * hz * (frame + Math.floor(at / channels))) / sampleRate + phase);
      samples[at] = sine * (gains[at % channels] ?? 0);
    }
    frame += samples.length / channels;
    meter.add(samples);
  }
  return meter.read();
}

function both(seconds: number, level: number): Part {
  return { seconds, levelsDb: [level, level] };
}

describe('integrated loudness', () => {
  it('of a 997 Hz sine at full scale on one channel is -3.01 LUFS', () => {
    const { integratedLufs, momentaryMaxLufs } = measure([{ seconds: 5, levelsDb: [0] }], { hz: 997 });
    expect(integratedLufs).toBeCloseTo(-3.01, 1);
    expect(momentaryMaxLufs).toBeCloseTo(-3.01, 1);
  });

  it.each([44_100, 48_000, 96_000, 192_000, 22_050])(
    'of stereo at -23 dBFS is -23 LUFS at %i Hz',
    (sampleRate) => {
      const { integratedLufs } = measure([both(5, -23)], { hz: 997, sampleRate });
      expect(Math.abs((integratedLufs ?? 0) + 23)).toBeLessThan(0.1);
    },
  );

  const signals: readonly (readonly [name: string, parts: readonly Part[], lufs: number])[] = [
    ['a steady quiet tone', [both(5, -33)], -33],
    [
      'below the absolute gate too',
      [both(5, -72), both(5, -36), both(30, -23), both(5, -36), both(5, -72)],
      -23,
    ],
    ['quiet before and after', [both(5, -36), both(30, -23), both(5, -36)], -23],
    ['loud in the middle', [both(20, -26), both(20.1, -20), both(20, -26)], -23],
    ['5.0 channels', [{ seconds: 5, levelsDb: [-28, -28, -24, -30, -30] }], -23],
  ];
  it.each(sample(signals, 3))('passes EBU Tech 3341: %s', (_name, parts, wanted) => {
    const { integratedLufs } = measure(parts);
    expect(Math.abs((integratedLufs ?? 0) - wanted)).toBeLessThan(0.1);
  });

  it('leaves the LFE out, and weighs side and back speakers of 7.1 by their place', () => {
    const lfeOnly = measure([{ seconds: 2, levelsDb: [-200, -200, -200, -10, -200, -200] }]);
    expect(lfeOnly.integratedLufs).toBeNull();
    const quiet = [-200, -200, -200, -200];
    const back = measure([{ seconds: 2, levelsDb: [...quiet, -23, -23, -200, -200] }]);
    const side = measure([{ seconds: 2, levelsDb: [...quiet, -200, -200, -23, -23] }]);
    expect(back.integratedLufs).toBeCloseTo(-23, 1);
    expect(side.integratedLufs).toBeCloseTo(-21.5, 1);
  });

  it('of less than 400 ms is that of what there is, and of silence none', () => {
    // The filters have hardly begun to ring.
    expect(measure([both(0.2, -23)]).integratedLufs).toBeCloseTo(-23, 0);
    const silence = { integratedLufs: null, momentaryMaxLufs: null, truePeakDb: null };
    expect(measure([both(1, Number.NEGATIVE_INFINITY)])).toEqual(silence);
    expect(createLoudnessMeter(1, 48_000, undefined).read()).toEqual(silence);
  });
});

describe('the true peak', () => {
  it('finds what lies between the samples', () => {
    // A quarter of the sample rate, half-way between: every sample is 3 dB below the peak.
    const options = { hz: 12_000, phase: Math.PI / 4 };
    const { truePeakDb } = measure([{ seconds: 1, levelsDb: [-6] }], options);
    expect(truePeakDb).toBeGreaterThan(-6.4);
    expect(truePeakDb).toBeLessThan(-5.8);
  });
});
