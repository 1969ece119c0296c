import { attribute, element, type WwuElement, walk } from '../wwu/tree.ts';
import type { EditLog } from './edit-log.ts';
import { newGuid } from './guid.ts';
import type { ObjectNode } from './object-node.ts';
import { ensureSection, insertSorted } from './sections.ts';
import { shortIdOfGuid } from './short-id.ts';

export interface MusicContent {
  /** References beside output bus and conversion, in order of their names. */
  readonly references: readonly WwuElement[];
  /** What follows the references. */
  readonly sections: readonly WwuElement[];
}

/** The first schema whose files show how a new object of the type is written; undefined for no music type. */
export function firstMusicSchema(type: string): number | undefined {
  return firstSchemas[type];
}

const firstSchemas: Readonly<Record<string, number>> = {
  MusicSegment: 110,
  MusicTrack: 110,
  MusicPlaylistContainer: 119,
  MusicSwitchContainer: 119,
};

/**
 * What Wwise gives a new music object: a segment its entry and exit cue, a track its sequence, containers and tracks the root
 * of their transitions, a playlist its root item. As measured in files of 2022.1, 2024.1 and 2025.1.
 */
export function newMusicContent(type: string, schema: number): MusicContent {
  const transitions = musicTransitionRoot(type !== 'MusicTrack');
  const hasRootReference = schema >= firstRootReferenceSchema;
  const transitionReferences = hasRootReference ? [customReference('TransitionRoot', transitions)] : [];
  switch (type) {
    case 'MusicSegment':
      return { references: [], sections: [objectList('Cues', [entryCue(), exitCue()], schema)] };
    case 'MusicTrack': {
      const sequence = element('MusicTrackSequence', { Name: '', ID: newGuid() });
      const former = hasRootReference ? [] : [element('TransitionList', {}, [transitions])];
      return {
        references: transitionReferences,
        sections: [...former, objectList('Sequences', [sequence], schema)],
      };
    }
    case 'MusicPlaylistContainer':
      return { references: [playlistRoot(), ...transitionReferences], sections: [] };
    default:
      return { references: transitionReferences, sections: [] };
  }
}

/** Appends a clip that plays the whole source to the first sequence of a Music Track; a track without one gets it. */
export function addMusicClip(
  log: EditLog,
  track: ObjectNode,
  source: { readonly name: string; readonly id: string },
  lengthMs: number,
  schema: number,
): void {
  const value = (name: string, type: string, text: string) =>
    element('Property', { Name: name, Type: type, Value: text });
  const clip = element('MusicClip', { Name: source.name, ID: newGuid() }, [
    element('PropertyList', {}, [
      value('EndTrimOffset', 'Real64', String(Number(lengthMs.toPrecision(15)))),
      value('FadeInMode', 'int16', '0'),
      value('FadeOutMode', 'int16', '0'),
    ]),
    element('AudioSourceRef', { Name: source.name, ID: source.id }),
  ]);
  const item = schema >= firstDirectListSchema ? clip : localReference(clip);
  const clips = listNamed(log, sequenceOf(log, track, schema), 'Clips');
  log.insert(clips, clips.children.length, item);
}

function sequenceOf(log: EditLog, track: ObjectNode, schema: number): WwuElement {
  const sequences = listNamed(log, track.element, 'Sequences');
  for (const inside of walk(sequences)) if (inside.name === 'MusicTrackSequence') return inside;
  const sequence = element('MusicTrackSequence', { Name: '', ID: newGuid() });
  const item = schema >= firstDirectListSchema ? sequence : localReference(sequence);
  log.insert(sequences, sequences.children.length, item);
  return sequence;
}

function listNamed(log: EditLog, holder: WwuElement, name: string): WwuElement {
  const lists = ensureSection(log, holder, 'ObjectLists');
  const present = lists.children.find((list) => attribute(list, 'Name') === name);
  if (present !== undefined) return present;
  const made = element('ObjectList', { Name: name });
  insertSorted(log, lists, made);
  return made;
}

function localReference(item: WwuElement): WwuElement {
  return element('Reference', {}, [element('Local', {}, [item])]);
}

/** Before, transitions stood in a TransitionList. */
const firstRootReferenceSchema = 119;

/** A folder; that of a container holds the transition from anything to anything. */
function musicTransitionRoot(hasTransition: boolean): WwuElement {
  const isFolder = element('Property', { Name: 'IsFolder', Type: 'bool', Value: 'True' });
  const anyToAny = element('MusicTransition', { Name: 'Transition', ID: newGuid() }, [
    element('TransitionInfo'),
  ]);
  return element('MusicTransition', { Name: 'Root', ID: newGuid() }, [
    element('PropertyList', {}, [isFolder]),
    ...(hasTransition ? [element('ChildrenList', {}, [anyToAny])] : []),
    element('TransitionInfo'),
  ]);
}

function playlistRoot(): WwuElement {
  const id = newGuid();
  const item = element('MusicPlaylistItem', { Name: '', ID: id, ShortID: String(shortIdOfGuid(id)) });
  return customReference('PlaylistRoot', item);
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

function objectList(name: string, items: readonly WwuElement[], schema: number): WwuElement {
  const entries = items.map((item) => (schema >= firstDirectListSchema ? item : localReference(item)));
  return element('ObjectLists', {}, [element('ObjectList', { Name: name }, entries)]);
}

/** 2025.1: list items stand in the ObjectList directly. */
const firstDirectListSchema = 131;
