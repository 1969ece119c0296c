import type { WwiseObject } from './model.ts';

/**
 * Which types may stand below which, by top folder (its constant GUID). What is not listed cannot be created here: either
 * Wwise does not allow it, or its files hold more than this engine knows to write.
 */
interface Rules {
  readonly [parentType: string]: readonly string[];
}

const containers = ['RandomSequenceContainer', 'SwitchContainer', 'BlendContainer', 'Sound'];
const propertyContainers = ['PropertyContainer', 'ActorMixer', ...containers];
const audio: Rules = {
  WorkUnit: ['Folder', ...propertyContainers],
  Folder: ['Folder', ...propertyContainers],
  PropertyContainer: propertyContainers,
  ActorMixer: propertyContainers,
  RandomSequenceContainer: containers,
  SwitchContainer: containers,
  BlendContainer: containers,
};

/** A hierarchy of plain objects in folders. */
function flat(type: string, inner: Rules = {}): Rules {
  return { WorkUnit: ['Folder', type], Folder: ['Folder', type], ...inner };
}

const rulesByRoot: Readonly<Record<string, Rules>> = {
  '{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}': audio,
  '{2388DAEA-9775-46C6-A2ED-C5222A397756}': {
    WorkUnit: ['Folder', 'Bus'],
    Folder: ['Folder', 'Bus', 'AuxBus'],
    Bus: ['Bus', 'AuxBus'],
    AuxBus: ['AuxBus'],
  },
  '{A69BF0FC-D84A-487C-ABDD-56F71CB2A126}': flat('Event', { Event: ['Action'] }),
  '{CB6175F1-6080-4A23-92EF-0807E304D0C1}': flat('SwitchGroup', { SwitchGroup: ['Switch'] }),
  '{59A9E7B9-61C9-461A-A96F-4997B541A59C}': flat('StateGroup', { StateGroup: ['State'] }),
  '{4025818E-097F-4A72-B692-B8A2E2663DCB}': flat('GameParameter'),
  '{6C7657FC-4758-4D41-BD4C-68B09F91DB29}': flat('Trigger'),
  '{C98E673F-A24C-48A8-960F-10565FFE70A0}': flat('SoundBank'),
  '{41093F77-829F-4D88-8601-E8B25F3D4781}': flat('Effect'),
  '{017BDDA0-1BB1-4CE1-8077-79594EC4585C}': flat('Attenuation'),
  '{14C37342-3847-49FF-A05C-5007991BED50}': {
    WorkUnit: ['Folder', 'ModulatorLfo', 'ModulatorEnvelope', 'ModulatorTime'],
    Folder: ['Folder', 'ModulatorLfo', 'ModulatorEnvelope', 'ModulatorTime'],
  },
};

/** Types that can be created as children of the object; empty when none can. */
export function creatableBelow(parent: WwiseObject): readonly string[] {
  if (parent.parent?.type === 'Project' || isPhysicalFolder(parent)) return ['WorkUnit'];
  if (parent.type === 'Sound') return ['SourcePlugin'];
  return rulesByRoot[rootOf(parent)?.id ?? '']?.[parent.type] ?? [];
}

/** The same for a parent of a type that does not exist yet, in the hierarchy of `inside`. */
export function creatableBelowType(parentType: string, inside: WwiseObject): readonly string[] {
  return rulesByRoot[rootOf(inside)?.id ?? '']?.[parentType] ?? [];
}

/** True when an existing object may be moved or copied below the parent: as for creating, and for whatever already lives there. */
export function fitsBelow(type: string, parent: WwiseObject, formerParent: WwiseObject | null): boolean {
  if (creatableBelow(parent).includes(type)) return true;
  const sameRoot = formerParent !== null && rootOf(formerParent) === rootOf(parent);
  return sameRoot && formerParent.type === parent.type && !isPhysicalFolder(parent);
}

/** The top folder an object lives in. */
export function rootOf(object: WwiseObject): WwiseObject | null {
  for (let at: WwiseObject | null = object; at !== null; at = at.parent ?? at.owner) {
    if (at.parent?.type === 'Project') return at;
  }
  return null;
}

/** A folder on disk: a WorkUnit object that is not a Work Unit file. */
export function isPhysicalFolder(object: WwiseObject): boolean {
  return object.type === 'WorkUnit' && 'folderChildren' in object && object.folderChildren !== null;
}
