import type { Accessor, ArgumentAccessor } from './accessor.ts';

/**
 * Names that WAQL knows but whose facts do not stand in project files, or not in a form the model carries: results of
 * a conversion, SoundBank generation, loudness analysis, live mute and solo. Queries with them compile; nothing has them,
 * exactly as for an object they do not apply to.
 */
export const notInProjectFiles: readonly Accessor[] = [
  ...named('value', [
    'convertedFilePath',
    'convertedWemFilePath',
    'convertedTotalChannelCount',
    'convertedNormalChannelCount',
    'convertedHeightChannelCount',
    'convertedLFEChannelCount',
    'convertedNonLFEChannelCount',
    'convertedAnonymousChannelCount',
    'convertedAmbisonicsChannelCount',
    'convertedChannelConfig',
    'convertedChannelMask',
    'convertedSampleRate',
    'convertedSampleRateSetting',
    'convertedBitDepth',
    'convertedFileSize',
    'convertedDataSize',
    'convertedSampleCount',
    'convertedDuration',
    'convertedTrimmedDuration',
    'convertedCodec',
    'conversionFormat',
    'conversionHash',
    'contentHash',
    'originalAmbisonicsChannelCount',
    'soundbankBnkFilePath',
    'totalSize',
    'mediaSize',
    'objectSize',
    'structureSize',
    'isExplicitMute',
    'isExplicitSolo',
    'isImplicitMute',
    'isImplicitSolo',
    'isLanguageIncluded',
    'supportsStates',
    'supportsRandomizer',
    'suppportsRandomizer',
    'hasEmptySwitchStateAssignment',
  ]),
  ...named('values', ['stateProperties', 'extractMedia']),
  ...named('object', [
    'musicTransitionObject',
    'switchContainerChildContext',
    'switchGroupGameParameter',
    'originalState',
  ]),
  ...named('objects', [
    'stateGroups',
    'states',
    'blendTracks',
    'extractEvents',
    'extractStructures',
    'soundbanksReferencingEvent',
  ]),
  { name: 'loudness', kind: 'facts', members: ['integrated', 'momentaryMax'], read: nothing },
  { name: 'validity', kind: 'facts', members: ['isValid', 'details', 'severity'], read: nothing },
];

export const argumentsNotInProjectFiles: readonly ArgumentAccessor[] = [
  { name: 'state', kind: 'object', read: nothing },
  { name: 'curveToUse', kind: 'value', read: nothing },
];

function named(kind: Accessor['kind'], names: readonly string[]): Accessor[] {
  return names.map((name) => ({ name, kind, read: nothing }));
}

function nothing(): undefined {
  return undefined;
}
