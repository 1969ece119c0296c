import type { SourceFile, WwiseObject } from '../../model/model.ts';
import type { Scope } from '../evaluate/compile/scope.ts';

export interface PlayedFile extends SourceFile {
  readonly source: WwiseObject;
}

/** The audio file source behind an object: itself, or the active source of a Sound or MusicTrack for the language. */
export function sourceOf(object: WwiseObject, { model, language }: Scope): WwiseObject | null {
  if (object.type === 'AudioFileSource') return object;
  if (object.type !== 'Sound' && object.type !== 'MusicTrack') return null;
  return model.activeSource(object, language);
}

/** The original file an object plays, a music clip its source's, media of a plug-in its own; undefined when it plays none. */
export function playedFile(object: WwiseObject, scope: Scope): PlayedFile | undefined {
  const source = playerOf(object, scope);
  if (source === null) return undefined;
  const file = scope.model.audioFile(source);
  return file === undefined ? undefined : { source, ...file };
}

function playerOf(object: WwiseObject, scope: Scope): WwiseObject | null {
  if (object.type === 'PluginMediaSource') return object;
  return object.type === 'MusicClip' ? scope.model.clipSource(object) : sourceOf(object, scope);
}
