import { closeSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openRegularFile } from '../../../core/files/regular-file.ts';
import { readWaveFacts, type WaveFacts } from '../../../core/wave/wave.ts';
import { createLoudnessMeter, type Loudness } from './loudness-meter.ts';

/** Levels of a WAVE file in dBFS, null for digital silence, and its loudness. */
export interface WaveLevels extends Omit<WaveFacts, 'dataOffset'>, Loudness {
  readonly peakDb: number | null;
  readonly rmsDb: number | null;
  readonly leadingSilenceSeconds: number;
  readonly trailingSilenceSeconds: number;
}

/**
 * Reads the whole file, a piece at a time, over all channels, and lets others run in between. `silenceDb` is the level
 * below which a frame is silence. PCM of 8, 16, 24 and 32 bits and float of 32 and 64; rejects with Error with one plain
 * sentence for anything else, and when `signal` aborts.
 */
export async function readWaveLevels(
  filePath: string,
  silenceDb: number,
  signal?: AbortSignal,
): Promise<WaveLevels> {
  const { dataOffset, ...facts } = readWaveFacts(filePath);
  const decode = decoders[`${facts.formatTag}:${facts.bitsPerSample}`];
  if (decode === undefined) {
    throw new Error(
      `"${filePath}" has format ${facts.formatTag} with ${facts.bitsPerSample} bits: its levels cannot be read.`,
    );
  }
  const sampleBytes = facts.bitsPerSample / 8;
  const frameBytes = sampleBytes * facts.channels;
  const threshold = 10 ** (silenceDb / 20);
  let peak = 0;
  let squares = 0;
  let firstLoud = -1;
  let lastLoud = -1;
  let frame = 0;
  const meter = createLoudnessMeter(facts.channels, facts.sampleRate, facts.channelMask);
  const { channels } = facts;
  await eachPiece(filePath, dataOffset, frameBytes, facts.sampleCount, signal, (bytes) => {
    const samples = new Float64Array(Math.floor(bytes.length / frameBytes) * channels);
    for (let at = 0; at < samples.length; at++) samples[at] = decode(bytes, at * sampleBytes);
    meter.add(samples);
    for (let at = 0; at < samples.length; at += channels, frame++) {
      let loudest = 0;
      for (let channel = 0; channel < channels; channel++) {
        const value = Math.abs(samples[at + channel] ?? 0);
        squares += value * value;
        if (value > loudest) loudest = value;
      }
      if (loudest > peak) peak = loudest;
      if (loudest <= threshold) continue;
      if (firstLoud < 0) firstLoud = frame;
      lastLoud = frame;
    }
  });
  const seconds = (frames: number) => Number((frames / facts.sampleRate).toFixed(4));
  return {
    ...facts,
    peakDb: inDb(peak),
    ...meter.read(),
    rmsDb: inDb(Math.sqrt(squares / Math.max(1, frame * facts.channels))),
    leadingSilenceSeconds: seconds(firstLoud < 0 ? frame : firstLoud),
    trailingSilenceSeconds: seconds(lastLoud < 0 ? frame : frame - 1 - lastLoud),
  };
}

function inDb(level: number): number | null {
  return level === 0 ? null : Number((20 * Math.log10(level)).toFixed(2));
}

const decoders: Readonly<Record<string, (bytes: Buffer, at: number) => number>> = {
  '1:8': (bytes, at) => (bytes.readUInt8(at) - 128) / 128,
  '1:16': (bytes, at) => bytes.readInt16LE(at) / 0x8000,
  '1:24': (bytes, at) => bytes.readIntLE(at, 3) / 0x800000,
  '1:32': (bytes, at) => bytes.readInt32LE(at) / 0x80000000,
  '3:32': (bytes, at) => bytes.readFloatLE(at),
  '3:64': (bytes, at) => bytes.readDoubleLE(at),
};

async function eachPiece(
  filePath: string,
  dataOffset: number,
  frameBytes: number,
  frames: number,
  signal: AbortSignal | undefined,
  use: (bytes: Buffer) => void,
): Promise<void> {
  const file = openRegularFile(filePath);
  try {
    const end = dataOffset + frames * frameBytes;
    const piece = Buffer.alloc(frameBytes * 16_384);
    for (let at = dataOffset; at < end; at += piece.length) {
      const read = readSync(file, piece, 0, Math.min(piece.length, end - at), at);
      if (read === 0) return;
      use(piece.subarray(0, read));
      await nextTurn();
      signal?.throwIfAborted();
    }
  } finally {
    closeSync(file);
  }
}
