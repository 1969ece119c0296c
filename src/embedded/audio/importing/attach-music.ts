import type { ModelEditor } from '../../model/editor.ts';
import { firstClipSchema } from '../../model/media/music-source.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { childByName, freeName } from '../../model/naming/sibling-names.ts';
import type { StagedAudio } from '../files/stage-audio.ts';
import { ImportProblem } from './import-problem.ts';
import type { ImportOperation } from './import-target.ts';

export interface MusicFile {
  readonly name: string;
  /** Relative to Originals\SFX: music is not spoken. */
  readonly relativePath: string;
  readonly media: StagedAudio['media'];
}

export function isMusicHome(type: string): boolean {
  return type === 'MusicTrack' || type === 'MusicSegment';
}

/** Throws ImportProblem where this engine does not know how clips are written. */
export function refuseFormerClips({ version }: ProjectModel): void {
  if (version.schema >= firstClipSchema) return;
  throw new ImportProblem(
    `This engine does not write music clips in the file format of Wwise ${version.year}.${version.major}.`,
  );
}

/**
 * Lets a track play the stored file: `useExisting` gives its source of that name the file, else there is a new source with a
 * clip. Objects in the order Wwise reports them.
 */
export function attachToTrack(
  track: WwiseObject,
  file: MusicFile,
  operation: ImportOperation,
  model: ProjectModel,
  editor: ModelEditor,
): readonly WwiseObject[] {
  const type = file.media.isMidi ? 'MidiFileSource' : 'AudioFileSource';
  const existing = childByName(track, file.name);
  if (existing?.type === type && operation === 'useExisting') {
    if (model.audioFile(existing)?.relativePath !== file.relativePath)
      editor.setAudioFile(existing, file.relativePath);
    return [existing];
  }
  if (existing !== undefined && operation === 'replaceExisting') editor.remove(existing);
  const name = freeName(file.name, track.children);
  const { source, clip } = editor.addMusicSource(track, {
    name,
    language: 'SFX',
    relativePath: file.relativePath,
    isMidi: file.media.isMidi,
    durationMs: file.media.durationMs,
  });
  return [source, clip];
}

/**
 * The same for a segment: in its track of that name, or in a new one. A segment that had none yet becomes as long as the
 * file, its exit cue at the end (measured on segments an import made).
 */
export function attachToSegment(
  segment: WwiseObject,
  file: MusicFile,
  operation: ImportOperation,
  model: ProjectModel,
  editor: ModelEditor,
): readonly WwiseObject[] {
  const isFirst = segment.children.length === 0;
  const existing = operation === 'createNew' ? undefined : childByName(segment, file.name);
  if (existing !== undefined) return [...attachToTrack(existing, file, operation, model, editor), existing];
  const name = freeName(file.name, segment.children);
  const track = editor.create(segment, { type: 'MusicTrack', name });
  const made = attachToTrack(track, file, operation, model, editor);
  if (isFirst) {
    editor.setProperty(segment, 'EndPosition', file.media.durationMs);
    const exit = model.list(segment, 'Cues')?.find((cue) => model.property(cue, 'CueType') === 1);
    if (exit !== undefined) editor.setProperty(exit, 'TimeMs', file.media.durationMs);
  }
  return [...made, track];
}
