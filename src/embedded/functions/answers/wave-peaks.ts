import { closeSync, readSync } from 'node:fs';
import { openRegularFile } from '../../../core/files/regular-file.ts';
import { readWaveFacts, type WaveFacts } from '../../../core/wave/wave.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

/** Smallest and largest sample of each of `numPeaks` equal stretches, as 16-bit numbers: min, max, min, max, ... */
export interface Peaks {
  /** One per channel, or one for all of them together. */
  readonly channels: readonly Int16Array[];
  readonly numChannels: number;
  readonly facts: WaveFacts;
}

/**
 * Reads the peaks of a region of a WAVE file (8, 16, 24, 32 bit PCM; 32 and 64 bit float), times in seconds. Reads a piece
 * at a time, so a long file costs no memory. Throws ak.wwise.file_error for a file it cannot read.
 */
export function readWavePeaks(
  filePath: string,
  region: { readonly fromSeconds: number; readonly toSeconds: number },
  numPeaks: number,
  acrossChannels: boolean,
): Peaks {
  const facts = factsOf(filePath);
  const decode = decoderOf(facts, filePath);
  const from = clampFrame(region.fromSeconds, facts);
  const to = Math.max(from, clampFrame(region.toSeconds, facts));
  const groups = acrossChannels ? 1 : facts.channels;
  const channels = Array.from({ length: groups }, () => new Int16Array(numPeaks * 2));
  const touched = Array.from({ length: groups }, () => new Uint8Array(numPeaks));
  readFrames(filePath, facts, from, to, (frame, channel, bytes, offset) => {
    const group = acrossChannels ? 0 : channel;
    const at = Math.min(numPeaks - 1, Math.floor(((frame - from) * numPeaks) / (to - from)));
    note(channels[group], touched[group], at, decode(bytes, offset));
  });
  for (const [group, values] of channels.entries()) fillGaps(values, touched[group]);
  return { channels, numChannels: groups, facts };
}

type Decode = (bytes: Buffer, offset: number) => number;

function factsOf(filePath: string): WaveFacts {
  try {
    return readWaveFacts(filePath);
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw waapiErrors.fileError(`The audio file cannot be read: ${reason}`, { filePath });
  }
}

/** A sample of the file as a 16-bit number. */
function decoderOf({ formatTag, bitsPerSample }: WaveFacts, filePath: string): Decode {
  const decode = decoders[`${formatTag}:${bitsPerSample}`];
  if (decode !== undefined) return decode;
  throw waapiErrors.fileError(
    `Peaks of a file with format ${formatTag} and ${bitsPerSample} bits per sample cannot be read.`,
    { filePath },
  );
}

const floatSample = (value: number): number =>
  Math.max(-32768, Math.min(32767, Math.round((Number.isFinite(value) ? value : 0) * 32767)));

const decoders: Readonly<Record<string, Decode>> = {
  '1:8': (bytes, offset) => (bytes.readUInt8(offset) - 128) << 8,
  '1:16': (bytes, offset) => bytes.readInt16LE(offset),
  '1:24': (bytes, offset) => bytes.readIntLE(offset, 3) >> 8,
  '1:32': (bytes, offset) => bytes.readInt32LE(offset) >> 16,
  '3:32': (bytes, offset) => floatSample(bytes.readFloatLE(offset)),
  '3:64': (bytes, offset) => floatSample(bytes.readDoubleLE(offset)),
};

function clampFrame(seconds: number, { sampleRate, sampleCount }: WaveFacts): number {
  return Math.max(0, Math.min(sampleCount, Math.round(seconds * sampleRate)));
}

function note(
  values: Int16Array | undefined,
  seen: Uint8Array | undefined,
  at: number,
  sample: number,
): void {
  if (values === undefined || seen === undefined) return;
  const [low, high] = [values[at * 2] ?? 0, values[at * 2 + 1] ?? 0];
  if (seen[at] === 0 || sample < low) values[at * 2] = sample;
  if (seen[at] === 0 || sample > high) values[at * 2 + 1] = sample;
  seen[at] = 1;
}

/** More peaks than frames: a stretch without a frame shows the one before it. */
function fillGaps(values: Int16Array, seen: Uint8Array | undefined): void {
  for (let at = 1; at < values.length / 2; at++) {
    if (seen?.[at] !== 0) continue;
    values[at * 2] = values[at * 2 - 2] ?? 0;
    values[at * 2 + 1] = values[at * 2 - 1] ?? 0;
  }
}

function readFrames(
  filePath: string,
  facts: WaveFacts,
  from: number,
  to: number,
  visit: (frame: number, channel: number, bytes: Buffer, offset: number) => void,
): void {
  const sampleBytes = Math.ceil(facts.bitsPerSample / 8);
  const frameBytes = sampleBytes * facts.channels;
  const file = openRegularFile(filePath);
  try {
    const piece = Buffer.alloc(frameBytes * framesPerRead);
    for (let frame = from; frame < to; frame += framesPerRead) {
      const wanted = Math.min(framesPerRead, to - frame) * frameBytes;
      const bytes = readSync(file, piece, 0, wanted, facts.dataOffset + frame * frameBytes);
      const frames = Math.floor(bytes / frameBytes);
      for (let at = 0; at < frames; at++) {
        for (let channel = 0; channel < facts.channels; channel++)
          visit(frame + at, channel, piece, at * frameBytes + channel * sampleBytes);
      }
    }
  } finally {
    closeSync(file);
  }
}

const framesPerRead = 65536;
