import type { Accessor, ArgumentAccessor } from './accessor.ts';
import { assignments, curveAccessors } from './assignments.ts';
import { attenuations } from './attenuation.ts';
import { convertedMedia } from './converted-media.ts';
import { coreValues } from './core-values.ts';
import { durations } from './duration.ts';
import { hierarchy } from './hierarchy.ts';
import { monitoring } from './monitoring.ts';
import { music } from './music.ts';
import { notInProjectFiles } from './not-in-project-files.ts';
import { originalFile } from './original-file.ts';
import { soundBanks } from './soundbanks.ts';
import { stateArguments, states } from './states.ts';
import { withArgument } from './with-argument.ts';
import { workUnits } from './work-unit.ts';

/** Return names from before 2021.1, with what they became. */
const colonNames: Readonly<Record<string, string>> = {
  'sound:convertedWemFilePath': 'convertedWemFilePath',
  'sound:originalWavFilePath': 'originalWavFilePath',
  'soundbank:bnkFilePath': 'soundbankBnkFilePath',
  'music:transitionRoot': 'musicTransitionRoot',
  'music:playlistRoot': 'musicPlaylistRoot',
  'audioSource:playbackDuration': 'playbackDuration',
  'audioSource:maxDurationSource': 'maxDurationSource',
  'audioSource:trimValues': 'audioSourceTrimValues',
  'audioSource:maxRadiusAttenuation': 'maxRadiusAttenuation',
  'audioSource:language': 'audioSourceLanguage',
  'workunit:isDefault': 'workunitIsDefault',
  'workunit:type': 'workunitType',
  'workunit:isDirty': 'workunitIsDirty',
  'switchContainerChild:context': 'switchContainerChildContext',
};

/** Every accessor by its lower-case name, the older names with a colon included. */
export const accessors: ReadonlyMap<string, Accessor> = byName([
  ...coreValues,
  ...hierarchy,
  ...workUnits,
  ...originalFile,
  ...convertedMedia,
  ...durations,
  ...attenuations,
  ...music,
  ...states,
  ...assignments,
  ...soundBanks,
  ...monitoring,
  ...notInProjectFiles,
]);

/** Every accessor that takes an argument, by its lower-case name. */
export const argumentAccessors: ReadonlyMap<string, ArgumentAccessor> = new Map(
  [...withArgument, ...stateArguments, ...curveAccessors].map((accessor) => [
    accessor.name.toLowerCase(),
    accessor,
  ]),
);

function byName(all: readonly Accessor[]): Map<string, Accessor> {
  const table = new Map(all.map((accessor) => [accessor.name.toLowerCase(), accessor]));
  for (const [old, today] of Object.entries(colonNames)) {
    const accessor = table.get(today.toLowerCase());
    if (accessor !== undefined) table.set(old.toLowerCase(), accessor);
  }
  return table;
}
