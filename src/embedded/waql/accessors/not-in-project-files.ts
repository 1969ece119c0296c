import type { Accessor } from './accessor.ts';

/**
 * Names that WAQL knows but whose facts do not stand in project files as objects or values: results of a conversion,
 * SoundBank generation, loudness analysis. Queries with them compile; nothing has them, exactly as for an object they do not
 * apply to.
 */
export const notInProjectFiles: readonly Accessor[] = [
  ...named('value', [
    'convertedFilePath',
    'convertedWemFilePath',
    'convertedNormalChannelCount',
    'convertedHeightChannelCount',
    'convertedAnonymousChannelCount',
    'convertedAmbisonicsChannelCount',
    'convertedChannelConfig',
    'convertedChannelMask',
    'convertedBitDepth',
    'convertedFileSize',
    'convertedDataSize',
    'convertedSampleCount',
    'convertedDuration',
    'convertedTrimmedDuration',
    'conversionHash',
    'contentHash',
    'originalAmbisonicsChannelCount',
    'soundbankBnkFilePath',
    'totalSize',
    'mediaSize',
    'objectSize',
    'structureSize',
  ]),
  { name: 'loudness', kind: 'facts', members: ['integrated', 'momentaryMax'], read: nothing },
];

function named(kind: Accessor['kind'], names: readonly string[]): Accessor[] {
  return names.map((name) => ({ name, kind, read: nothing }));
}

function nothing(): undefined {
  return undefined;
}
