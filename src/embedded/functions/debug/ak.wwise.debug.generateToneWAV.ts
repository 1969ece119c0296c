import { mkdirSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute } from 'node:path';
import { writeRegularFile } from '../../../core/files/regular-file.ts';
import { windowsNameProblem } from '../../../core/files/windows-name.ts';
import { asJsonArray, asJsonObject, asString, type Json } from '../../../core/json.ts';
import { toneWave } from '../../audio/files/tone-wave.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { defineFunction } from '../define-function.ts';

/**
 * Writes a WAVE file with a test tone. What is left out: one second of a 440 Hz sine in mono, 16 bit, 44.1 kHz, at full
 * scale, without attack and release. Marker positions are in seconds. Ambisonics have no speaker mask.
 */
export const debugGenerateToneWav = defineFunction({
  uri: 'ak.wwise.debug.generateToneWAV',
  run(args) {
    const path = asString(args.path) ?? '';
    if (!isAbsolute(path) || extname(path).toLowerCase() !== '.wav') {
      throw waapiErrors.invalidArguments(`"${path}" is not the absolute path of a .wav file.`, {
        argumentName: 'path',
      });
    }
    const nameProblem = windowsNameProblem(basename(path));
    if (nameProblem !== undefined) {
      throw waapiErrors.invalidArguments(`"${path}" cannot be made: the name ${nameProblem}.`, {
        argumentName: 'path',
      });
    }
    const config = asString(args.channelConfig) ?? '1.0';
    const [channels, mask] = layouts[config] ?? [1, 0x4];
    const seconds = {
      attackSeconds: number(args.attackTime, 0),
      sustainSeconds: number(args.sustainTime, 1),
      releaseSeconds: number(args.releaseTime, 0),
    };
    const total = seconds.attackSeconds + seconds.sustainSeconds + seconds.releaseSeconds;
    const sampleRate = Math.round(number(args.sampleRate, 44_100));
    if (total * sampleRate * channels * 4 > mostBytes) {
      throw waapiErrors.invalidArguments(
        `A tone of ${total} s in ${config} at ${sampleRate} Hz is too large.`,
        {
          argumentName: 'sustainTime',
        },
      );
    }
    const bytes = toneWave({
      ...seconds,
      ...{ isFloat: args.bitDepth === 'float32', sampleRate, channels },
      channelMask: args.setAnonymous === true ? 0 : mask,
      soundingMask: number(args.waveformChannelMask, 0xffff_ffff),
      waveform: asString(args.waveform) ?? 'sine',
      frequencyHz: number(args.frequency, 440),
      sustainLevelDb: number(args.sustainLevel, 0),
      markers: asJsonArray(args.markers).map((item) => {
        const { label, position } = asJsonObject(item);
        return { label: asString(label) ?? '', position: number(position, 0) };
      }),
    });
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeRegularFile(path, bytes);
    } catch (problem) {
      const reason = problem instanceof Error ? problem.message : String(problem);
      throw waapiErrors.fileError(`"${path}" cannot be written: ${reason}.`, { files: [path] });
    }
    return {};
  },
});

const mostBytes = 256 * 1024 * 1024;

/** Channels and speaker mask of each documented configuration. */
const layouts: Readonly<Record<string, readonly [number, number]>> = {
  '0.1': [1, 0x8],
  '1.0': [1, 0x4],
  '2.0': [2, 0x3],
  '2.1': [3, 0xb],
  '3.0': [3, 0x7],
  '4.0': [4, 0x603],
  '5.1': [6, 0x60f],
  '7.1': [8, 0x63f],
  '5.1.2': [8, 0x560f],
  '7.1.2': [10, 0x563f],
  '7.1.4': [12, 0x2d63f],
  'Ambisonics 1st order': [4, 0],
  'Ambisonics 2nd order': [9, 0],
  'Ambisonics 3rd order': [16, 0],
  'Ambisonics 4th order': [25, 0],
  'Ambisonics 5th order': [36, 0],
};

function number(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
