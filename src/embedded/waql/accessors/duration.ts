import type { JsonObject } from '../../../core/json.ts';
import type { WwiseObject } from '../../model/model.ts';
import type { Scope } from '../evaluate/compile/scope.ts';
import type { Facts } from '../evaluate/value.ts';
import type { Accessor } from './accessor.ts';
import { playedFile, sourceOf } from './audio-source.ts';
import { containerDuration, type PlayTime } from './container-duration.ts';
import { descendantsOf } from './hierarchy.ts';
import { waveOf } from './original-file.ts';

/** How long things play, in seconds. Applies to Sounds, audio sources and the containers that play them. */
export const durations: readonly Accessor[] = [
  {
    name: 'duration',
    kind: 'facts',
    members: ['min', 'max', 'type'],
    read(object, scope) {
      const found = duration(object, scope);
      return box(found && { ...found });
    },
  },
  {
    name: 'playbackDuration',
    kind: 'facts',
    members: ['playbackDurationMin', 'playbackDurationMax', 'playbackDurationType'],
    read(object, scope) {
      const found = duration(object, scope);
      if (found === undefined) return undefined;
      return {
        facts: {
          playbackDurationMin: found.min,
          playbackDurationMax: found.max,
          playbackDurationType: found.type,
        },
      };
    },
  },
  {
    name: 'audioSourceTrimValues',
    kind: 'facts',
    members: ['trimBegin', 'trimEnd'],
    read: (object, scope) => box(object.type === 'AudioFileSource' ? trimOf(object, scope) : undefined),
  },
  {
    name: 'maxDurationSource',
    kind: 'facts',
    members: ['id', 'trimmedDuration'],
    read(object, scope) {
      const longest = longestSource(object, scope);
      return box(longest && { id: longest.source.id, trimmedDuration: longest.seconds });
    },
  },
  {
    name: 'maxDurationSourceObject',
    kind: 'object',
    read: (object, scope) => longestSource(object, scope)?.source,
  },
];

function duration(object: WwiseObject, scope: Scope): PlayTime | undefined {
  const container = containerDuration(object, scope, (child) => duration(child, scope));
  if (container !== undefined) return container;
  const source = sourceOf(object, scope);
  const seconds = source === null ? undefined : trimmedSeconds(source, scope);
  if (seconds === undefined) return undefined;
  const { model, platform } = scope;
  const isLooping = model.property(object, 'IsLoopingEnabled', platform) === true;
  if (!isLooping) return { min: seconds, max: seconds, type: 'OneShot' };
  if (model.property(object, 'IsLoopingInfinite', platform) === true)
    return { min: seconds, max: seconds, type: 'Infinite' };
  const loops = Number(model.property(object, 'LoopCount', platform) ?? 1);
  return { min: seconds * loops, max: seconds * loops, type: 'OneShot' };
}

function longestSource(
  object: WwiseObject,
  scope: Scope,
): { source: WwiseObject; seconds: number } | undefined {
  let longest: { source: WwiseObject; seconds: number } | undefined;
  const consider = (candidate: WwiseObject): void => {
    const source = candidate.type === 'AudioFileSource' ? null : sourceOf(candidate, scope);
    const seconds = source === null ? undefined : trimmedSeconds(source, scope);
    if (source !== null && seconds !== undefined && seconds > (longest?.seconds ?? -1))
      longest = { source, seconds };
  };
  consider(object);
  for (const below of descendantsOf(object)) consider(below);
  return longest;
}

function trimmedSeconds(source: WwiseObject, scope: Scope): number | undefined {
  const wave = waveOf(playedFile(source, scope), scope);
  if (wave === undefined) return undefined;
  const begin = trim(source, 'TrimBegin', scope) ?? 0;
  const end = trim(source, 'TrimEnd', scope) ?? wave.durationSeconds;
  return Math.max(0, Math.min(end, wave.durationSeconds) - begin);
}

/** Without a trim the whole file counts; the end then needs the file. */
function trimOf(source: WwiseObject, scope: Scope): JsonObject | undefined {
  const trimEnd = trim(source, 'TrimEnd', scope) ?? waveOf(playedFile(source, scope), scope)?.durationSeconds;
  if (trimEnd === undefined) return undefined;
  return { trimBegin: trim(source, 'TrimBegin', scope) ?? 0, trimEnd };
}

/** A negative position is the default and means untrimmed. */
function trim(source: WwiseObject, property: string, { model, platform }: Scope): number | undefined {
  const position = model.property(source, property, platform);
  return typeof position === 'number' && position >= 0 ? position : undefined;
}

function box(facts: JsonObject | undefined): Facts | undefined {
  return facts === undefined ? undefined : { facts };
}
