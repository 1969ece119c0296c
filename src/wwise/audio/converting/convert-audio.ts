import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { WwiseFlowError } from '../../../core/errors.ts';
import { type ConvertibleAudio, conversionOf } from './convertible-audio.ts';

/** A file as Wwise takes it. */
export interface ImportableAudio {
  /** The file itself, or a WAVE copy that is called like it. */
  readonly path: string;
  /** Removes the copy, if one was made. */
  discard(): Promise<void>;
}

/**
 * The file as Wwise takes it: AIFF, FLAC, MP3, Ogg and unusual WAVE files are converted by ffmpeg, into a folder beside the
 * file, which Wwise sees too (else a temporary one). Rejects with FILE_UNREADABLE for what is no audio, where ffmpeg is not
 * installed, when it fails or takes longer than five minutes, and with what `signal` aborts with.
 */
export async function importableAudio(
  filePath: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<ImportableAudio> {
  const conversion = wantedConversion(filePath);
  if (conversion === undefined) return { path: filePath, discard: async () => {} };
  const folder = await folderFor(filePath);
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, `${parse(filePath).name}.wav`);
  try {
    await runFfmpeg(filePath, path, conversion, signal);
    // What ffmpeg wrote is imported only when it is what was asked for.
    if (conversionOf(path) !== undefined)
      throw refusal(filePath, conversion, 'the outcome is no usual WAVE file');
    return { path, discard };
  } catch (failure) {
    await discard();
    throw failure;
  }
}

/** Throws FILE_UNREADABLE for what is no audio. */
function wantedConversion(filePath: string): ConvertibleAudio | undefined {
  try {
    return conversionOf(filePath);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError('FILE_UNREADABLE', reason, {
      hint: 'Give a WAVE, AIFF, FLAC, MP3 or Ogg file with audio in it; convert other formats first.',
      details: { filePath },
      cause,
    });
  }
}

async function folderFor(filePath: string): Promise<string> {
  const beside = join(dirname(filePath), `.wwiseflow-${randomUUID()}`);
  try {
    await mkdir(beside);
    return beside;
  } catch {
    return mkdtemp(join(tmpdir(), 'wwiseflow-convert-'));
  }
}

/** A song takes seconds. */
const timeoutMs = 5 * 60_000;
/** Larger WAVE files have no length of 32 bits. */
const mostBytes = 4 * 1024 ** 3 - 1024;

const codecs: Readonly<Record<ConvertibleAudio['bits'], string>> = {
  16: 'pcm_s16le',
  24: 'pcm_s24le',
  32: 'pcm_f32le',
};

/** Without a shell; reads that one file, in that one format, and writes that one file. */
function runFfmpeg(
  from: string,
  to: string,
  conversion: ConvertibleAudio,
  signal: AbortSignal | undefined,
): Promise<void> {
  const args = [
    ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-protocol_whitelist', 'file'],
    ...['-f', conversion.reader, '-i', `file:${from}`],
    // No pictures, no tags, and nothing that depends on when and by what it was made: the same file gives the same bytes.
    ...['-map', '0:a:0', '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'],
    ...['-c:a', codecs[conversion.bits], '-fs', String(mostBytes), '-f', 'wav', `file:${to}`],
  ];
  const options = {
    ...{ timeout: timeoutMs, killSignal: 'SIGKILL' as const, windowsHide: true, maxBuffer: 1024 * 1024 },
    // The folder made for the copy: on Windows programs are looked for in the working directory first.
    ...{ cwd: dirname(to), signal },
  };
  return new Promise((resolve, reject) => {
    execFile('ffmpeg', args, options, (error, _stdout, stderr) => {
      if (error === null) resolve();
      else if (signal?.aborted === true) reject(signal.reason);
      else if (error.code === 'ENOENT') reject(notInstalled(from, conversion));
      else reject(refusal(from, conversion, reasonOf(error, stderr)));
    });
  });
}

function reasonOf(error: { readonly killed?: boolean; readonly message: string }, stderr: string): string {
  if (error.killed === true) return `ffmpeg took longer than ${timeoutMs / 60_000} minutes`;
  return stderr.trim().split('\n').at(-1)?.slice(0, 500) || error.message;
}

function notInstalled(filePath: string, { what }: ConvertibleAudio): WwiseFlowError {
  return new WwiseFlowError(
    'FILE_UNREADABLE',
    `"${filePath}" is ${what}, which Wwise does not import, and ffmpeg, which converts it, is not installed.`,
    {
      hint: 'Install ffmpeg, so that it is found on the PATH, or convert the file to a WAVE file first.',
      details: { filePath, program: 'ffmpeg' },
    },
  );
}

function refusal(filePath: string, { what }: ConvertibleAudio, reason: string): WwiseFlowError {
  return new WwiseFlowError(
    'FILE_UNREADABLE',
    `"${filePath}" is ${what}, and ffmpeg could not convert it: ${reason}.`,
    {
      hint: 'Check that the file plays elsewhere, or convert it to a WAVE file first.',
      details: { filePath, program: 'ffmpeg' },
    },
  );
}
