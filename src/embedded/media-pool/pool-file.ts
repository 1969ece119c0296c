import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Json } from '../../core/json.ts';
import { readWaveFacts, type WaveFacts } from '../../core/wave/wave.ts';
import { speakers } from '../waql/accessors/speakers.ts';
import { readWaveExtras, type WaveExtras } from './wave-extras.ts';

/** A WAVE file of the Media Pool; its headers are read when first asked for. */
export interface PoolFile {
  readonly absolutePath: string;
  /** Below the database, with slashes. */
  readonly relativePath: string;
  /** A field or a member of the answer; undefined when the file does not have it. */
  value(name: string): Json | undefined;
}

/** The fields every Media Pool knows. */
export const poolFields = [
  'Filename',
  'WAV/Duration',
  'WAV/Sample Rate',
  'WAV/Bit Depth',
  'WAV/Channels',
  'WAV/Channel Configuration',
  'WAV/Data Size',
  'WAV/Loop Start',
  'WAV/Loop End',
  'WAV/Marker Count',
  'WAV/Samples',
] as const;

/** `database` is what the file's `Db` says. */
export function poolFile(
  absolutePath: string,
  relativePath: string,
  database: { readonly id: string; readonly name: string },
): PoolFile {
  let wave: WaveFacts | null | undefined;
  let extras: WaveExtras | null | undefined;
  const facts = (): WaveFacts | null => {
    wave ??= attempt(() => readWaveFacts(absolutePath));
    return wave;
  };
  const more = (): WaveExtras | null => {
    extras ??= facts() === null ? null : attempt(() => readWaveExtras(absolutePath));
    return extras;
  };
  const members: Readonly<Record<string, () => Json | undefined>> = {
    Filename: () => basename(absolutePath),
    Path: () => absolutePath,
    FileId: () => guidOf(`${database.id}/${relativePath.toLowerCase()}`),
    Db: () => ({ ...database }),
    Size: () => statSync(absolutePath, { throwIfNoEntry: false })?.size,
    Markers: () => more()?.markers.map((marker) => ({ ...marker })),
    'WAV/Duration': () => facts()?.durationSeconds,
    'WAV/Sample Rate': () => facts()?.sampleRate,
    'WAV/Bit Depth': () => facts()?.bitsPerSample,
    'WAV/Channels': () => facts()?.channels,
    'WAV/Channel Configuration': () => {
      const known = facts();
      return known === null ? undefined : (speakers(known)?.config ?? 'Anonymous');
    },
    'WAV/Data Size': () => {
      const known = facts();
      return known === null
        ? undefined
        : known.sampleCount * known.channels * Math.ceil(known.bitsPerSample / 8);
    },
    'WAV/Loop Start': () => more()?.loop?.start,
    'WAV/Loop End': () => more()?.loop?.end,
    'WAV/Marker Count': () => more()?.markers.length,
    'WAV/Samples': () => facts()?.sampleCount,
  };
  return { absolutePath, relativePath, value: (name) => members[name]?.() };
}

/** The same GUID for the same text, today and tomorrow. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex').slice(0, 32).toUpperCase();
  return `{${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}}`;
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
