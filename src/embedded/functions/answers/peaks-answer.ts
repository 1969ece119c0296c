import { asString, type JsonObject } from '../../../core/json.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { resolveObject } from '../../model/naming/resolve-object.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { speakers } from '../../waql/accessors/speakers.ts';
import { type Peaks, readWavePeaks } from './wave-peaks.ts';

export interface PlayedSource {
  readonly source: WwiseObject;
  readonly filePath: string;
}

/** The audio source a call names: itself, or the active one of a Sound or music track. */
export function playedSource(model: ProjectModel, args: JsonObject): PlayedSource {
  const object = resolveObject(model, asString(args.object) ?? '');
  const source = object.type === 'AudioFileSource' ? object : model.activeSource(object);
  const file = source === null ? undefined : model.audioFile(source);
  if (source !== null && file !== undefined) return { source, filePath: file.absolutePath };
  throw waapiErrors.invalidArguments(`${model.path(object)} (${aOrAn(object.type)}) plays no audio file.`, {
    argumentName: 'object',
    object: object.id,
  });
}

/** The peaks of a region of the file, in the shape both functions answer: base64 of little-endian 16-bit pairs per channel. */
export function peaksAnswer(
  filePath: string,
  region: { readonly fromSeconds: number; readonly toSeconds: number },
  args: JsonObject,
): JsonObject {
  const numPeaks = Number(args.numPeaks);
  if (numPeaks > mostPeaks) {
    throw waapiErrors.invalidArguments(`At most ${mostPeaks} peaks can be asked for; ${numPeaks} were.`, {
      argumentName: 'numPeaks',
    });
  }
  const peaks = readWavePeaks(filePath, region, numPeaks, args.getCrossChannelPeaks === true);
  const strings = peaks.channels.map(base64);
  return {
    peaksBinaryStrings: strings.map(({ text }) => text),
    numChannels: peaks.numChannels,
    maxAbsValue: 32767,
    peaksArrayLength: numPeaks,
    peaksDataSize: strings[0]?.bytes ?? 0,
    channelConfig: channelConfig(peaks),
  };
}

/** 64 MB for a channel: more peaks than a picture can show, and no more than an answer can hold. */
const mostPeaks = 16_777_216;

function base64(values: Int16Array): { readonly text: string; readonly bytes: number } {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) bytes.writeInt16LE(value, at * 2);
  return { text: bytes.toString('base64'), bytes: bytes.length };
}

function channelConfig({ facts }: Peaks): string {
  return speakers(facts)?.config ?? 'Anonymous';
}
