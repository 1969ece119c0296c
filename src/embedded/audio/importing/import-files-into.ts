import { asString, type JsonObject } from '../../../core/json.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { WwiseObject } from '../../model/model.ts';
import type { OpenedProject } from '../../project/opened-project.ts';
import { aOrAn } from '../../protocol/a-or-an.ts';
import { type StagedAudio, stageAudio, stemOf } from '../files/stage-audio.ts';
import { storeOriginal } from '../files/store-original.ts';
import { attachToSegment, attachToTrack, isMusicHome, refuseFormerClips } from './attach-music.ts';
import { attachSource, planSource } from './attach-source.ts';
import { importAudio } from './import-audio.ts';
import { canHoldSounds } from './import-homes.ts';
import { ImportProblem } from './import-problem.ts';

/**
 * The nested `import: { files }` of `ak.wwise.core.object.set`, for one object: a Sound gets a source per file, an
 * AudioFileSource plays the file, a Music Track gets a source and a clip, a Music Segment a track, a container or Work Unit a
 * Sound (a segment, where music lives) per file, named like it. A file that cannot be
 * imported gives an Error in the log and nothing else. The log ends with the message Wwise ends it with. In steps, of a file each.
 */
export function* importFilesInto(
  object: WwiseObject,
  files: readonly JsonObject[],
  project: OpenedProject,
  editor: ModelEditor,
): Generator<void, { objects: WwiseObject[]; files: string[]; log: JsonObject[] }> {
  const objects: WwiseObject[] = [];
  const written: string[] = [];
  const log: JsonObject[] = [];
  for (const file of files) {
    try {
      const done = yield* importFileInto(object, file, project, editor);
      objects.push(...done.objects);
      written.push(...done.files);
      log.push(...done.log);
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error;
      log.push({ severity: 'Error', message: error.message });
    }
    yield;
  }
  if (objects.length > 0) log.push({ severity: 'Message', message: 'Finalizing Importation...' });
  return { objects: [...new Set(objects)], files: [...new Set(written)], log };
}

interface Done {
  readonly objects: readonly WwiseObject[];
  readonly files: readonly string[];
  readonly log: readonly JsonObject[];
}

function* importFileInto(
  object: WwiseObject,
  file: JsonObject,
  project: OpenedProject,
  editor: ModelEditor,
): Generator<void, Done> {
  if (object.type === 'Sound') return intoSound(object, undefined, file, project, editor);
  if (isMusicHome(object.type)) return intoMusic(object, undefined, file, project, editor);
  if (object.type === 'AudioFileSource' || object.type === 'MidiFileSource') {
    const { parent } = object;
    if (parent?.type === 'MusicTrack') return intoMusic(parent, object, file, project, editor);
    if (parent?.type === 'Sound') return intoSound(parent, object, file, project, editor);
  }
  if (canHoldSounds(object)) return yield* asNewSound(object, file, project, editor);
  throw new ImportProblem(
    `Audio files are imported into Sounds, music, their sources and the containers around them, not into ${aOrAn(object.type)}: ${project.model.path(object)}.`,
  );
}

/** `source` plays the file when given; otherwise the Sound's source of the same name does, or a new one. */
function intoSound(
  sound: WwiseObject,
  source: WwiseObject | undefined,
  file: JsonObject,
  project: OpenedProject,
  editor: ModelEditor,
): Done {
  const { model } = project;
  const audio = stagedOf(file);
  try {
    const planned = {
      type: 'Sound',
      implies: {},
      existing: sound,
      action: 'reuse',
      sourceName: source?.name,
    } as const;
    const isNew = sound.children.length === 0;
    const plan = planSource(
      isNew && model.property(sound, 'IsVoice') !== true ? { ...planned, action: 'create' } : planned,
      { language: asString(file.language), audio },
      model,
    );
    const stored = storeOriginal(audio, {
      originals: project.originals,
      language: plan.language,
      subFolder: asString(file.originalsSubFolder),
      mayReplace: true,
    });
    // An empty Sound becomes what its first file is; one with sources was checked to match.
    if (isNew && plan.isVoice) editor.setProperty(sound, 'IsVoice', true);
    const attached = attachSource(sound, plan, stored.relativePath, 'useExisting', model, editor);
    return { objects: [attached], files: [stored.absolutePath], log: [] };
  } finally {
    audio.discard();
  }
}

/** A segment gets a track per file. `source` plays the file when given. */
function intoMusic(
  object: WwiseObject,
  source: WwiseObject | undefined,
  file: JsonObject,
  project: OpenedProject,
  editor: ModelEditor,
): Done {
  const { model } = project;
  const audio = stagedOf(file);
  try {
    refuseFormerClips(model);
    if (source !== undefined && audio.media.isMidi !== (source.type === 'MidiFileSource'))
      throw new ImportProblem(`A ${source.type} cannot play "${audio.fileName}".`);
    const stored = storeOriginal(audio, {
      originals: project.originals,
      language: 'SFX',
      subFolder: asString(file.originalsSubFolder),
      mayReplace: true,
    });
    const { relativePath, absolutePath } = stored;
    const music = { name: source?.name ?? stemOf(audio.fileName), relativePath, media: audio.media };
    const attach = object.type === 'MusicTrack' ? attachToTrack : attachToSegment;
    const objects = attach(object, music, 'useExisting', model, editor);
    // Of an import into a track Wwise reports the source only.
    return {
      objects: object.type === 'MusicTrack' ? objects.slice(0, 1) : objects,
      files: [absolutePath],
      log: [],
    };
  } finally {
    audio.discard();
  }
}

function* asNewSound(
  parent: WwiseObject,
  file: JsonObject,
  project: OpenedProject,
  editor: ModelEditor,
): Generator<void, Done> {
  const { audioFile, audioFileBase64, originalsSubFolder, objectType } = file;
  const name = stemOf(
    (asString(audioFile) ?? asString(audioFileBase64)?.split('|')[0] ?? '').split(/[\\/]/).at(-1) ?? '',
  );
  const entry: JsonObject = {
    ...{ audioFile, audioFileBase64, originalsSubFolder, objectType, importLanguage: file.language },
    objectPath: `${parent.id}\\${name}`,
  };
  const outcome = yield* importAudio({ imports: [entry] }, project, editor);
  return { ...outcome, log: outcome.log.map(({ severity, message }) => ({ severity, message })) };
}

function stagedOf(file: JsonObject): StagedAudio {
  const audio = stageAudio(asString(file.audioFile), asString(file.audioFileBase64));
  if (audio === undefined) throw new ImportProblem('An entry of "files" needs audioFile or audioFileBase64.');
  return audio;
}
