import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import { newGuid } from '../ids/guid.ts';
import { shortIdOfGuid } from '../ids/short-id.ts';
import { hasShortId } from '../ids/short-ids.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { objectRefElement } from '../writing/write-reference.ts';
import { newAttenuationCurves } from './new-attenuation.ts';
import { isMusic, newMusicContent } from './new-music.ts';
import { newControlSurfaceContent, newConversionContent } from './new-settings.ts';

/** The bus every project has under this GUID, whatever the user calls it. */
export const mainBusId = '{1514A4D8-1DA6-412A-A17E-75CA0C2149F3}';
const defaultConversionId = '{6D1B890C-9826-4384-BF07-C15223E9FB56}';

/**
 * The element of a new object as current Wwise writes it (measured on freshly created objects of 2024.1 and 2025.1):
 * audio objects store the main bus and the default conversion even when they inherit, a State Group has its None, a
 * SoundBank its three lists. `head` comes first (the notes).
 */
export function newObjectElement(
  index: ObjectIndex,
  type: string,
  name: string,
  id: string,
  head: readonly WwuElement[] = [],
  plugin: Readonly<Record<string, string | undefined>> = {},
): WwuElement {
  const shortId = hasShortId(type) ? String(shortIdOfGuid(id)) : undefined;
  return element(type, { Name: name, ID: id, ShortID: shortId, ...plugin }, [
    ...head,
    ...initialContent(index, type),
  ]);
}

/** A fresh GUID whose short id no object of the project has: Wwise would not distinguish two at run time. */
export function freshGuid(index: ObjectIndex): string {
  for (;;) {
    const id = newGuid();
    if (!index.byId.has(id) && !hasShortIdOf(index, shortIdOfGuid(id))) return id;
  }
}

export function isAudioObject(type: string): boolean {
  return audioObjects.has(type);
}

const audioObjects = new Set([
  'Sound',
  'ActorMixer',
  'PropertyContainer',
  'RandomSequenceContainer',
  'SwitchContainer',
  'BlendContainer',
  'MusicSegment',
  'MusicTrack',
  'MusicPlaylistContainer',
  'MusicSwitchContainer',
]);

function initialContent(index: ObjectIndex, type: string): readonly WwuElement[] {
  if (audioObjects.has(type)) {
    const references = [
      // A music track converts as its sources say: it has no conversion of its own.
      ['Conversion', type === 'MusicTrack' ? undefined : defaultConversion(index)],
      ['OutputBus', index.byId.get(mainBusId)],
    ] as const;
    const written = references.flatMap(([reference, target]) =>
      target === undefined ? [] : [element('Reference', { Name: reference }, [objectRefElement(target)])],
    );
    const music = isMusic(type) ? newMusicContent(type, schemaOf(index)) : undefined;
    const all = [...written, ...(music?.references ?? [])];
    const list = all.length === 0 ? [] : [element('ReferenceList', {}, all)];
    return [...list, ...(music?.sections ?? [])];
  }
  if (type === 'Conversion') return newConversionContent(platformNames(index));
  if (type === 'ControlSurfaceSession') return newControlSurfaceContent();
  if (type === 'MusicTransition') return [element('TransitionInfo')];
  if (type === 'StateGroup')
    return [element('ChildrenList', {}, [element('State', { Name: 'None', ID: newGuid() })])];
  if (type === 'Action' && schemaOf(index) < firstSchemaWithoutPlay) {
    const play = element('Property', { Name: 'ActionType', Type: 'int16', Value: '1' });
    return [element('PropertyList', {}, [play])];
  }
  if (type === 'MusicTransition') return [element('TransitionInfo')];
  if (type === 'Attenuation') return [newAttenuationCurves(schemaOf(index))];
  if (type === 'SoundBank') {
    return [element('ObjectInclusionList'), element('ObjectExclusionList'), element('GameSyncExclusionList')];
  }
  return [];
}

function platformNames(index: ObjectIndex): readonly string[] {
  for (const project of index.byType.get('Project') ?? []) {
    const platforms = childNamed(project.element, 'Platforms')?.children ?? [];
    return platforms.flatMap((platform) => attribute(platform, 'Name') ?? []);
  }
  return [];
}

/** 2019.1: an Action that plays does not say so any more (measured: 2017.1 and 2018.1 write it). */
export const firstSchemaWithoutPlay = 94;

/** The schema number of the project's files. */
function schemaOf(index: ObjectIndex): number {
  for (const project of index.byType.get('Project') ?? []) {
    return Number(attribute(project.file.document.root, 'SchemaVersion') ?? 0);
  }
  return 0;
}

/** The conversion the .wproj names as default, else the one with the constant GUID. */
function defaultConversion(index: ObjectIndex): ObjectNode | undefined {
  for (const project of index.byType.get('Project') ?? []) {
    const named = project.element.children.find((child) => child.name === 'DefaultConversion');
    const id = named === undefined ? undefined : attribute(named, 'ID');
    const found = id === undefined ? undefined : index.byId.get(id.toUpperCase());
    if (found !== undefined) return found;
  }
  return index.byId.get(defaultConversionId);
}

/** Short ids in use; built on first need and kept up to date by asking only for ids it has not seen. */
const shortIdsInUse = new WeakMap<ObjectIndex, { revision: number; ids: Set<number> }>();

function hasShortIdOf(index: ObjectIndex, shortId: number): boolean {
  let known = shortIdsInUse.get(index);
  if (known === undefined) {
    known = { revision: index.revision, ids: new Set() };
    for (const node of index.byId.values()) {
      const written = attribute(node.element, 'ShortID');
      if (written !== undefined) known.ids.add(Number(written));
    }
    shortIdsInUse.set(index, known);
  }
  const isTaken = known.ids.has(shortId);
  known.ids.add(shortId);
  return isTaken;
}
