import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWaveFacts } from '../../../src/core/wave/wave.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { chunk, formatChunk, toneBytes, waveBytes } from '../../harness/wave.ts';

const dir = tempDir('wave');

let files = 0;
function fileOf(content: Buffer | string): string {
  const filePath = join(dir, `file${files++}.wav`);
  writeFileSync(filePath, content);
  return filePath;
}

describe('the facts of a WAVE file', () => {
  it('come from the fmt and data chunks', () => {
    const filePath = fileOf(toneBytes({ seconds: 0.5, sampleRate: 48000, channels: 2 }));
    expect(readWaveFacts(filePath)).toEqual({
      channels: 2,
      sampleRate: 48000,
      bitsPerSample: 16,
      sampleCount: 24000,
      durationSeconds: 0.5,
      formatTag: 1,
      dataOffset: 44,
    });
  });

  it('are found behind unknown chunks, odd-sized ones included', () => {
    const format = formatChunk({ formatTag: 1, channels: 1, sampleRate: 8000, bitsPerSample: 16 });
    const filePath = fileOf(
      waveBytes(
        chunk('LIST', Buffer.alloc(7)),
        format,
        chunk('cue ', Buffer.alloc(4)),
        chunk('data', Buffer.alloc(16)),
      ),
    );
    expect(readWaveFacts(filePath).sampleCount).toBe(8);
  });

  it('name the format and the speakers behind WAVE_FORMAT_EXTENSIBLE', () => {
    const body = Buffer.alloc(40);
    body.writeUInt16LE(0xfffe, 0);
    body.writeUInt16LE(6, 2);
    body.writeUInt32LE(48000, 4);
    body.writeUInt16LE(24, 12);
    body.writeUInt16LE(32, 14);
    body.writeUInt16LE(22, 16);
    body.writeUInt32LE(0x3f, 20);
    body.writeUInt16LE(3, 24);
    const facts = readWaveFacts(fileOf(waveBytes(chunk('fmt ', body), chunk('data', Buffer.alloc(240)))));
    expect(facts).toMatchObject({ formatTag: 3, channelMask: 0x3f, channels: 6, sampleCount: 10 });
  });

  it('take the data size of an RF64 file from its ds64 chunk', () => {
    const wide = Buffer.alloc(28);
    wide.writeBigUInt64LE(16n, 8);
    const bytes = waveBytes(
      chunk('ds64', wide),
      formatChunk({ formatTag: 1, channels: 1, sampleRate: 8000, bitsPerSample: 16 }),
      chunk('data', Buffer.alloc(16)),
    );
    bytes.write('RF64', 0, 'latin1');
    bytes.writeUInt32LE(0xffffffff, bytes.length - 20);
    expect(readWaveFacts(fileOf(bytes)).sampleCount).toBe(8);
  });
});

describe('a file that is no WAVE file', () => {
  const cases: readonly (readonly [string, Buffer | string, RegExp])[] = [
    ['an empty file', '', /is empty, not a WAVE file\.$/],
    ['a text file', 'just some notes\n', /is a text file/],
    ['an MP3', Buffer.from('ID3\u0004\u0000\u0000'), /is an MP3 file/],
    ['a bare MP3 frame', Buffer.from([0xff, 0xfb, 0x90, 0x00]), /MP3/],
    ['a FLAC', 'fLaC\0\0', /FLAC/],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n', /git lfs pull/],
    ['an AVI', Buffer.from('RIFF\0\0\0\0AVI LIST', 'latin1'), /RIFF file of type "AVI"/],
    ['a lone RIFF tag', 'RIFF', /is cut short/],
    ['a WAVE file without audio', waveBytes(), /has no fmt chunk/],
  ];
  it.each(cases)('is named for what it is: %s', (_name, content, message) => {
    expect(() => readWaveFacts(fileOf(content))).toThrow(message);
  });

  it('says how much of a truncated file is there', () => {
    const whole = toneBytes({ seconds: 0.1, sampleRate: 8000 });
    expect(() => readWaveFacts(fileOf(whole.subarray(0, 244)))).toThrow(
      'is cut short: its data chunk claims 1600 bytes but the file ends after 200 of them.',
    );
  });

  it('that is a folder is said to be one', () => {
    expect(() => readWaveFacts(dir)).toThrow('is a folder, not a WAVE file.');
  });
});
