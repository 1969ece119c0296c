import { closeSync, fstatSync, readSync } from 'node:fs';
import { NotRegularFile, openRegularFile } from '../files/regular-file.ts';
import { waveChunks } from './wave-chunks.ts';

/** What the header of a WAVE file says. */
export interface WaveFacts {
  readonly channels: number;
  /** Frames per second, in Hz. */
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  /** Frames: samples per channel. */
  readonly sampleCount: number;
  readonly durationSeconds: number;
  /** 1 PCM, 3 IEEE float; for WAVE_FORMAT_EXTENSIBLE the format it stands for. */
  readonly formatTag: number;
  /** Speaker mask of WAVE_FORMAT_EXTENSIBLE. */
  readonly channelMask?: number;
  /** Where the samples begin, in bytes from the start of the file. */
  readonly dataOffset: number;
}

/**
 * Facts of a RIFF or RF64 WAVE file. Reads headers only, however large the file is.
 * Throws Error with one plain sentence that says what the file is instead: missing, empty, text, another format, cut short.
 */
export function readWaveFacts(filePath: string): WaveFacts {
  const file = opened(filePath);
  try {
    return readChunks(filePath, file, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

function opened(filePath: string): number {
  try {
    return openRegularFile(filePath);
  } catch (thrown) {
    throw thrown instanceof NotRegularFile ? problem(filePath, `is ${thrown.kind}, not a WAVE file`) : thrown;
  }
}

const extensibleTag = 0xfffe;
const unknownSize = 0xffffffff;

interface Format {
  readonly formatTag: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly blockAlign: number;
  readonly bitsPerSample: number;
  readonly channelMask: number | undefined;
}

function readChunks(filePath: string, file: number, fileBytes: number): WaveFacts {
  const head = readAt(file, 0, 512);
  const signature = ascii(head, 0);
  if (!['RIFF', 'RF64', 'BW64'].includes(signature) || ascii(head, 8) !== 'WAVE') {
    throw problem(filePath, `${describeForeign(head)}, not a WAVE file`);
  }
  let format: Format | undefined;
  let factSamples: number | undefined;
  let wideDataBytes: number | undefined;
  for (const { name, size, offset } of waveChunks(file, fileBytes)) {
    if (name === 'data') {
      const dataBytes = size === unknownSize && wideDataBytes !== undefined ? wideDataBytes : size;
      return finish(filePath, format, dataBytes, fileBytes - offset, factSamples, offset);
    }
    const body = readAt(file, offset, Math.min(size, 40));
    if (name === 'fmt ') format = readFormat(filePath, body);
    if (name === 'fact' && body.length >= 4) factSamples = body.readUInt32LE(0);
    if (name === 'ds64' && body.length >= 16) wideDataBytes = Number(body.readBigUInt64LE(8));
  }
  throw problem(filePath, format === undefined ? 'has no fmt chunk' : 'has no data chunk: it holds no audio');
}

function readFormat(filePath: string, body: Buffer): Format {
  if (body.length < 16) throw problem(filePath, 'has a fmt chunk that is too short');
  const tag = body.readUInt16LE(0);
  const isExtensible = tag === extensibleTag && body.length >= 26;
  const format = {
    formatTag: isExtensible ? body.readUInt16LE(24) : tag,
    channels: body.readUInt16LE(2),
    sampleRate: body.readUInt32LE(4),
    blockAlign: body.readUInt16LE(12),
    bitsPerSample: body.readUInt16LE(14),
    channelMask: isExtensible ? body.readUInt32LE(20) : undefined,
  };
  if (format.channels === 0 || format.sampleRate === 0 || format.blockAlign === 0) {
    throw problem(filePath, 'has an impossible fmt chunk: no channels, no sample rate or no block size');
  }
  return format;
}

function finish(
  filePath: string,
  format: Format | undefined,
  dataBytes: number,
  availableBytes: number,
  factSamples: number | undefined,
  dataOffset: number,
): WaveFacts {
  if (format === undefined) throw problem(filePath, 'has no fmt chunk before its data chunk');
  if (dataBytes > availableBytes) {
    throw problem(
      filePath,
      `is cut short: its data chunk claims ${dataBytes} bytes but the file ends after ${availableBytes} of them`,
    );
  }
  if (dataBytes === 0) throw problem(filePath, 'holds no audio: its data chunk is empty');
  const { channels, sampleRate, bitsPerSample, formatTag, channelMask } = format;
  const isLinear = formatTag === 1 || formatTag === 3;
  const sampleCount = isLinear ? Math.floor(dataBytes / format.blockAlign) : (factSamples ?? 0);
  const durationSeconds = sampleCount / sampleRate;
  const facts = { channels, sampleRate, bitsPerSample, sampleCount, durationSeconds, formatTag, dataOffset };
  return channelMask === undefined ? facts : { ...facts, channelMask };
}

/** What a file that is no WAVE file looks like, to go after "is". */
function describeForeign(head: Buffer): string {
  if (head.length === 0) return 'is empty';
  const start = ascii(head, 0);
  if (start === 'RIFF' || start === 'RF64') {
    return head.length < 12 ? 'is cut short' : `is a RIFF file of type "${ascii(head, 8).trim()}"`;
  }
  for (const [mark, description] of foreignMarks)
    if (head.toString('latin1').startsWith(mark)) return `is ${description}`;
  if (start === 'FORM' && ascii(head, 8).startsWith('AIF')) return 'is an AIFF file';
  if (ascii(head, 4) === 'ftyp') return 'is an MP4 or M4A file';
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0) return 'is an MP3 or AAC file';
  if (head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d))
    return 'is a text file';
  return `begins with the bytes ${head.subarray(0, 4).toString('hex')}`;
}

const foreignMarks: readonly (readonly [string, string])[] = [
  ['version https://git-lfs', 'a Git LFS pointer (run "git lfs pull" to get the audio)'],
  ['ID3', 'an MP3 file'],
  ['OggS', 'an Ogg file'],
  ['fLaC', 'a FLAC file'],
  ['RIFX', 'a big-endian RIFF file'],
  ['MThd', 'a MIDI file'],
  ['BKHD', 'a SoundBank'],
  ['PK\u0003\u0004', 'a ZIP archive'],
];

function readAt(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(file, buffer, 0, length, position));
}

function ascii(bytes: Buffer, offset: number): string {
  return bytes.toString('latin1', offset, offset + 4);
}

function problem(filePath: string, sentence: string): Error {
  return new Error(`"${filePath}" ${sentence}.`);
}
