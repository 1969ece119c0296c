import { join } from 'node:path';
import { attribute, childNamed } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import type { SourceFile } from '../model.ts';
import { readProperty } from './read-properties.ts';

/** Language and file of an AudioFileSource or MidiFileSource, or the file that a plug-in reads, such as an impulse response. */
export function readAudioFile(source: ObjectNode, originalsDir: string): SourceFile | undefined {
  if (source.type === pluginMediaType) return readPluginMedia(source, originalsDir);
  const file = childNamed(source.element, 'AudioFile') ?? childNamed(source.element, 'MidiFile');
  const relativePath = file?.text;
  if (relativePath === undefined || relativePath === null) return undefined;
  const language = childNamed(source.element, 'Language')?.text ?? 'SFX';
  const absolutePath = join(languageDir(originalsDir, language), ...relativePath.split('\\'));
  const folder = language === 'SFX' ? 'SFX' : `Voices\\${language}`;
  return { language, folder, relativePath, absolutePath };
}

/** Files of plug-ins lie in Originals/Plugins, in a folder called as the plug-in that reads them. */
function readPluginMedia(source: ObjectNode, originalsDir: string): SourceFile | undefined {
  const plugin = attribute((source.parent ?? source.owner)?.element ?? source.element, 'PluginName');
  const parts = (readProperty(source, 'DataFileName', '') ?? '').toString().split(/[\\/]/).filter(Boolean);
  if (plugin === undefined || parts.length === 0) return undefined;
  const absolutePath = join(originalsDir, 'Plugins', plugin, ...parts);
  return { language: 'SFX', folder: `Plugins\\${plugin}`, relativePath: parts.join('\\'), absolutePath };
}

const pluginMediaType = 'PluginMediaSource';

/** A plug-in that is played as a source has a language like a file has. */
export function readSourceLanguage(source: ObjectNode): string | undefined {
  if (!sourceTypes.has(source.type)) return undefined;
  return childNamed(source.element, 'Language')?.text ?? 'SFX';
}

const sourceTypes = new Set(['AudioFileSource', 'MidiFileSource', 'SourcePlugin']);

/** Where the originals of a language live. */
export function languageDir(originalsDir: string, language: string): string {
  return language === 'SFX' ? join(originalsDir, 'SFX') : join(originalsDir, 'Voices', language);
}

export function readMediaId(source: ObjectNode): number | undefined {
  const list = childNamed(source.element, 'MediaIDList');
  const id = list === undefined ? undefined : attribute(list.children[0] ?? list, 'ID');
  return id === undefined ? undefined : Number(id);
}

/**
 * The active source of a Sound or MusicTrack: the one named in the ActiveSourceList for the language, else any named there.
 * What the list says for the platform goes before what it says for all of them.
 */
export function readActiveSource(
  index: ObjectIndex,
  node: ObjectNode,
  language: string,
  platform?: string,
): ObjectNode | null {
  const listed = childNamed(node.element, 'ActiveSourceList')?.children ?? [];
  const rank = (entry: (typeof listed)[number]): number => {
    const owner = attribute(entry, 'Platform') ?? 'Linked';
    return owner === platform ? 0 : owner === 'Linked' ? 1 : 2;
  };
  const entries = [...listed].sort((a, b) => rank(a) - rank(b));
  const sources = entries.flatMap((entry) => {
    const source = index.byId.get((attribute(entry, 'ID') ?? '').toUpperCase());
    return source === undefined ? [] : [source];
  });
  const spoken = sources.find((source) => childNamed(source.element, 'Language')?.text === language);
  const effects = sources.find((source) => childNamed(source.element, 'Language')?.text === 'SFX');
  return spoken ?? effects ?? sources[0] ?? null;
}

/** Points of a Curve, in order; undefined for anything else. */
export function readPoints(
  node: ObjectNode,
): readonly { readonly x: number; readonly y: number; readonly shape: string }[] | undefined {
  if (node.type !== 'Curve') return undefined;
  return (childNamed(node.element, 'PointList')?.children ?? []).map((point) => ({
    x: Number(childNamed(point, 'XPos')?.text ?? 0),
    y: Number(childNamed(point, 'YPos')?.text ?? 0),
    shape: childNamed(point, 'SegmentShape')?.text ?? 'Linear',
  }));
}
