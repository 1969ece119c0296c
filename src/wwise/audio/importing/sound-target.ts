import { parse } from 'node:path';
import type { JsonObject } from '../../../core/json.ts';
import { createdRefOf, type FoundObject } from '../../objects/rows/object-row.ts';
import type { ProjectFacts } from '../../project-facts.ts';
import { checkLanguage, notThatLanguage } from './import-language.ts';

/** Where a file goes: the Sound, existing or not, by its parent and name. */
export interface SoundTarget {
  readonly parentId: string;
  readonly name: string;
  /** The Sound, when it was given by itself. */
  readonly sound: FoundObject | null;
  readonly isVoice: boolean;
}

/** The target that an existing Sound is; its row must have `parent` and `@IsVoice`. */
export function targetOfSound(sound: FoundObject): SoundTarget {
  const { parentId } = createdRefOf(sound.row);
  return { parentId, name: sound.name, sound, isVoice: sound.row['@IsVoice'] === true };
}

/** What a Sound made of a file is called: as asked for, or like the file. */
export function soundName(name: string | undefined, filePath: string): string {
  return name ?? parse(filePath).name;
}

/** The language to import in; SFX by default. Throws INVALID_INPUT for an unknown one, and for a voice without one. */
export function languageOf(
  language: string | undefined,
  target: SoundTarget,
  facts: Pick<ProjectFacts, 'languages'>,
): string {
  const wanted = language ?? 'SFX';
  if (target.isVoice && wanted === 'SFX') {
    const problem = `"${target.name}" is a Sound Voice: it needs the language of the file.`;
    throw notThatLanguage(problem, wanted, facts.languages);
  }
  checkLanguage(wanted, facts);
  return wanted;
}

/**
 * The entry of ak.wwise.core.audio.import that puts a file there. It names the Sound by a path relative to its parent, so
 * that no name on the way can be misread.
 */
export function importEntry(
  path: string,
  target: SoundTarget,
  language: string,
  originalsSubFolder: string | undefined,
): JsonObject {
  return {
    audioFile: path,
    importLocation: target.parentId,
    objectPath: target.name,
    objectType: target.isVoice || language !== 'SFX' ? 'Sound Voice' : 'Sound SFX',
    importLanguage: language,
    ...(originalsSubFolder === undefined || originalsSubFolder === '' ? {} : { originalsSubFolder }),
  };
}
