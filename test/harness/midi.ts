/** A Standard MIDI File of one track, 480 ticks a quarter: a note of `quarters`, at `microsecondsPerQuarter` from its middle on. */
export function midiBytes({ quarters = 8, microsecondsPerQuarter = 500_000 } = {}): Buffer {
  const half = (quarters / 2) * 480;
  const track = Buffer.from([
    ...[0, 0x90, 60, 100],
    ...[...variable(half), 0xff, 0x51, 3, ...bytesOf(microsecondsPerQuarter, 3)],
    ...[...variable(half), 0x80, 60, 0],
    ...[0, 0xff, 0x2f, 0],
  ]);
  return Buffer.concat([chunk('MThd', Buffer.from([0, 0, 0, 1, ...bytesOf(480, 2)])), chunk('MTrk', track)]);
}

function variable(number: number): number[] {
  return number < 128 ? [number] : [...variable(number >> 7).map((byte) => byte | 0x80), number & 0x7f];
}

function bytesOf(number: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => (number >> (8 * (count - 1 - at))) & 0xff);
}

function chunk(name: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(name, 'latin1'), Buffer.from(bytesOf(body.length, 4)), body]);
}
