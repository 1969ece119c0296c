import type { WwiseObject } from '../../model/model.ts';
import type { Scope } from '../evaluate/compile/scope.ts';

/** How long something plays, in seconds. */
export interface PlayTime {
  readonly min: number;
  readonly max: number;
  /** `OneShot`, `Infinite`, `Mixed` when it may be either, `Unknown` when some part of it is. */
  readonly type: string;
}

/**
 * How long a container plays, from what its children do: one of them (random or sequence step by step, switch), all after
 * each other (continuous, without its transitions), or all at once (blend). Undefined for what does not play.
 */
export function containerDuration(
  object: WwiseObject,
  scope: Scope,
  of: (object: WwiseObject) => PlayTime | undefined,
): PlayTime | undefined {
  const { model, platform } = scope;
  const value = (name: string): unknown => model.property(object, name, platform);
  switch (object.type) {
    case 'RandomSequenceContainer': {
      const parts = partsOf(object, of);
      if (value('PlayMechanismStepOrContinuous') !== continuous) return oneOf(parts);
      return looped(afterEachOther(parts), {
        isLooping: value('PlayMechanismLoop') === true,
        isInfinite: value('PlayMechanismInfiniteOrNumberOfLoops') === infinite,
        count: Number(value('PlayMechanismLoopCount') ?? 1),
      });
    }
    case 'SwitchContainer':
      return oneOf(partsOf(object, of));
    case 'BlendContainer':
      return together(partsOf(object, of));
    case 'MusicSegment': {
      const seconds = Number(value('EndPosition') ?? 0) / 1000;
      return { min: seconds, max: seconds, type: 'OneShot' };
    }
    default:
      return undefined;
  }
}

/** Values of PlayMechanismStepOrContinuous and PlayMechanismInfiniteOrNumberOfLoops. */
const continuous = 0;
const infinite = 1;

/** A child nothing is known of (a source plug-in, a missing file) makes the whole unknown. */
function partsOf(
  object: WwiseObject,
  of: (object: WwiseObject) => PlayTime | undefined,
): readonly PlayTime[] {
  return object.children.map((child) => of(child) ?? { min: 0, max: 0, type: 'Unknown' });
}

function oneOf(parts: readonly PlayTime[]): PlayTime | undefined {
  if (parts.length === 0) return undefined;
  return {
    min: Math.min(...parts.map(({ min }) => min)),
    max: Math.max(...parts.map(({ max }) => max)),
    type: typeOf(parts),
  };
}

function together(parts: readonly PlayTime[]): PlayTime | undefined {
  if (parts.length === 0) return undefined;
  const type = parts.some((part) => part.type === 'Infinite') ? 'Infinite' : typeOf(parts);
  return {
    min: Math.max(...parts.map(({ min }) => min)),
    max: Math.max(...parts.map(({ max }) => max)),
    type,
  };
}

function afterEachOther(parts: readonly PlayTime[]): PlayTime | undefined {
  if (parts.length === 0) return undefined;
  const type = parts.some((part) => part.type === 'Infinite') ? 'Infinite' : typeOf(parts);
  return {
    min: parts.reduce((sum, { min }) => sum + min, 0),
    max: parts.reduce((sum, { max }) => sum + max, 0),
    type,
  };
}

function looped(
  once: PlayTime | undefined,
  { isLooping, isInfinite, count }: { isLooping: boolean; isInfinite: boolean; count: number },
): PlayTime | undefined {
  if (once === undefined || !isLooping) return once;
  if (isInfinite) return { ...once, type: once.type === 'Unknown' ? once.type : 'Infinite' };
  return { ...once, min: once.min * count, max: once.max * count };
}

function typeOf(parts: readonly PlayTime[]): string {
  const types = new Set(parts.map(({ type }) => type));
  if (types.has('Unknown')) return 'Unknown';
  return types.size === 1 ? (parts[0]?.type ?? 'Unknown') : 'Mixed';
}
