/** Loudness by ITU-R BS.1770 and EBU R 128. Null where nothing rises above the absolute gate of -70 LUFS. */
export interface Loudness {
  /** Integrated, LUFS. Of less than 400 ms: over what there is, as one block. */
  readonly integratedLufs: number | null;
  /** The loudest 400 ms, LUFS. */
  readonly momentaryMaxLufs: number | null;
  /** Between the samples, four times oversampled, dBTP; null for digital silence. */
  readonly truePeakDb: number | null;
}

export interface LoudnessMeter {
  /** Takes whole frames of interleaved samples, full scale at 1. */
  add(samples: Float64Array): void;
  read(): Loudness;
}

/**
 * Measures in one pass over all channels, weighted by their place: surrounds count 1.5 dB more, the LFE not at all.
 * `channelMask` is that of WAVE_FORMAT_EXTENSIBLE; without one the usual order for the count is taken.
 */
export function createLoudnessMeter(
  channels: number,
  sampleRate: number,
  channelMask: number | undefined,
): LoudnessMeter {
  const weights = channelWeights(channels, channelMask);
  const [shelf, highPass] = kWeighting(sampleRate);
  const state = new Float64Array(channels * 4);
  // Blocks of 400 ms begin every 100 ms: their power is the sum of four steps.
  const stepFrames = Math.max(1, Math.round(sampleRate / 10));
  const steps: number[] = [];
  let power = 0;
  let inStep = 0;
  const peaks = Array.from({ length: channels }, () => createTruePeak());

  return {
    add(samples) {
      for (let at = 0; at < samples.length; at += channels) {
        for (let channel = 0; channel < channels; channel++) {
          const sample = samples[at + channel] ?? 0;
          peaks[channel]?.add(sample);
          const weighted = filter(
            highPass,
            state,
            channel * 4 + 2,
            filter(shelf, state, channel * 4, sample),
          );
          power += (weights[channel] ?? 0) * weighted * weighted;
        }
        if (++inStep < stepFrames) continue;
        steps.push(power);
        power = 0;
        inStep = 0;
      }
    },
    read() {
      const blocks = blockPowers(steps, stepFrames);
      const frames = steps.length * stepFrames + inStep;
      if (blocks.length === 0 && frames > 0)
        blocks.push(steps.reduce((sum, step) => sum + step, power) / frames);
      const peak = Math.max(0, ...peaks.map((one) => one.read()));
      const loudest = blocks.reduce((most, block) => Math.max(most, block), 0);
      return {
        integratedLufs: rounded(integrated(blocks)),
        momentaryMaxLufs: loudest > absoluteGate ? rounded(lufs(loudest)) : null,
        truePeakDb: peak === 0 ? null : rounded(20 * Math.log10(peak)),
      };
    },
  };
}

/** Mean power of each block of four steps. */
function blockPowers(steps: readonly number[], stepFrames: number): number[] {
  const blocks: number[] = [];
  for (let at = 3; at < steps.length; at++) {
    const sum = (steps[at - 3] ?? 0) + (steps[at - 2] ?? 0) + (steps[at - 1] ?? 0) + (steps[at] ?? 0);
    blocks.push(sum / (4 * stepFrames));
  }
  return blocks;
}

/** Mean of the blocks above -70 LUFS that are less than 10 LU below the mean of those blocks. */
function integrated(blocks: readonly number[]): number | null {
  const audible = blocks.filter((block) => block > absoluteGate);
  if (audible.length === 0) return null;
  const gate = mean(audible) / 10;
  return lufs(mean(audible.filter((block) => block > gate)));
}

const absoluteGate = 10 ** ((-70 + 0.691) / 10);

function lufs(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(2));
}

/** b0, b1, b2, a1, a2. */
type Biquad = readonly [number, number, number, number, number];

/** Transposed direct form II; two numbers of `state` from `at` on. */
function filter([b0, b1, b2, a1, a2]: Biquad, state: Float64Array, at: number, input: number): number {
  const output = b0 * input + (state[at] ?? 0);
  state[at] = b1 * input - a1 * output + (state[at + 1] ?? 0);
  state[at + 1] = b2 * input - a2 * output;
  return output;
}

/**
 * The two stages of BS.1770-4, annex 1: a shelf for the head and a high-pass. The recommendation tabulates them for
 * 48 kHz only; these are the analogue prototypes behind its numbers, so that they fit any sample rate.
 */
function kWeighting(sampleRate: number): readonly [Biquad, Biquad] {
  const shelf = { hz: 1681.974450955533, gainDb: 3.999843853973347, q: 0.7071752369554196 };
  const high = 10 ** (shelf.gainDb / 20);
  const band = high ** 0.4996667741545416;
  const k = Math.tan((Math.PI * shelf.hz) / sampleRate);
  const a0 = 1 + k / shelf.q + k * k;
  const highPass = { hz: 38.13547087602444, q: 0.5003270373238773 };
  const h = Math.tan((Math.PI * highPass.hz) / sampleRate);
  const c0 = 1 + h / highPass.q + h * h;
  return [
    [
      (high + (band * k) / shelf.q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / shelf.q + k * k) / a0,
      (2 * (k * k - 1)) / a0,
      (1 - k / shelf.q + k * k) / a0,
    ],
    [1, -2, 1, (2 * (h * h - 1)) / c0, (1 - h / highPass.q + h * h) / c0],
  ];
}

/** The speakers of WAVE_FORMAT_EXTENSIBLE that do not count 1. */
const lfe = 0x8;
const backs = 0x30;
const sides = 0x600;
const surround = 10 ** 0.15;

function channelWeights(channels: number, channelMask: number | undefined): readonly number[] {
  const mask = channelMask === undefined || channelMask === 0 ? usualMasks[channels] : channelMask;
  if (mask === undefined) return new Array<number>(channels).fill(1);
  // With side speakers, the back ones stand where they count like the front.
  const louder = (mask & sides) === 0 ? backs : sides;
  const speakers = Array.from({ length: 32 }, (_, bit) => 2 ** bit).filter((bit) => (mask & bit) !== 0);
  return Array.from({ length: channels }, (_, at) => {
    const speaker = speakers[at] ?? 0;
    if (speaker === lfe) return 0;
    return (speaker & louder) === 0 ? 1 : surround;
  });
}

/** Speaker masks by the count of channels: quad, 5.0, 5.1, 7.1. */
const usualMasks: Readonly<Record<number, number>> = { 4: 0x33, 5: 0x37, 6: 0x3f, 8: 0x63f };

/** The largest value between the samples of one channel, by the interpolator of BS.1770-4, annex 2. */
function createTruePeak(): { add(sample: number): void; read(): number } {
  const taps = 12;
  // Written twice, so that the last twelve samples always lie in a row.
  const recent = new Float64Array(taps * 2);
  let at = 0;
  let quiet = 0;
  let peak = 0;
  return {
    add(sample) {
      recent[at] = sample;
      recent[at + taps] = sample;
      at = (at + 1) % taps;
      // Amounts of the coefficients sum up to 2.03 at most: after twelve samples this quiet nothing can exceed the peak.
      quiet = Math.abs(sample) * 2.03 > peak ? 0 : quiet + 1;
      if (quiet >= taps) return;
      for (const phase of phases) {
        let value = 0;
        for (let tap = 0; tap < taps; tap++) value += (phase[tap] ?? 0) * (recent[at + taps - 1 - tap] ?? 0);
        if (value < 0) value = -value;
        if (value > peak) peak = value;
      }
      if (Math.abs(sample) > peak) peak = Math.abs(sample);
    },
    read: () => peak,
  };
}

const firstPhase = [
  0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
  0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
];
const secondPhase = [
  -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
  -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
];
const phases: readonly (readonly number[])[] = [
  firstPhase,
  secondPhase,
  secondPhase.toReversed(),
  firstPhase.toReversed(),
];
