import type { WwiseObject } from '../../model/model.ts';
import type { Scope } from '../evaluate/compile/scope.ts';
import type { Value } from '../evaluate/value.ts';
import type { Accessor } from './accessor.ts';
import { playedFile } from './audio-source.ts';
import { waveOf } from './original-file.ts';
import { speakers } from './speakers.ts';

/**
 * What a conversion makes of the original by the Conversion in effect, on the platform that is asked for (else the first).
 * Nothing is converted here: a sample rate that Wwise would find by listening to the file (Auto) is not known, and the file
 * itself has no path, size or bit depth.
 */
export const convertedMedia: readonly Accessor[] = [
  codecNamed('conversionFormat'),
  codecNamed('convertedCodec'),
  number('convertedSampleRate', sampleRateOf),
  { name: 'convertedSampleRateSetting', kind: 'value', read: sampleRateSetting },
  number('convertedTotalChannelCount', (object, scope) => {
    const channels = channelsOf(object, scope);
    return channels && channels.others + channels.lfe;
  }),
  number('convertedLFEChannelCount', (object, scope) => channelsOf(object, scope)?.lfe),
  number('convertedNonLFEChannelCount', (object, scope) => channelsOf(object, scope)?.others),
];

function codecNamed(name: string): Accessor {
  return {
    name,
    kind: 'value',
    read(object, scope) {
      const conversion = conversionOf(object, scope);
      return conversion && scope.model.codec(conversion, platformOf(scope));
    },
  };
}

function number(name: string, read: (object: WwiseObject, scope: Scope) => number | undefined): Accessor {
  return { name, kind: 'value', read };
}

/** The Conversion of the source an object plays: its own, where it overrides, else that of the object around it. */
function conversionOf(object: WwiseObject, scope: Scope): WwiseObject | undefined {
  const source = playedFile(object, scope)?.source;
  return (source && scope.model.effectiveReference(source, 'Conversion')) ?? undefined;
}

function platformOf({ model, platform }: Scope): string | undefined {
  return platform ?? model.platforms[0]?.name;
}

function setting(conversion: WwiseObject, name: string, scope: Scope): number {
  return Number(scope.model.property(conversion, name, platformOf(scope)) ?? 0);
}

interface Channels {
  readonly others: number;
  readonly lfe: number;
}

/** 0 mono, 1 stereo, 2 mono drop, 3 stereo drop, 4 as input. Only the last keeps the LFE. */
function channelsOf(object: WwiseObject, scope: Scope): Channels | undefined {
  const wave = waveOf(playedFile(object, scope), scope);
  const conversion = conversionOf(object, scope);
  if (wave === undefined || conversion === undefined) return undefined;
  const lfe = speakers(wave)?.lfe ?? 0;
  const others = wave.channels - lfe;
  const channels = setting(conversion, 'Channels', scope);
  if (channels === 4) return { others, lfe };
  if (channels === 0 || channels === 2) return { others: 1, lfe: 0 };
  const mayUpmix = scope.model.property(conversion, 'AllowChannelUpmix', platformOf(scope)) !== false;
  return { others: others === 1 && !mayUpmix ? 1 : 2, lfe: 0 };
}

/** 0 as input, 1 to 3 found by listening, else Hz; then within the limits, of which 0 is none. */
function sampleRateOf(object: WwiseObject, scope: Scope): number | undefined {
  const wave = waveOf(playedFile(object, scope), scope);
  const conversion = conversionOf(object, scope);
  if (wave === undefined || conversion === undefined) return undefined;
  const rate = setting(conversion, 'SampleRate', scope);
  if (autoRates[rate] !== undefined) return undefined;
  const wanted = rate === 0 ? wave.sampleRate : rate;
  const lowest = setting(conversion, 'MinSampleRate', scope);
  const highest = setting(conversion, 'MaxSampleRate', scope);
  const limited = highest === 0 ? wanted : Math.min(wanted, highest);
  return Math.max(limited, lowest);
}

function sampleRateSetting(object: WwiseObject, scope: Scope): Value {
  const conversion = conversionOf(object, scope);
  if (conversion === undefined) return undefined;
  const rate = setting(conversion, 'SampleRate', scope);
  return rate === 0 ? 'As Input' : (autoRates[rate] ?? String(rate));
}

/** As the ShareSets of the factory are called. */
const autoRates: Readonly<Record<number, string>> = { 1: 'Auto Low', 2: 'Auto Medium', 3: 'Auto High' };
