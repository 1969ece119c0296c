const sampleRate = 48_000;

export interface Sweep {
  readonly seconds: number;
  readonly fromHz: number;
  readonly toHz: number;
}

/** A toy laser: a sine that falls fast, then slowly, while it fades. A 16-bit mono WAVE file at 48 kHz. */
export function laser({ seconds, fromHz, toHz }: Sweep): Buffer {
  let phase = 0;
  return waveFile(seconds, (at) => {
    const left = 1 - at / seconds;
    phase += (2 * Math.PI * (toHz + (fromHz - toHz) * left ** 3)) / sampleRate;
    return Math.sin(phase) * left ** 1.5;
  });
}

function waveFile(seconds: number, sampleAt: (seconds: number) => number): Buffer {
  const frames = Math.round(seconds * sampleRate);
  const file = Buffer.alloc(44 + frames * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + frames * 2, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(frames * 2, 40);
  for (let frame = 0; frame < frames; frame++) {
    const value = Math.max(-1, Math.min(1, sampleAt(frame / sampleRate)));
    file.writeInt16LE(Math.round(value * 28_000), 44 + frame * 2);
  }
  return file;
}
