import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Tone {
  readonly seconds?: number;
  readonly frequencyHz?: number;
  readonly sampleRate?: number;
  readonly channels?: number;
  /** Largest sample, of 32,767. */
  readonly level?: number;
}

/** Writes a 16-bit PCM WAVE file with a sine tone, creating its folder. */
export function writeTone(filePath: string, tone: Tone = {}): void {
  mkdirSync(dirname(filePath), { recursive: true });
  writeFileSync(filePath, toneBytes(tone));
}

/** The bytes of a 16-bit PCM WAVE file with a sine tone. */
export function toneBytes({
  seconds = 0.05,
  frequencyHz = 440,
  sampleRate = 8000,
  channels = 1,
  level = 20_000,
}: Tone = {}): Buffer {
  const frames = Math.round(seconds * sampleRate);
  const data = Buffer.alloc(frames * channels * 2);
  for (let frame = 0; frame < frames; frame++) {
    const sample = Math.round(level * Math.sin((2 * Math.PI * frequencyHz * frame) / sampleRate));
    for (let channel = 0; channel < channels; channel++)
      data.writeInt16LE(sample, (frame * channels + channel) * 2);
  }
  return waveBytes(
    formatChunk({ formatTag: 1, channels, sampleRate, bitsPerSample: 16 }),
    chunk('data', data),
  );
}

/** A RIFF/WAVE file of these chunks. */
export function waveBytes(...chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WAVE', 'latin1'), ...chunks]);
  return chunk('RIFF', body);
}

export function chunk(name: string, body: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.write(name, 0, 'latin1');
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

export function formatChunk(format: {
  readonly formatTag: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
}): Buffer {
  const { formatTag, channels, sampleRate, bitsPerSample } = format;
  const blockAlign = (channels * bitsPerSample) / 8;
  const body = Buffer.alloc(16);
  body.writeUInt16LE(formatTag, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(sampleRate, 4);
  body.writeUInt32LE(sampleRate * blockAlign, 8);
  body.writeUInt16LE(blockAlign, 12);
  body.writeUInt16LE(bitsPerSample, 14);
  return chunk('fmt ', body);
}
