import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { ensureSection } from '../structure/sections.ts';
import type { EditLog } from './edit-log.ts';

/**
 * Makes a source the active one of its language. Without a platform it is that for all of them; with one, beside the
 * linked entry. Entries of several languages are ordered by GUID.
 */
export function writeActiveSource(
  log: EditLog,
  index: ObjectIndex,
  sound: ObjectNode,
  source: ObjectNode,
  platform: string | undefined,
): void {
  const list = ensureSection(log, sound.element, 'ActiveSourceList');
  const language = languageOf(source.element);
  for (const entry of [...list.children]) {
    const present = index.byId.get((attribute(entry, 'ID') ?? '').toUpperCase());
    const sameLanguage = present !== undefined && languageOf(present.element) === language;
    if (sameLanguage && (platform === undefined || attribute(entry, 'Platform') === platform))
      log.remove(entry);
  }
  const made = element('ActiveSource', { Name: source.name, ID: source.id, Platform: platform ?? 'Linked' });
  const at = list.children.findIndex((entry) => (attribute(entry, 'ID') ?? '') > source.id);
  log.insert(list, at === -1 ? list.children.length : at, made);
}

function languageOf(source: WwuElement): string {
  return childNamed(source, 'Language')?.text ?? 'SFX';
}
