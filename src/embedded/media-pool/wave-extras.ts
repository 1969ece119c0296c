import { closeSync, fstatSync, readSync } from 'node:fs';
import { openRegularFile } from '../../core/files/regular-file.ts';
import { waveChunks } from '../../core/wave/wave-chunks.ts';

/** What chunks besides the format and the samples say. */
export interface WaveExtras {
  /** Frames of the first loop, the last one included. */
  readonly loop: { readonly start: number; readonly end: number } | undefined;
  /** Cue points in order of the file; positions in frames. */
  readonly markers: readonly { readonly position: number; readonly label: string }[];
}

/** Reads loop and markers of a RIFF WAVE file. Empty for a file that has none, or is cut short. Reads no samples. */
export function readWaveExtras(filePath: string): WaveExtras {
  const file = openRegularFile(filePath);
  try {
    return readExtras(file, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

/** A chunk larger than this holds no markers anyone set. */
const largestChunkBytes = 16 * 1024 * 1024;

function readExtras(file: number, fileBytes: number): WaveExtras {
  let loop: WaveExtras['loop'];
  const cues: { id: number; position: number }[] = [];
  const labels = new Map<number, string>();
  for (const { name, size, offset } of waveChunks(file, fileBytes)) {
    if ((name === 'smpl' || name === 'cue ' || name === 'LIST') && size <= largestChunkBytes) {
      const body = readAt(file, offset, size);
      if (name === 'smpl' && body.length >= 60 && body.readUInt32LE(28) > 0)
        loop = { start: body.readUInt32LE(44), end: body.readUInt32LE(48) };
      if (name === 'cue ') cues.push(...readCues(body));
      if (name === 'LIST' && body.toString('latin1', 0, 4) === 'adtl') readLabels(body, labels);
    }
  }
  const markers = cues.map(({ id, position }) => ({ position, label: labels.get(id) ?? '' }));
  return { loop, markers };
}

function readCues(body: Buffer): { id: number; position: number }[] {
  const cues: { id: number; position: number }[] = [];
  for (let at = 4; at + 24 <= body.length; at += 24)
    cues.push({ id: body.readUInt32LE(at), position: body.readUInt32LE(at + 20) });
  return cues;
}

function readLabels(body: Buffer, labels: Map<number, string>): void {
  for (let at = 4; at + 8 <= body.length; ) {
    const name = body.toString('latin1', at, at + 4);
    const size = body.readUInt32LE(at + 4);
    if (name === 'labl' && size >= 4 && at + 12 <= body.length) {
      const text = body.toString('utf8', at + 12, Math.min(at + 8 + size, body.length));
      labels.set(body.readUInt32LE(at + 8), text.replace(/\0.*$/s, ''));
    }
    at += 8 + size + (size % 2);
  }
}

function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, position));
}
