import type { WaveFacts } from './wave.ts';

/**
 * Why an authoring tool would not take a WAVE file whose header reads so, in words that go on after "it"; undefined for one it
 * takes: PCM of 8, 16, 24 or 32 bits or float of 32 bits, up to 255 channels, 1 to 384 kHz.
 */
export function unsupportedWave(facts: WaveFacts): string | undefined {
  return impossibleHeader(facts) ?? unusualSamples(facts);
}

/** The same for what no conversion mends: the header contradicts itself or anything that could be played. */
export function impossibleHeader({
  channels,
  sampleRate,
  bitsPerSample,
  formatTag,
}: WaveFacts): string | undefined {
  if (isLinear(formatTag) && bitsPerSample === 0) return 'says that its samples have 0 bits';
  if (isLinear(formatTag) && bitsPerSample > 64) return `says that its samples have ${bitsPerSample} bits`;
  if (channels > mostChannels) return `says that it has ${channels} channels, more than ${mostChannels}`;
  if (sampleRate < lowestRateHz || sampleRate > highestRateHz)
    return `says that its sample rate is ${sampleRate} Hz, not ${lowestRateHz} to ${highestRateHz}`;
  return undefined;
}

function unusualSamples({ bitsPerSample, formatTag }: WaveFacts): string | undefined {
  if (formatTag === pcmTag)
    return [8, 16, 24, 32].includes(bitsPerSample) ? undefined : `has PCM samples of ${bitsPerSample} bits`;
  if (formatTag === floatTag)
    return bitsPerSample === 32 ? undefined : `has floating-point samples of ${bitsPerSample} bits`;
  return `is not PCM but ${codecs[formatTag] ?? `of format ${formatTag}`}`;
}

function isLinear(formatTag: number): boolean {
  return formatTag === pcmTag || formatTag === floatTag;
}

const pcmTag = 1;
const floatTag = 3;

/** What a channel configuration of eight bits counts. */
const mostChannels = 255;
const lowestRateHz = 1_000;
const highestRateHz = 384_000;

/** Registered format tags of compressed WAVE files that are met. */
const codecs: Readonly<Record<number, string>> = {
  2: 'Microsoft ADPCM',
  6: 'A-law',
  7: 'mu-law',
  17: 'IMA ADPCM',
  80: 'MPEG audio',
  85: 'MP3',
  353: 'Windows Media Audio',
};
