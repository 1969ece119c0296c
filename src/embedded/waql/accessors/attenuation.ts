import type { WwiseObject } from '../../model/model.ts';
import type { Scope } from '../evaluate/compile/scope.ts';
import type { Accessor } from './accessor.ts';
import { descendantsOf } from './hierarchy.ts';

/** The widest attenuation in effect on an object or below it; its radius is in game units. */
export const attenuations: readonly Accessor[] = [
  {
    name: 'maxRadiusAttenuation',
    kind: 'facts',
    members: ['id', 'radius'],
    read(object, scope) {
      const widest = widestAttenuation(object, scope);
      return widest === undefined
        ? undefined
        : { facts: { id: widest.attenuation.id, radius: widest.radius } };
    },
  },
  {
    name: 'maxRadiusAttenuationObject',
    kind: 'object',
    read: (object, scope) => widestAttenuation(object, scope)?.attenuation,
  },
];

function widestAttenuation(
  object: WwiseObject,
  { model }: Scope,
): { attenuation: WwiseObject; radius: number } | undefined {
  let widest: { attenuation: WwiseObject; radius: number } | undefined;
  const consider = (candidate: WwiseObject): void => {
    const attenuation = model.effectiveReference(candidate, 'Attenuation');
    if (attenuation === null || attenuation === undefined) return;
    const radius = model.property(attenuation, 'RadiusMax');
    if (typeof radius === 'number' && radius > (widest?.radius ?? -1)) widest = { attenuation, radius };
  };
  consider(object);
  for (const below of descendantsOf(object)) consider(below);
  return widest;
}
