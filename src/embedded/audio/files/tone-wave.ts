export interface ToneWish {
  readonly isFloat: boolean;
  readonly sampleRate: number;
  readonly channelMask: number;
  readonly channels: number;
  /** Bit per channel that sounds, in the order of the channels; the others are silent. */
  readonly soundingMask: number;
  readonly waveform: string;
  readonly frequencyHz: number;
  readonly attackSeconds: number;
  readonly sustainSeconds: number;
  readonly releaseSeconds: number;
  /** Level of the sustain, 0 is full scale. */
  readonly sustainLevelDb: number;
  /** Positions in seconds. */
  readonly markers: readonly { readonly label: string; readonly position: number }[];
}

/** A WAVE file with a test tone: up in the attack, level through the sustain, down in the release, each in a straight line. */
export function toneWave(wish: ToneWish): Buffer {
  const chunks = [formatChunk(wish), chunk('data', samples(wish)), ...markerChunks(wish)];
  return chunk('RIFF', Buffer.concat([Buffer.from('WAVE', 'latin1'), ...chunks]));
}

function samples(wish: ToneWish): Buffer {
  const { sampleRate, attackSeconds, sustainSeconds, releaseSeconds, channels, isFloat } = wish;
  const frames = Math.round((attackSeconds + sustainSeconds + releaseSeconds) * sampleRate);
  const bytesPerSample = isFloat ? 4 : 2;
  const data = Buffer.alloc(frames * channels * bytesPerSample);
  const level = 10 ** (wish.sustainLevelDb / 20);
  const releaseAt = attackSeconds + sustainSeconds;
  for (let frame = 0; frame < frames; frame++) {
    const seconds = frame / sampleRate;
    const rise = attackSeconds === 0 ? 1 : Math.min(1, seconds / attackSeconds);
    const fall = seconds < releaseAt ? 1 : 1 - (seconds - releaseAt) / releaseSeconds;
    const value = waveAt(wish.waveform, seconds * wish.frequencyHz) * level * rise * fall;
    for (let channel = 0; channel < channels; channel++) {
      if ((wish.soundingMask & (1 << channel)) === 0) continue;
      const at = (frame * channels + channel) * bytesPerSample;
      if (isFloat) data.writeFloatLE(value, at);
      else data.writeInt16LE(Math.round(value * 32767), at);
    }
  }
  return data;
}

/** Between -1 and 1; `cycles` counts periods since the start. */
function waveAt(waveform: string, cycles: number): number {
  const phase = cycles - Math.floor(cycles);
  if (waveform === 'sine') return Math.sin(2 * Math.PI * phase);
  if (waveform === 'square') return phase < 0.5 ? 1 : -1;
  if (waveform === 'triangle') return phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - 4 * phase : 4 * phase - 4;
  return waveform === 'whiteNoise' ? Math.random() * 2 - 1 : 0;
}

function formatChunk({ isFloat, sampleRate, channels, channelMask }: ToneWish): Buffer {
  const bits = isFloat ? 32 : 16;
  const blockAlign = (channels * bits) / 8;
  const body = Buffer.alloc(40);
  body.writeUInt16LE(0xfffe, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(sampleRate, 4);
  body.writeUInt32LE(sampleRate * blockAlign, 8);
  body.writeUInt16LE(blockAlign, 12);
  body.writeUInt16LE(bits, 14);
  body.writeUInt16LE(22, 16);
  body.writeUInt16LE(bits, 18);
  body.writeUInt32LE(channelMask, 20);
  body.writeUInt16LE(isFloat ? 3 : 1, 24);
  Buffer.from('000000001000800000aa00389b71', 'hex').copy(body, 26);
  return chunk('fmt ', body);
}

function markerChunks({ markers, sampleRate }: ToneWish): Buffer[] {
  if (markers.length === 0) return [];
  const cues = Buffer.alloc(4 + markers.length * 24);
  cues.writeUInt32LE(markers.length, 0);
  const labels: Buffer[] = [Buffer.from('adtl', 'latin1')];
  for (const [index, { label, position }] of markers.entries()) {
    const at = 4 + index * 24;
    const frame = Math.round(position * sampleRate);
    cues.writeUInt32LE(index + 1, at);
    cues.writeUInt32LE(frame, at + 4);
    cues.write('data', at + 8, 'latin1');
    cues.writeUInt32LE(frame, at + 20);
    const id = Buffer.alloc(4);
    id.writeUInt32LE(index + 1, 0);
    labels.push(chunk('labl', Buffer.concat([id, Buffer.from(`${label}\0`, 'utf8')])));
  }
  return [chunk('cue ', cues), chunk('LIST', Buffer.concat(labels))];
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}
