import { attribute, childNamed } from '../wwu/tree.ts';
import type { ObjectIndex } from './index/object-index.ts';
import { own } from './index/own.ts';
import { readLegacyEntries } from './legacy/legacy-entries.ts';
import type { StructureReader } from './model.ts';
import { readCodec } from './reading/read-codec.ts';
import { readAttenuationCurve } from './reading/read-curve-usage.ts';
import { readBlendAssignments, readBlendTracks, readSwitchAssignments } from './reading/read-grouping.ts';
import { readCustomStates, readStateGroups, readStateProperties, refersTo } from './reading/read-states.ts';
import { readExclusions, readInclusions } from './structure/inclusions.ts';

/** Reads what objects hold beside properties, references, lists and children. */
export function createStructureReader(
  index: ObjectIndex,
  schema: number,
  platformName: (platform: string | undefined) => string,
): StructureReader {
  return {
    attenuationCurve: (attenuation, curveType, platform) =>
      readAttenuationCurve(index, own(attenuation), curveType, platformName(platform), schema),
    stateGroups: (object) => readStateGroups(index, own(object)),
    stateProperties: (object) => readStateProperties(own(object)),
    customStates: (object) => readCustomStates(index, own(object)),
    switchAssignments: (container) => readSwitchAssignments(index, own(container)),
    blendTracks: (container) => readBlendTracks(index, own(container)),
    blendAssignments: (track) => readBlendAssignments(index, own(track)),
    inclusions: (soundBank) => readInclusions(index, own(soundBank)),
    exclusions: (soundBank) => readExclusions(index, own(soundBank)),
    switchGroupGameParameter(group) {
      const info = childNamed(own(group).element, 'SwitchOnRTPC');
      return info === undefined ? null : refersTo(index, childNamed(info, 'GameParameterRef'));
    },
    legacyEntries: (owner) => readLegacyEntries(index, own(owner)),
    clipSource: (clip) => refersTo(index, childNamed(own(clip).element, 'AudioSourceRef')),
    codec: (conversion, platform) => readCodec(own(conversion), platform),
    searchOperation: (criteria) => attribute(own(criteria).element, 'SearchOperationID'),
    musicTransitionObject(transition) {
      const info = childNamed(own(transition).element, 'TransitionInfo');
      return info === undefined ? null : refersTo(index, childNamed(info, 'TransitionObjectRef'));
    },
  };
}
