import { childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import { freshGuid } from '../creating/new-object.ts';
import type { MusicSourceSpec } from '../editor.ts';
import { shortIdOfGuid } from '../ids/short-id.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { ensureSection, insertSorted } from '../structure/sections.ts';
import { printValue } from '../types/value-text.ts';
import type { EditLog } from '../writing/edit-log.ts';
import { audioSourceElement } from './audio-source.ts';

/** 2022.1: the first schema whose files show how tracks and clips are written by an import. */
export const firstClipSchema = 110;

/**
 * Gives a MusicTrack a source and a clip that plays it from start to end, as an import into a track does (measured in
 * projects of 2022.1 and 2025.1): no active source, the clip last in the first sequence of the track.
 */
export function addMusicSource(
  log: EditLog,
  index: ObjectIndex,
  track: ObjectNode,
  spec: MusicSourceSpec,
  schema: number,
): { readonly source: ObjectNode; readonly clip: ObjectNode } {
  const source = spec.isMidi ? midiSource(index, spec) : audioSourceElement(index, spec, schema);
  const children = ensureSection(log, track.element, 'ChildrenList');
  log.insert(children, children.children.length, source);
  const sourceNode = nodeOf(index, source);
  const clip = clipElement(index, sourceNode, spec);
  const clips = listNamed(log, sequenceOf(log, index, track, schema), 'Clips');
  log.insert(clips, clips.children.length, listed(clip, schema));
  return { source: sourceNode, clip: nodeOf(index, clip) };
}

/** Measured: a MIDI source has a ShortID, the language SFX and its file in MidiFile. */
function midiSource(index: ObjectIndex, { name, language, relativePath }: MusicSourceSpec): WwuElement {
  const id = freshGuid(index);
  const shortId = String(shortIdOfGuid(id));
  return element('MidiFileSource', { Name: name, ID: id, ShortID: shortId }, [
    element('Language', {}, language),
    element('MidiFile', {}, relativePath),
    element('MediaIDList', {}, [element('MediaID', { ID: shortId })]),
  ]);
}

function clipElement(index: ObjectIndex, source: ObjectNode, spec: MusicSourceSpec): WwuElement {
  const property = (name: string, type: string, value: number): WwuElement =>
    element('Property', { Name: name, Type: type, Value: printValue(type, value) });
  const end = property('EndTrimOffset', 'Real64', spec.durationMs);
  const head = { Name: spec.name, ID: freshGuid(index) };
  const reference = { Name: source.name, ID: source.id };
  if (spec.isMidi)
    return element('MusicClipMidi', head, [
      element('PropertyList', {}, [end]),
      element('MidiSourceRef', reference),
    ]);
  const noFades = [property('FadeInMode', 'int16', 0), property('FadeOutMode', 'int16', 0)];
  return element('MusicClip', head, [
    element('PropertyList', {}, [end, ...noFades]),
    element('AudioSourceRef', reference),
  ]);
}

/** The first of a track: the only one unless it is a random, sequence or switch track. */
function sequenceOf(log: EditLog, index: ObjectIndex, track: ObjectNode, schema: number): WwuElement {
  const list = listNamed(log, track.element, 'Sequences');
  const [first] = list.children;
  if (first !== undefined) return childNamed(first, 'Local')?.children[0] ?? first;
  const made = element('MusicTrackSequence', { Name: '', ID: freshGuid(index) });
  log.insert(list, 0, listed(made, schema));
  return made;
}

function listNamed(log: EditLog, holder: WwuElement, name: string): WwuElement {
  const lists = ensureSection(log, holder, 'ObjectLists');
  const present = lists.children.find(({ attributes }) => attributes.some((entry) => entry.value === name));
  if (present !== undefined) return present;
  const made = element('ObjectList', { Name: name });
  insertSorted(log, lists, made);
  return made;
}

/** 2025.1: list items stand in the ObjectList directly; before, inside Reference/Local. */
function listed(item: WwuElement, schema: number): WwuElement {
  return schema >= 131 ? item : element('Reference', {}, [element('Local', {}, [item])]);
}

function nodeOf(index: ObjectIndex, made: WwuElement): ObjectNode {
  const node = index.nodeOf(made);
  if (node === undefined) throw new TypeError(`<${made.name}> did not become an object`);
  return node;
}
