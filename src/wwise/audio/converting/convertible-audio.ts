import { closeSync, readSync } from 'node:fs';
import { extname } from 'node:path';
import { openRegularFile } from '../../../core/files/regular-file.ts';
import { readWaveFacts } from '../../../core/wave/wave.ts';
import { impossibleHeader, unsupportedWave } from '../../../core/wave/wave-support.ts';

/** Audio that Wwise does not take, and that becomes a WAVE file without loss of what it holds. */
export interface ConvertibleAudio {
  /** `a FLAC file`, to go after "is". */
  readonly what: string;
  /** The one reader of ffmpeg that may look at it: others open what a file names. */
  readonly reader: 'aiff' | 'flac' | 'ogg' | 'mp3' | 'wav';
  /** Bits of the samples of the WAVE file; 32 are floating-point. */
  readonly bits: 16 | 24 | 32;
}

/** Endings of files that are looked for where a directory is imported; what they hold decides. */
export const importableEndings = ['.wav', '.aif', '.aiff', '.aifc', '.flac', '.mp3', '.ogg', '.oga'] as const;

/** Whether a name promises audio that has to be converted. Does not look at the file. */
export function namesOtherAudio(filePath: string): boolean {
  const ending = extname(filePath).toLowerCase();
  return ending !== '.wav' && importableEndings.some((known) => known === ending);
}

/**
 * What has to be done with a file before Wwise takes it; undefined for a WAVE file that it takes as it is. Throws Error with
 * one plain sentence for what is no audio, and for a WAVE file whose header no conversion mends.
 */
export function conversionOf(filePath: string): ConvertibleAudio | undefined {
  const other = otherAudio(filePath);
  if (other !== undefined) return other;
  const facts = readWaveFacts(filePath);
  const impossible = impossibleHeader(facts);
  if (impossible !== undefined) throw new Error(`"${filePath}" cannot be imported: it ${impossible}.`);
  const problem = unsupportedWave(facts);
  if (problem === undefined) return undefined;
  const isFloat = facts.formatTag === 3;
  return {
    what: `a WAVE file that ${problem}`,
    reader: 'wav',
    bits: isFloat ? 32 : facts.bitsPerSample <= 16 ? 16 : 24,
  };
}

function otherAudio(filePath: string): ConvertibleAudio | undefined {
  const head = headOf(filePath);
  const start = head.toString('latin1', 0, 4);
  if (start === 'fLaC') return { what: 'a FLAC file', reader: 'flac', bits: bitsFor(flacBits(head)) };
  if (start === 'FORM' && head.toString('latin1', 8, 11) === 'AIF')
    return { what: 'an AIFF file', reader: 'aiff', bits: bitsFor(aiffBits(head)) };
  // Lossy codecs decode to floating-point; 24 bits hold what they have.
  if (start === 'OggS') return { what: 'an Ogg file', reader: 'ogg', bits: 24 };
  const isFrame = head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2;
  if (start.startsWith('ID3') || isFrame) return { what: 'an MP3 file', reader: 'mp3', bits: 24 };
  return undefined;
}

function headOf(filePath: string): Buffer {
  const file = openRegularFile(filePath);
  try {
    const head = Buffer.alloc(64 * 1024);
    return head.subarray(0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}

function bitsFor(bits: number): ConvertibleAudio['bits'] {
  return bits <= 16 ? 16 : bits <= 24 ? 24 : 32;
}

/** Five bits of the first metadata block, less one. */
function flacBits(head: Buffer): number {
  return head.length < 22 ? 24 : ((head.readUInt16BE(20) >> 4) & 0x1f) + 1;
}

/** From the chunk COMM, which comes early; 24 when it does not. */
function aiffBits(head: Buffer): number {
  for (let at = 12; at + 16 <= head.length; ) {
    if (head.toString('latin1', at, at + 4) === 'COMM') return head.readUInt16BE(at + 14);
    const size = head.readUInt32BE(at + 4);
    at += 8 + size + (size % 2);
  }
  return 24;
}
