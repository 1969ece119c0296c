import { element, type WwuElement } from '../../wwu/tree.ts';
import { newGuid } from '../ids/guid.ts';
import { shortIdOfGuid } from '../ids/short-id.ts';
import { firstListsOfAllSchema, firstSlotSchema, listElements, listForm } from '../structure/list-forms.ts';

export interface MusicContent {
  /** References beside output bus and conversion, in order of their names. */
  readonly references: readonly WwuElement[];
  /** What follows the references. */
  readonly sections: readonly WwuElement[];
}

export function isMusic(type: string): boolean {
  return musicTypes.has(type);
}

const musicTypes = new Set(['MusicSegment', 'MusicTrack', 'MusicPlaylistContainer', 'MusicSwitchContainer']);

/**
 * What Wwise gives a new music object: a segment its entry and exit cue, a track its sequence, containers and tracks the root
 * of their transitions, a playlist its root item. As measured in files of 2017.1 to 2025.1.
 */
export function newMusicContent(type: string, schema: number): MusicContent {
  if (type === 'MusicSegment')
    return { references: [], sections: [itemList('Cues', [entryCue(), exitCue()], schema)] };
  const references: WwuElement[] = [];
  const sections: WwuElement[] = [];
  const isPlaylist = type === 'MusicPlaylistContainer';
  const roots = [
    ...(isPlaylist ? [{ reference: 'PlaylistRoot', section: 'Playlist', root: playlistRoot() }] : []),
    { reference: 'TransitionRoot', section: 'TransitionList', root: transitionRoot(type) },
  ];
  if (schema >= firstListsOfAllSchema)
    references.push(...roots.map(({ reference, root }) => customReference(reference, root)));
  // References stand in order of their names, elements in that of the schema: transitions first.
  else sections.push(...roots.toReversed().map(({ section, root }) => element(section, {}, [root])));
  if (type === 'MusicTrack') {
    const sequence = element('MusicTrackSequence', { Name: '', ID: newGuid() });
    sections.push(itemList('Sequences', [sequence], schema));
  }
  return { references, sections };
}

/** A folder; that of a container holds the transition from anything to anything. */
function transitionRoot(type: string): WwuElement {
  const isFolder = element('Property', { Name: 'IsFolder', Type: 'bool', Value: 'True' });
  const anyToAny = element('MusicTransition', { Name: 'Transition', ID: newGuid() }, [
    element('TransitionInfo'),
  ]);
  return element('MusicTransition', { Name: 'Root', ID: newGuid() }, [
    element('PropertyList', {}, [isFolder]),
    ...(type !== 'MusicTrack' ? [element('ChildrenList', {}, [anyToAny])] : []),
    element('TransitionInfo'),
  ]);
}

function playlistRoot(): WwuElement {
  const id = newGuid();
  return element('MusicPlaylistItem', { Name: '', ID: id, ShortID: String(shortIdOfGuid(id)) });
}

function customReference(name: string, owned: WwuElement): WwuElement {
  return element('Reference', { Name: name }, [element('Custom', {}, [owned])]);
}

function entryCue(): WwuElement {
  return element('MusicCue', { Name: 'Entry Cue', ID: newGuid() });
}

/** One second in. */
function exitCue(): WwuElement {
  return element('MusicCue', { Name: 'Exit Cue', ID: newGuid() }, [
    element('PropertyList', {}, [
      element('Property', { Name: 'CueType', Type: 'int16', Value: '1' }),
      element('Property', { Name: 'TimeMs', Type: 'Real64', Value: '1000' }),
    ]),
  ]);
}

function itemList(name: string, items: readonly WwuElement[], schema: number): WwuElement {
  if (listForm(name, schema) === 'element') return element(listElements[name] ?? name, {}, items);
  const entries = items.map((item) =>
    schema >= firstSlotSchema ? item : element('Reference', {}, [element('Local', {}, [item])]),
  );
  return element('ObjectLists', {}, [element('ObjectList', { Name: name }, entries)]);
}
