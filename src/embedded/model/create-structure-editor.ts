import type { StructureEditor } from './editor.ts';
import type { ObjectIndex } from './index/object-index.ts';
import { own } from './index/own.ts';
import { writeLegacyEntry } from './legacy/legacy-entries.ts';
import type { ProjectModel } from './model.ts';
import { writeInclusions } from './structure/inclusions.ts';
import { copyListEntry, copyPropertyElement, copyReferenceElement } from './writing/copy-member.ts';
import type { EditLog } from './writing/edit-log.ts';
import { writeActiveSource } from './writing/write-active-source.ts';
import { writePoints } from './writing/write-curve.ts';
import { writeAttenuationCurve } from './writing/write-curve-usage.ts';
import {
  addBlendAssignment,
  addSwitchAssignment,
  appendBlendTrack,
  removeBlendAssignment,
  removeSwitchAssignment,
} from './writing/write-grouping.ts';
import { writeRandomizer } from './writing/write-randomizer.ts';
import { writeStateGroups, writeStateProperties } from './writing/write-states.ts';

/** The edits of curves, randomizers, States, assignments and SoundBanks: through the log, like all others. */
export function createStructureEditor(
  index: ObjectIndex,
  log: EditLog,
  model: ProjectModel,
): StructureEditor {
  const named = (platform: string | undefined): string | undefined =>
    platform === undefined
      ? undefined
      : (model.platforms.find(({ id, name }) => id === platform.toUpperCase() || name === platform)?.name ??
        platform);
  return {
    setAttenuationCurve(attenuation, curveType, use, points, platform) {
      writeAttenuationCurve(log, own(attenuation), curveType, use, points, named(platform));
    },
    setPoints: (curve, points) => writePoints(log, own(curve), points),
    setRandomizer(object, property, spec, platform) {
      writeRandomizer(log, own(object), property, spec, named(platform));
    },
    setStateGroups(object, groups) {
      writeStateGroups(log, index, own(object), groups.map(own), model.version.schema);
    },
    setStateProperties: (object, properties) => writeStateProperties(log, own(object), properties),
    addSwitchAssignment(container, child, stateOrSwitch) {
      addSwitchAssignment(log, own(container), own(child), own(stateOrSwitch));
    },
    removeSwitchAssignment(container, child, stateOrSwitch) {
      removeSwitchAssignment(log, own(container), own(child), own(stateOrSwitch));
    },
    addBlendTrack(container, name, id) {
      const node = index.nodeOf(appendBlendTrack(log, index, own(container), name, id));
      if (node === undefined) throw new TypeError('the Blend Track did not become an object');
      log.note({ kind: 'created', object: node });
      return node;
    },
    addBlendAssignment: (track, assignment, at) => addBlendAssignment(log, own(track), assignment, at),
    removeBlendAssignment: (track, child) => removeBlendAssignment(log, own(track), own(child)),
    setLegacyEntry(owner, path, audioNode) {
      writeLegacyEntry(log, own(owner), path.map(own), own(audioNode));
    },
    setInclusions(soundBank, inclusions) {
      const entries = inclusions.map(({ object, filter }) => ({ object: own(object), filter }));
      writeInclusions(log, own(soundBank), entries);
    },
    setActiveSource(sound, source, platform) {
      writeActiveSource(log, index, own(sound), own(source), named(platform));
    },
    copyReference(source, target, reference) {
      const old = model.reference(target, reference) ?? null;
      copyReferenceElement(log, index, own(source), own(target), reference);
      const now = model.reference(target, reference) ?? null;
      if (old !== now) log.note({ kind: 'referenceChanged', object: target, reference, old, new: now });
    },
    copyProperty(source, target, property) {
      const old = model.property(target, property);
      copyPropertyElement(log, index, own(source), own(target), property);
      const now = model.property(target, property);
      if (old === undefined || now === undefined || old === now) return;
      log.note({ kind: 'propertyChanged', object: target, property, old, new: now, platform: null });
    },
    copyListItem: (item, target, list) => copyListEntry(log, index, own(item), own(target), list),
  };
}
