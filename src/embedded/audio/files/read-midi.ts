import { readRegularFile } from '../../../core/files/regular-file.ts';

/**
 * How long a Standard MIDI File plays, in milliseconds: to the end of its longest track, by its tempo changes (120 quarter
 * notes a minute until the first). Throws Error with one plain sentence when it is no such file.
 */
export function midiDurationMs(filePath: string): number {
  const bytes = readRegularFile(filePath, largestBytes);
  const wrong = (what: string): Error =>
    new Error(`"${filePath}" is not a MIDI file that can be read: ${what}.`);
  if (bytes.toString('latin1', 0, 4) !== 'MThd' || bytes.length < 14) throw wrong('it has no MThd chunk');
  const division = bytes.readUInt16BE(12);
  if (division === 0) throw wrong('it has no time division');
  const tracks: Track[] = [];
  for (let at = 8 + bytes.readUInt32BE(4); at + 8 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    if (end > bytes.length) throw wrong('it is cut short');
    if (bytes.toString('latin1', at, at + 4) === 'MTrk') {
      const track = readTrack(bytes.subarray(at + 8, end));
      if (track === undefined) throw wrong(`an event of its track ${tracks.length + 1} is damaged`);
      tracks.push(track);
    }
    at = end;
  }
  if (tracks.length === 0) throw wrong('it has no track');
  const lastTick = tracks.reduce((most, { endTick }) => Math.max(most, endTick), 0);
  // A negative first byte: frames per second, and ticks per frame.
  if (division >= 0x8000) return (lastTick * 1000) / ((256 - (division >> 8)) * (division & 0xff));
  const tempos = tracks.flatMap((track) => track.tempos).sort((a, b) => a.tick - b.tick);
  return durationOf(lastTick, tempos, division);
}

/** Hours of notes; beyond this it is no music. */
const largestBytes = 64 * 1024 * 1024;

interface Tempo {
  readonly tick: number;
  readonly microsecondsPerQuarter: number;
}

interface Track {
  readonly endTick: number;
  readonly tempos: readonly Tempo[];
}

function durationOf(lastTick: number, tempos: readonly Tempo[], ticksPerQuarter: number): number {
  let [ms, tick, microseconds] = [0, 0, 500_000];
  for (const tempo of [...tempos, { tick: lastTick, microsecondsPerQuarter: 0 }]) {
    const until = Math.min(tempo.tick, lastTick);
    ms += ((until - tick) / ticksPerQuarter) * (microseconds / 1000);
    tick = until;
    microseconds = tempo.microsecondsPerQuarter;
  }
  return ms;
}

/** Undefined when an event runs over the end. */
function readTrack(bytes: Buffer): Track | undefined {
  const tempos: Tempo[] = [];
  let [at, tick, status] = [0, 0, 0];

  /** A number in groups of seven bits. */
  const number = (): number => {
    let read = 0;
    for (let more = true; more; at++) {
      const byte = bytes[at] ?? 0;
      read = read * 128 + (byte & 0x7f);
      more = byte >= 0x80 && at < bytes.length;
    }
    return read;
  };

  while (at < bytes.length) {
    tick += number();
    const first = bytes[at] ?? 0;
    // Without a status byte the last one goes on.
    if (first >= 0x80) {
      status = first;
      at++;
    }
    if (status === 0xff) {
      const kind = bytes[at++];
      const length = number();
      if (kind === 0x2f) return { endTick: tick, tempos };
      if (kind === 0x51 && length === 3 && at + 3 <= bytes.length)
        tempos.push({ tick, microsecondsPerQuarter: bytes.readUIntBE(at, 3) });
      at += length;
    } else if (status === 0xf0 || status === 0xf7) at += number();
    else if (status >= 0x80) at += (status & 0xe0) === 0xc0 ? 1 : 2;
    else return undefined;
  }
  return at === bytes.length ? { endTick: tick, tempos } : undefined;
}
