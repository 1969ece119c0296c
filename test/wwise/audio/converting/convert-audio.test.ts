import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WwiseFlowError } from '../../../../src/core/errors.ts';
import { readWaveFacts } from '../../../../src/core/wave/wave.ts';
import { importableAudio } from '../../../../src/wwise/audio/converting/convert-audio.ts';
import { encode, hasFfmpeg, withPath } from '../../../harness/ffmpeg.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { chunk, formatChunk, waveBytes, writeTone } from '../../../harness/wave.ts';

const dir = tempDir('convert');
let folders = 0;

/** A tone of half a second in stereo, and a folder of its own to make others of it. */
function tone(): { wave: string; file: (name: string) => string } {
  const folder = join(dir, String(folders++));
  const wave = join(folder, 'tone.wav');
  writeTone(wave, { seconds: 0.5, sampleRate: 48_000, channels: 2 });
  return { wave, file: (name) => join(folder, name) };
}

async function refusalOf(work: Promise<unknown>): Promise<WwiseFlowError> {
  const failure = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (failure instanceof WwiseFlowError) return failure;
  throw new Error('was not refused', { cause: failure });
}

describe('audio to import', () => {
  it('is the file itself when it is a usual WAVE file', async () => {
    const { wave, file } = tone();
    const { path, discard } = await importableAudio(wave);
    await discard();
    expect(path).toBe(wave);
    expect(readdirSync(dirname(file('x')))).toEqual(['tone.wav']);
  });

  it('names ffmpeg where it has to be converted and that is not installed', async () => {
    const { file } = tone();
    const flac = file('rain.flac');
    writeFileSync(flac, Buffer.concat([Buffer.from('fLaC'), Buffer.alloc(64)]));
    const refused = await refusalOf(withPath(dir, () => importableAudio(flac)));
    expect(refused).toMatchObject({ code: 'FILE_UNREADABLE', details: { program: 'ffmpeg' } });
    expect(refused.message).toBe(
      `"${flac}" is a FLAC file, which Wwise does not import, and ffmpeg, which converts it, is not installed.`,
    );
    expect(readdirSync(dirname(flac)).sort()).toEqual(['rain.flac', 'tone.wav']);
  });

  it('is refused when it is no audio, or its header makes no sense', async () => {
    const { file } = tone();
    writeFileSync(file('note.wav'), 'hello there');
    expect((await refusalOf(importableAudio(file('note.wav')))).message).toContain(
      'is a text file, not a WAVE file',
    );
    const format = formatChunk({ formatTag: 1, channels: 1, sampleRate: 900_000, bitsPerSample: 16 });
    writeFileSync(file('odd.wav'), waveBytes(format, chunk('data', Buffer.alloc(64))));
    expect((await refusalOf(importableAudio(file('odd.wav')))).message).toContain(
      'its sample rate is 900000 Hz',
    );
  });

  it.skipIf(process.platform === 'win32')('ends its child process when the caller gives up', async () => {
    const { file } = tone();
    const bin = file('bin');
    mkdirSync(bin);
    const started = file('started');
    writeFileSync(join(bin, 'ffmpeg'), `#!/bin/sh\necho $$ > ${started}\nexec /bin/sleep 600\n`);
    chmodSync(join(bin, 'ffmpeg'), 0o755);
    writeFileSync(file('rain.ogg'), 'OggS and so on');
    const caller = new AbortController();
    const work = withPath(bin, () => importableAudio(file('rain.ogg'), { signal: caller.signal }));
    const ended = work.then(
      () => 'done',
      () => 'ended',
    );
    const pid = await untilWritten(started);
    caller.abort(new Error('given up'));
    expect(await ended).toBe('ended');
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(readdirSync(dirname(started)).filter((name) => name.startsWith('.wwiseflow'))).toEqual([]);
  });
});

async function untilWritten(path: string): Promise<number> {
  await expect.poll(() => readIfThere(path), { timeout: 20_000 }).toMatch(/^\d+\n$/);
  return Number(readIfThere(path));
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasFfmpeg)('audio that is converted (needs ffmpeg)', () => {
  it.each([
    ['rain.flac', [], 16, 1],
    ['rain 24.flac', ['-sample_fmt', 's32', '-bits_per_raw_sample', '24'], 24, 1],
    ['rain.aiff', [], 16, 1],
    ['rain.aif', ['-c:a', 'pcm_s24be', '-f', 'aiff'], 24, 1],
    ['rain.mp3', [], 24, 1],
    ['rain.ogg', ['-c:a', 'libvorbis'], 24, 1],
    ['wide.wav', ['-c:a', 'pcm_f64le'], 32, 3],
    ['law.wav', ['-c:a', 'pcm_mulaw'], 16, 1],
    ['packed.wav', ['-c:a', 'adpcm_ima_wav'], 16, 1],
  ] as const)('becomes a WAVE file that is called like it: %s', async (name, options, bits, formatTag) => {
    const { wave, file } = tone();
    encode(wave, file(name), ...options);
    const { path, discard } = await importableAudio(file(name));
    const facts = readWaveFacts(path);
    expect(path.endsWith(`${name.replace(/\.\w+$/, '')}.wav`)).toBe(true);
    expect(facts).toMatchObject({ channels: 2, sampleRate: 48_000, bitsPerSample: bits, formatTag });
    expect(facts.durationSeconds).toBeCloseTo(0.5, 1);
    await discard();
    expect(readdirSync(dirname(wave)).sort()).toEqual([name, 'tone.wav'].sort());
  });

  it('keeps every sample of lossless files, and gives the same bytes each time', async () => {
    const { wave, file } = tone();
    encode(wave, file('rain.flac'), '-metadata', 'title=Rain');
    const [one, other] = [await importableAudio(file('rain.flac')), await importableAudio(file('rain.flac'))];
    const [bytes, again] = [readFileSync(one.path), readFileSync(other.path)];
    await Promise.all([one.discard(), other.discard()]);
    expect(bytes.equals(again)).toBe(true);
    const { dataOffset } = readWaveFacts(wave);
    expect(
      bytes.subarray(-48_000 * 2).equals(
        readFileSync(wave)
          .subarray(dataOffset)
          .subarray(-48_000 * 2),
      ),
    ).toBe(true);
  });

  it('is refused with what ffmpeg says when it is broken', async () => {
    const { file } = tone();
    writeFileSync(file('rain.flac'), Buffer.concat([Buffer.from('fLaC'), Buffer.alloc(200)]));
    expect((await refusalOf(importableAudio(file('rain.flac')))).message).toContain(
      'ffmpeg could not convert it',
    );
  });

  it('reads no playlist that calls itself audio', async () => {
    const { wave, file } = tone();
    writeFileSync(file('list.mp3'), `ffconcat version 1.0\nfile '${wave}'\n`);
    expect((await refusalOf(importableAudio(file('list.mp3')))).message).toContain('is a text file');
    writeFileSync(file('ID3.mp3'), `ID3\n#EXTM3U\nfile '${wave}'\n`);
    expect((await refusalOf(importableAudio(file('ID3.mp3')))).message).toContain(
      'ffmpeg could not convert it',
    );
  });
});
