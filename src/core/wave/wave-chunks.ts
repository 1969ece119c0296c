import { readSync } from 'node:fs';

/** One chunk of a RIFF file. */
export interface WaveChunk {
  /** Four characters, such as `fmt ` or `data`. */
  readonly name: string;
  /** What the header claims, in bytes; the file may end before. */
  readonly size: number;
  /** Where its content begins, in bytes from the start of the file. */
  readonly offset: number;
}

/** The chunks of an open RIFF file in their order, read header by header: no content is read. Ends with the file. */
export function* waveChunks(file: number, fileBytes: number): Generator<WaveChunk> {
  const header = Buffer.alloc(8);
  for (let at = 12; at + 8 <= fileBytes; ) {
    if (readSync(file, header, 0, 8, at) < 8) return;
    const size = header.readUInt32LE(4);
    yield { name: header.toString('latin1', 0, 4), size, offset: at + 8 };
    // Chunks start at even offsets.
    at += 8 + size + (size % 2);
  }
}
