import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import { freshGuid } from '../creating/new-object.ts';
import type { AudioSourceSpec } from '../editor.ts';
import { shortIdOfGuid } from '../ids/short-id.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { ensureSection, insertInOrder } from '../structure/sections.ts';
import type { EditLog } from '../writing/edit-log.ts';
import { noteFile, sourcesOfFile } from './sources-of-file.ts';

/** Adds an AudioFileSource and makes it the active source of its language. */
export function addAudioSource(
  log: EditLog,
  index: ObjectIndex,
  sound: ObjectNode,
  spec: AudioSourceSpec,
  schema: number,
): ObjectNode | undefined {
  const made = audioSourceElement(index, spec, schema);
  const id = attribute(made, 'ID') ?? '';
  const children = ensureSection(log, sound.element, 'ChildrenList');
  log.insert(children, children.children.length, made);
  activate(
    log,
    index,
    sound,
    spec.language,
    element('ActiveSource', { Name: spec.name, ID: id, Platform: 'Linked' }),
  );
  return index.nodeOf(made);
}

/** Form by schema: up to 2018.1 the source has a ShortID and no MediaIDList. */
export function audioSourceElement(index: ObjectIndex, spec: AudioSourceSpec, schema: number): WwuElement {
  const id = freshGuid(index);
  const hasMediaId = schema >= firstSchemaWithMediaId;
  const mediaId = mediaIdOfFile(index, spec) ?? shortIdOfGuid(id);
  return element(
    'AudioFileSource',
    { Name: spec.name, ID: id, ShortID: hasMediaId ? undefined : String(shortIdOfGuid(id)) },
    [
      ...(spec.notes === undefined || spec.notes === '' ? [] : [element('Comment', {}, spec.notes)]),
      element('Language', {}, spec.language),
      element('AudioFile', {}, spec.relativePath),
      ...(hasMediaId ? [element('MediaIDList', {}, [element('MediaID', { ID: String(mediaId) })])] : []),
    ],
  );
}

/** Lets a source play another file. Its media id follows: one id never serves two files. */
export function setAudioFile(
  log: EditLog,
  index: ObjectIndex,
  source: ObjectNode,
  relativePath: string,
): void {
  const file = childNamed(source.element, 'AudioFile') ?? childNamed(source.element, 'MidiFile');
  if (file === undefined || file.text === relativePath) return;
  const language = childNamed(source.element, 'Language')?.text ?? 'SFX';
  const shared = mediaIdOfFile(index, { language, relativePath });
  log.setText(file, relativePath);
  noteFile(index, source);
  // 2017.1: ids of files converted from the former one.
  const converted = childNamed(source.element, 'ConvertedFileIDList');
  if (converted !== undefined) log.remove(converted);
  const written = childNamed(source.element, 'MediaIDList')?.children[0];
  if (written !== undefined) log.setAttribute(written, 'ID', String(shared ?? freshMediaId(index, source)));
}

/** 2019.2: the first schema measured with a MediaIDList. */
const firstSchemaWithMediaId = 97;

/** Makes a source plug-in that was just added a playable source of its Sound: its language, and its position among the active sources. */
export function activatePluginSource(
  log: EditLog,
  index: ObjectIndex,
  source: ObjectNode,
  language: string,
): void {
  const sound = source.parent;
  if (sound === null) return;
  insertInOrder(log, source.element, element('Language', {}, language));
  const entry = element('ActiveSource', { Name: source.name, ID: source.id, Platform: 'Linked' });
  activate(log, index, sound, language, entry);
}

/** One active source per language; entries of several languages are ordered by GUID. */
function activate(
  log: EditLog,
  index: ObjectIndex,
  sound: ObjectNode,
  language: string,
  entry: WwuElement,
): void {
  const list = ensureSection(log, sound.element, 'ActiveSourceList');
  for (const present of [...list.children]) {
    const source = index.byId.get((attribute(present, 'ID') ?? '').toUpperCase());
    const spoken = source === undefined ? undefined : childNamed(source.element, 'Language')?.text;
    if (spoken === language) log.remove(present);
  }
  const id = attribute(entry, 'ID') ?? '';
  const at = list.children.findIndex((present) => (attribute(present, 'ID') ?? '') > id);
  log.insert(list, at === -1 ? list.children.length : at, entry);
}

/** Media id of a source that already plays the same file of the same language. */
function mediaIdOfFile(
  index: ObjectIndex,
  file: { readonly language: string; readonly relativePath: string },
): number | undefined {
  for (const source of sourcesOfFile(index, file.relativePath)) {
    if (childNamed(source.element, 'Language')?.text !== file.language) continue;
    const id = attribute(childNamed(source.element, 'MediaIDList')?.children[0] ?? source.element, 'ID');
    if (id !== undefined && /^\d+$/.test(id)) return Number(id);
  }
  return undefined;
}

/** The id of the source's GUID, or of a fresh one when another source already took it for another file. */
function freshMediaId(index: ObjectIndex, source: ObjectNode): number {
  const own = shortIdOfGuid(source.id);
  for (const other of index.byType.get('AudioFileSource') ?? []) {
    const id = attribute(childNamed(other.element, 'MediaIDList')?.children[0] ?? other.element, 'ID');
    if (id === String(own)) return shortIdOfGuid(freshGuid(index));
  }
  return own;
}
