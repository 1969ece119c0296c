import { contentHash } from '../../../core/files/content-hash.ts';
import { asJsonArray, asJsonObject, asString, isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { ProjectAccess } from '../../objects/finding/find-object.ts';
import { type ObjectRef, refOf, refReturns } from '../../objects/rows/object-row.ts';
import type { ProjectFacts } from '../../project-facts.ts';
import { originalPathExpression } from './original-path.ts';

export interface OriginalFile {
  readonly fileName: string;
  readonly sha256: string;
  /** `SFX` or a language of the project. */
  readonly language: string;
}

export interface PlayingSource extends ObjectRef {
  /** The original file, as this machine sees it. */
  readonly filePath: string;
  readonly sha256: string;
}

/**
 * The audio source of a Sound that plays this content in this language, or null. Where the original cannot be read
 * from here (Wwise runs elsewhere), its file name has to do.
 */
export async function sourcePlaying(
  soundId: string,
  wanted: OriginalFile,
  access: ProjectAccess,
): Promise<PlayingSource | null> {
  const pathExpression = originalPathExpression(await access.project());
  return playingAmong(await audioSourcesOf(soundId, access), wanted, pathExpression);
}

/** Rows of a Sound's audio sources, which say what they play. */
export async function audioSourcesOf(soundId: string, access: ProjectAccess): Promise<readonly JsonObject[]> {
  const answer = await access.waapi.call(
    'ak.wwise.core.object.get',
    { waql: `$ "${soundId}" select children where type = "AudioFileSource"` },
    { return: [...refReturns, ...sourceReturns(await access.project())] },
  );
  return asJsonArray(answer.return).filter(isJsonObject);
}

/** What to ask of a Sound's children to know what they play. */
export function sourceReturns(facts: Pick<ProjectFacts, 'year'>): readonly string[] {
  return [originalPathExpression(facts), 'audioSourceLanguage'];
}

/** The one of these audio sources that plays this content in this language, or null; of several the one called like the file. */
export async function playingAmong(
  rows: readonly JsonObject[],
  wanted: OriginalFile,
  pathExpression: string,
): Promise<PlayingSource | null> {
  const isNamesake = (row: JsonObject) => isCalled(asString(row[pathExpression]) ?? '', wanted.fileName);
  for (const row of rows.toSorted((a, b) => Number(isNamesake(b)) - Number(isNamesake(a)))) {
    const filePath = asString(row[pathExpression]);
    if (filePath === undefined || filePath === '' || !speaks(row, wanted.language)) continue;
    if (await plays(filePath, wanted)) return { ...refOf(row), filePath, sha256: wanted.sha256 };
  }
  return null;
}

function speaks(row: JsonObject, language: string): boolean {
  const name = asString(asJsonObject(row.audioSourceLanguage).name);
  return name === undefined || name === language;
}

async function plays(filePath: string, wanted: OriginalFile): Promise<boolean> {
  const found = await contentHash(filePath).catch(() => undefined);
  if (found !== undefined) return found === wanted.sha256;
  return isCalled(filePath, wanted.fileName);
}

function isCalled(filePath: string, fileName: string): boolean {
  return filePath.split(/[\\/]/).at(-1)?.toLowerCase() === fileName.toLowerCase();
}
