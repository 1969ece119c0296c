import { statSync } from 'node:fs';
import { readWaveFacts, type WaveFacts } from '../../../core/wave/wave.ts';
import type { WwiseObject } from '../../model/model.ts';
import type { Scope } from '../evaluate/compile/scope.ts';
import type { Value } from '../evaluate/value.ts';
import type { Accessor } from './accessor.ts';
import { type PlayedFile, playedFile, sourceOf } from './audio-source.ts';
import { speakers } from './speakers.ts';

/** Facts of the original file a Sound or audio source plays. A file that is missing or unreadable has none. */
export const originalFile: readonly Accessor[] = [
  {
    name: 'activeSource',
    kind: 'object',
    read: (object, { model, language }) =>
      hasSources(object) ? model.activeSource(object, language) : undefined,
  },
  { name: 'audioSourceLanguage', kind: 'object', read: languageOf },
  {
    name: 'originalFilePath',
    kind: 'value',
    read: (object, scope) => playedFile(object, scope)?.absolutePath,
  },
  {
    name: 'originalWavFilePath',
    kind: 'value',
    read: (object, scope) => playedFile(object, scope)?.absolutePath,
  },
  {
    name: 'originalRelativeFilePath',
    kind: 'value',
    read: (object, scope) => relativeToOriginals(playedFile(object, scope)),
  },
  { name: 'mediaId', kind: 'value', read: readMediaId },
  ofWave('originalTotalChannelCount', ({ channels }) => channels),
  ofWave('originalNormalChannelCount', (wave) => speakers(wave)?.normal),
  ofWave('originalHeightChannelCount', (wave) => speakers(wave)?.height),
  ofWave('originalLFEChannelCount', (wave) => speakers(wave)?.lfe),
  ofWave('originalNonLFEChannelCount', (wave) => wave.channels - (speakers(wave)?.lfe ?? 0)),
  ofWave('originalAnonymousChannelCount', (wave) => (speakers(wave) === undefined ? wave.channels : 0)),
  ofWave('originalChannelConfig', (wave) => speakers(wave)?.config ?? 'Anonymous'),
  ofWave('originalChannelMask', (wave) => speakers(wave)?.mask ?? 0),
  ofWave('originalSampleRate', ({ sampleRate }) => sampleRate),
  ofWave('originalBitDepth', ({ bitsPerSample }) => bitsPerSample),
  ofWave('originalSampleCount', ({ sampleCount }) => sampleCount),
  ofWave(
    'originalDataSize',
    ({ sampleCount, channels, bitsPerSample }) => sampleCount * channels * Math.ceil(bitsPerSample / 8),
  ),
  ofWave('originalDuration', ({ durationSeconds }) => durationSeconds),
  // Originals are uncompressed whatever their sample format; Wwise calls them all PCM.
  ofWave('originalCodec', () => 'PCM'),
  { name: 'originalFileSize', kind: 'value', read: (object, scope) => fileSize(playedFile(object, scope)) },
];

/** What the header of the file says, or undefined when there is no readable file. */
export function waveOf(file: PlayedFile | undefined, scope: Scope): WaveFacts | undefined {
  if (file === undefined) return undefined;
  let headers = headersOf.get(scope);
  if (headers === undefined) {
    headers = new Map();
    headersOf.set(scope, headers);
  }
  if (!headers.has(file.absolutePath)) headers.set(file.absolutePath, tryReadWave(file.absolutePath));
  return headers.get(file.absolutePath);
}

// A row with ten facts of a file opens it once; the next call looks again, for the file may have changed.
const headersOf = new WeakMap<Scope, Map<string, WaveFacts | undefined>>();

function tryReadWave(filePath: string): WaveFacts | undefined {
  try {
    return readWaveFacts(filePath);
  } catch {
    return undefined;
  }
}

function ofWave(name: string, read: (wave: WaveFacts) => Value): Accessor {
  return {
    name,
    kind: 'value',
    read(object, scope) {
      const wave = waveOf(playedFile(object, scope), scope);
      return wave === undefined ? undefined : read(wave);
    },
  };
}

function hasSources(object: WwiseObject): boolean {
  return object.type === 'Sound' || object.type === 'MusicTrack';
}

function languageOf(object: WwiseObject, { model }: Scope): Value {
  const language = model.sourceLanguage(object);
  return language === undefined ? undefined : model.byName('Language', language);
}

function relativeToOriginals(file: PlayedFile | undefined): string | undefined {
  return file === undefined ? undefined : `${file.folder}\\${file.relativePath}`;
}

function readMediaId(object: WwiseObject, scope: Scope): Value {
  const source = object.type === 'PluginMediaSource' ? object : sourceOf(object, scope);
  return source === null ? undefined : scope.model.mediaId(source);
}

function fileSize(file: PlayedFile | undefined): number | undefined {
  if (file === undefined) return undefined;
  return statSync(file.absolutePath, { throwIfNoEntry: false })?.size;
}
