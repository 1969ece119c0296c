import type { WwiseObject } from '../../model/model.ts';
import type { Scope } from '../evaluate/scope.ts';

export interface PlayedFile {
  readonly source: WwiseObject;
  readonly language: string;
  /** Relative to Originals\SFX or Originals\Voices\<language>, with backslashes. */
  readonly relativePath: string;
  readonly absolutePath: string;
}

/** The audio file source behind an object: itself, or the active source of a Sound or MusicTrack for the language. */
export function sourceOf(object: WwiseObject, { model, language }: Scope): WwiseObject | null {
  if (object.type === 'AudioFileSource') return object;
  if (object.type !== 'Sound' && object.type !== 'MusicTrack') return null;
  return model.activeSource(object, language);
}

/** The original file an object plays, a music clip its source's; undefined when it plays none. */
export function playedFile(object: WwiseObject, scope: Scope): PlayedFile | undefined {
  const source = object.type === 'MusicClip' ? scope.model.clipSource(object) : sourceOf(object, scope);
  if (source === null) return undefined;
  const file = scope.model.audioFile(source);
  return file === undefined ? undefined : { source, ...file };
}
