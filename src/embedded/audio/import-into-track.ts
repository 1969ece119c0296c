import { asString, type JsonObject } from '../../base/json.ts';
import { readWaveFacts } from '../../base/wave.ts';
import type { ModelEditor } from '../model/editor.ts';
import type { WwiseObject } from '../model/model.ts';
import type { OpenProject } from '../project/open-project.ts';
import { settleLanguage } from './attach-source.ts';
import { ImportProblem } from './import-problem.ts';
import { stageAudio, stemOf } from './stage-audio.ts';
import { storeOriginal } from './store-original.ts';

/**
 * Imports a file into a Music Track: a source, and a clip of its whole length at the track's start, as measured in files
 * of 2022.1 and 2025.1. The source that already plays a file of that name in that language plays the new one instead.
 * Throws ImportProblem; changes nothing then.
 */
export function importIntoTrack(
  track: WwiseObject,
  file: JsonObject,
  { model, originals }: OpenProject,
  editor: ModelEditor,
): { readonly source: WwiseObject; readonly file: string } {
  const audio = stageAudio(asString(file.audioFile), asString(file.audioFileBase64));
  if (audio === undefined) throw new ImportProblem('An entry of "files" needs audioFile or audioFileBase64.');
  try {
    const name = stemOf(audio.fileName);
    const language = settleLanguage(asString(file.language), undefined, true, model);
    const durationMs = readWaveFacts(audio.filePath).durationSeconds * 1000;
    const stored = storeOriginal(audio, {
      originals,
      language,
      subFolder: asString(file.originalsSubFolder),
      mayReplace: true,
    });
    const { relativePath, absolutePath } = stored;
    const present = track.children.find(
      (child) =>
        child.name.toLowerCase() === name.toLowerCase() && model.audioFile(child)?.language === language,
    );
    if (present !== undefined) editor.setAudioFile(present, relativePath);
    const source =
      present ?? editor.addAudioSource(track, { name, language, relativePath, clipMs: durationMs });
    return { source, file: absolutePath };
  } finally {
    audio.discard();
  }
}
