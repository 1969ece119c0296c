import { didYouMean } from '../../../core/text/nearest.ts';
import type { ModelEditor } from '../../model/editor.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { childByName, freeName } from '../../model/naming/sibling-names.ts';
import { objectNameFrom, type StagedAudio, stemOf } from '../files/stage-audio.ts';
import { isMusicHome, refuseFormerClips } from './attach-music.ts';
import { ImportProblem } from './import-problem.ts';
import type { ImportOperation, ImportTarget } from './import-target.ts';

/** The audio source an import will give its Sound. */
export interface SourcePlan {
  readonly name: string;
  /** `SFX` or a language of the project. */
  readonly language: string;
  readonly isVoice: boolean;
}

interface SourceWishes {
  readonly language: string | undefined;
  readonly audio: Pick<StagedAudio, 'fileName' | 'media'> | undefined;
}

/** Settles the language, and with it whether a new Sound is a voice. Throws ImportProblem; changes nothing. */
export function planSource(
  planned: Pick<ImportTarget, 'type' | 'implies' | 'existing' | 'action' | 'sourceName'>,
  wishes: SourceWishes,
  model: ProjectModel,
): SourcePlan {
  const isMusic = isMusicHome(planned.type);
  if (wishes.audio !== undefined) {
    if (planned.type !== 'Sound' && !isMusic) {
      throw new ImportProblem(
        `Audio files are imported into Sounds, Music Tracks and Music Segments, not into a ${planned.type}.`,
      );
    }
    if (wishes.audio.media.isMidi && !isMusic)
      throw new ImportProblem(
        `A MIDI file goes into a Music Track or Music Segment, not into a ${planned.type}.`,
      );
    if (isMusic) refuseFormerClips(model);
  }
  // Music is not spoken: it is SFX, whatever language an import is for.
  if (isMusic) {
    const musicName = planned.sourceName ?? stemOf(wishes.audio?.fileName ?? '');
    return { name: musicName, language: 'SFX', isVoice: false };
  }
  const kept = planned.action === 'reuse' ? planned.existing : undefined;
  const demanded = kept === undefined ? planned.implies.IsVoice : model.property(kept, 'IsVoice') === true;
  const language = settleLanguage(
    wishes.language,
    planned.type === 'Sound' ? demanded : undefined,
    wishes.audio !== undefined,
    model,
  );
  const name = planned.sourceName ?? objectNameFrom(stemOf(wishes.audio?.fileName ?? ''));
  return { name, language, isVoice: planned.type === 'Sound' && language !== 'SFX' };
}

/**
 * Lets the Sound play the stored file: through the source it has for that name or file and language, or a new one.
 * `createNew` always adds one, `replaceExisting` makes it anew. Whichever it is becomes the active source of its language.
 */
export function attachSource(
  sound: WwiseObject,
  plan: SourcePlan,
  relativePath: string,
  operation: ImportOperation,
  model: ProjectModel,
  editor: ModelEditor,
): WwiseObject {
  const existing = findSource(sound, plan, relativePath, model);
  if (existing !== undefined && operation === 'useExisting') {
    if (model.audioFile(existing)?.relativePath !== relativePath) editor.setAudioFile(existing, relativePath);
    if (model.activeSource(sound, plan.language) !== existing) editor.setActiveSource(sound, existing);
    return existing;
  }
  if (existing !== undefined && operation === 'replaceExisting') editor.remove(existing);
  const name = freeName(plan.name, sound.children);
  return editor.addAudioSource(sound, { name, language: plan.language, relativePath });
}

function findSource(
  sound: WwiseObject,
  plan: SourcePlan,
  relativePath: string,
  model: ProjectModel,
): WwiseObject | undefined {
  const sources = sound.children.filter((child) => model.audioFile(child)?.language === plan.language);
  const sameName = childByName(sound, plan.name);
  if (sameName !== undefined && sources.includes(sameName)) return sameName;
  return sources.find(
    (source) => model.audioFile(source)?.relativePath.toLowerCase() === relativePath.toLowerCase(),
  );
}

/** `SFX` or a language of the project. Throws ImportProblem for a language it does not have, or one the Sound cannot take. */
function settleLanguage(
  wanted: string | undefined,
  isVoice: boolean | undefined,
  hasAudio: boolean,
  model: ProjectModel,
): string {
  if (wanted === undefined || wanted === '') return isVoice === true ? model.defaultLanguage.name : 'SFX';
  const names = model.languages
    .map((language) => language.name)
    .filter((name) => name !== 'Mixed' && name !== 'External');
  if (!names.includes(wanted)) {
    throw new ImportProblem(
      `"${wanted}" is not a language of the project; it has ${names.join(', ')}.${didYouMean(wanted, names)}`,
    );
  }
  if (hasAudio && isVoice === true && wanted === 'SFX') {
    throw new ImportProblem(
      'A Sound Voice takes audio in a language, not SFX. Give importLanguage, or use a Sound SFX.',
    );
  }
  if (hasAudio && isVoice === false && wanted !== 'SFX') {
    throw new ImportProblem(
      `A Sound SFX takes audio as SFX, not in "${wanted}". Leave importLanguage out, or use a Sound Voice.`,
    );
  }
  return isVoice === false ? 'SFX' : wanted;
}
