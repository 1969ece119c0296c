import type { WwiseObject } from '../model.ts';

/**
 * Which types may stand below which, by top folder (its constant GUID). What is not listed cannot be created here: either
 * Wwise does not allow it, or its files hold more than this engine knows to write.
 */
interface Rules {
  readonly [parentType: string]: readonly string[];
}

const containers = ['RandomSequenceContainer', 'SwitchContainer', 'BlendContainer', 'Sound'];
const propertyContainers = ['PropertyContainer', 'ActorMixer', ...containers];
const musicContainers = ['MusicSwitchContainer', 'MusicPlaylistContainer', 'MusicSegment'];
const music: Rules = {
  MusicSwitchContainer: musicContainers,
  MusicPlaylistContainer: ['MusicSegment'],
  MusicSegment: ['MusicTrack'],
};
const audio: Rules = {
  // Music only since 2025.1: see creatableBelow.
  WorkUnit: ['Folder', ...propertyContainers, ...musicContainers],
  Folder: ['Folder', ...propertyContainers, ...musicContainers],
  ...music,
  PropertyContainer: ['Folder', ...propertyContainers],
  ActorMixer: ['Folder', ...propertyContainers],
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
  '{49FED366-B530-42A8-993B-924873AAB707}': {
    WorkUnit: ['Folder', ...musicContainers],
    Folder: ['Folder', ...musicContainers],
    ...music,
  },
  '{2388DAEA-9775-46C6-A2ED-C5222A397756}': {
    // An Auxiliary Bus stands below another bus, and holds no other kind (documented).
    WorkUnit: ['Folder', 'Bus'],
    Folder: ['Folder', 'Bus'],
    Bus: ['Folder', 'Bus', 'AuxBus'],
    AuxBus: ['AuxBus'],
  },
  '{A69BF0FC-D84A-487C-ABDD-56F71CB2A126}': flat('Event', { Event: ['Action'] }),
  '{CB6175F1-6080-4A23-92EF-0807E304D0C1}': flat('SwitchGroup', { SwitchGroup: ['Switch'] }),
  '{59A9E7B9-61C9-461A-A96F-4997B541A59C}': flat('StateGroup', { StateGroup: ['State'] }),
  '{4025818E-097F-4A72-B692-B8A2E2663DCB}': flat('GameParameter'),
  '{6C7657FC-4758-4D41-BD4C-68B09F91DB29}': flat('Trigger'),
  '{C98E673F-A24C-48A8-960F-10565FFE70A0}': flat('SoundBank'),
  '{4C96B38B-3DB4-40C7-91C9-665510E38993}': flat('SoundcasterSession'),
  '{41093F77-829F-4D88-8601-E8B25F3D4781}': flat('Effect'),
  '{017BDDA0-1BB1-4CE1-8077-79594EC4585C}': flat('Attenuation'),
  '{27092F88-225A-1154-6725-C8A34F3D4482}': flat('AudioDevice'),
  '{1751E4CD-8018-4E2C-9A8A-C77764D1D653}': flat('ControlSurfaceSession'),
  '{4AA12040-049C-400F-ABCD-6EED192EC1D7}': flat('Conversion'),
  '{309AF5DE-031F-4CE0-9B9B-C0A536275343}': flat('DialogueEvent'),
  '{B6F4A62E-4F9B-45A6-B280-C80685E65296}': flat('Metadata'),
  '{6477AAF7-E365-4990-A392-E59B824B6418}': flat('MixingSession'),
  '{23EC2DE3-3ED8-4B82-AC99-92E25F2E4C6B}': flat('Query', { Query: ['SearchCriteria'] }),
  '{32CD8547-A946-4547-BBB1-69F44E796139}': flat('AcousticTexture'),
  '{14C37342-3847-49FF-A05C-5007991BED50}': {
    WorkUnit: ['Folder', 'ModulatorLfo', 'ModulatorEnvelope', 'ModulatorTime'],
    Folder: ['Folder', 'ModulatorLfo', 'ModulatorEnvelope', 'ModulatorTime'],
  },
};

/** Types that can be created as children of the object; empty when none can. */
export function creatableBelow(parent: WwiseObject): readonly string[] {
  if (parent.parent?.type === 'Project' || isPhysicalFolder(parent)) return ['WorkUnit'];
  if (parent.type === 'Sound') return ['SourcePlugin'];
  // Owned by a playlist container, wherever that is.
  if (parent.type === 'MusicPlaylistItem') return ['MusicPlaylistItem'];
  if (parent.type === 'MusicTransition') return ['MusicTransition'];
  return creatableBelowType(parent.type, parent);
}

/**
 * The same for a parent of a type that does not exist yet, which will stand below `inside` or in its place. `between`: the
 * types of what does not exist yet either, from below `inside` to that parent.
 */
export function creatableBelowType(
  parentType: string,
  inside: WwiseObject,
  between: readonly string[] = [],
): readonly string[] {
  const holder = between.findLast((type) => !grouping.has(type)) ?? holderOf(inside);
  return allowedIn(parentType, holder, rootOf(inside));
}

/** Whether an object that is new there may stand below the parent; of types and parents without rules nothing is known. */
export function isKnownMisfit(type: string, parent: WwiseObject): boolean {
  const hasRules = everyRuledType.has(type) && rulesByRoot[rootOf(parent)?.id ?? ''] !== undefined;
  return hasRules && !creatableBelow(parent).includes(type);
}

/**
 * Folders and Work Units only group what stands above them: below a Property Container or a bus they hold what that holds.
 * `holder`: the type of the nearest that is neither, undefined where there is none.
 */
function allowedIn(type: string, holder: string | undefined, root: WwiseObject | null): readonly string[] {
  const rules = rulesByRoot[root?.id ?? ''] ?? {};
  const own = rules[type] ?? [];
  const within = grouping.has(type) && holder !== undefined ? (rules[holder] ?? []) : own;
  const held = grouping.has(type) && holder !== undefined ? [...within, 'Folder'] : within;
  const allowed = [...new Set(holdsNestedWorkUnits.has(type) ? [...held, 'WorkUnit'] : held)];
  // Until 2025.1 made one hierarchy of two, music had its own.
  return root?.name === 'Actor-Mixer Hierarchy'
    ? allowed.filter((one) => !musicContainers.includes(one))
    : allowed;
}

const grouping: ReadonlySet<string> = new Set(['Folder', 'WorkUnit']);

/** The type of what decides about the content of folders below: the object itself, or the nearest above that is none. */
function holderOf(object: WwiseObject): string | undefined {
  for (let at: WwiseObject | null = object; at !== null; at = at.parent) {
    if (isPhysicalFolder(at) || at.parent?.type === 'Project') return undefined;
    if (!grouping.has(at.type)) return at.type;
  }
  return undefined;
}

/** Where nested Work Units were seen to hang (measured on 107 of them). */
const holdsNestedWorkUnits = new Set(['WorkUnit', 'Folder', 'ActorMixer', 'PropertyContainer']);

/** True when an existing object may be moved or copied below the parent: as for creating; what no rule is about, to its like. */
function fitsBelow(type: string, parent: WwiseObject, formerParent: WwiseObject | null): boolean {
  if (creatableBelow(parent).includes(type)) return true;
  const root = rootOf(parent);
  if (everyRuledType.has(type) && rulesByRoot[root?.id ?? ''] !== undefined) return false;
  const sameRoot = formerParent !== null && rootOf(formerParent) === root;
  return sameRoot && formerParent.type === parent.type && !isPhysicalFolder(parent);
}

/** An object that could not stand where it would come to stand, and what it would stand below. */
export interface Misfit {
  readonly object: WwiseObject;
  readonly below: WwiseObject;
}

/**
 * The first object of a subtree that does not fit when the whole is moved or copied below `parent`; undefined when all do.
 * A folder or Work Unit fits below many parents, so there what it holds decides.
 */
export function misfitBelow(object: WwiseObject, parent: WwiseObject): Misfit | undefined {
  if (!fitsBelow(object.type, parent, object.parent)) return { object, below: parent };
  const root = rootOf(parent);
  const holder = holderOf(parent);
  if (rootOf(object) === root && (object.parent === null ? undefined : holderOf(object.parent)) === holder)
    return undefined;
  const waiting = [object];
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    if (!grouping.has(group.type) || isPhysicalFolder(group)) continue;
    const below = group;
    const allowed = allowedIn(below.type, holder, root);
    const isFile = ({ type }: WwiseObject): boolean => type === 'WorkUnit' && rootOf(object) !== root;
    // Files keep to their hierarchy.
    const stranger = below.children.find((child) => !allowed.includes(child.type) || isFile(child));
    if (stranger !== undefined) return { object: stranger, below };
    waiting.push(...below.children);
  }
  return undefined;
}

/**
 * What lies where Wwise would not let it: the topmost of each such subtree. Only types that the rules are about; folders and
 * Work Units are judged by what they hold.
 */
export function* misplacedIn(root: WwiseObject): Generator<Misfit> {
  if (rulesByRoot[root.id] === undefined) return;
  const pending = [...root.children].reverse();
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const below = at;
    const allowed = allowedIn(below.type, holderOf(below), root);
    const isJudged = everyRuledType.has(below.type) && !isPhysicalFolder(below);
    for (const child of [...below.children].reverse()) {
      const isRuled = everyRuledType.has(child.type) && !grouping.has(child.type);
      if (isJudged && isRuled && !allowed.includes(child.type)) yield { object: child, below };
      else pending.push(child);
    }
  }
}

/** Types that some hierarchy lists: of the others (sources, playlist items) the rules say nothing. */
const everyRuledType: ReadonlySet<string> = new Set([
  'WorkUnit',
  ...Object.values(rulesByRoot).flatMap((rules) => Object.values(rules).flat()),
]);

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
