import type { WaveFacts } from '../../../core/wave/wave.ts';

export interface Speakers {
  readonly mask: number;
  readonly normal: number;
  readonly height: number;
  readonly lfe: number;
  /** `7.1.4`: plane, LFE, height when there is any. */
  readonly config: string;
}

/** Which speakers a file feeds: by its mask, else mono and stereo by convention. Undefined for anonymous channels. */
export function speakers({ channels, channelMask }: WaveFacts): Speakers | undefined {
  const mask = channelMask ?? usualMask[channels];
  if (mask === undefined || mask === 0) return undefined;
  const lfe = countBits(mask & lfeBit);
  const height = countBits(mask & heightBits);
  const normal = countBits(mask) - lfe - height;
  if (normal + lfe + height !== channels) return undefined;
  return { mask, normal, height, lfe, config: `${normal}.${lfe}${height === 0 ? '' : `.${height}`}` };
}

/** Bits of the WAVE speaker mask. */
const lfeBit = 0x8;
const heightBits = 0x3f800;
/** Front centre; front left and right. */
const usualMask: Readonly<Record<number, number>> = { 1: 0x4, 2: 0x3 };

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
