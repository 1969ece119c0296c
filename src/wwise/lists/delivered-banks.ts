import { basename, dirname } from 'node:path';
import { readRegularFile } from '../../core/files/regular-file.ts';
import { asJsonArray, asJsonObject, asString, isJsonObject, type JsonObject } from '../../core/json.ts';
import { filesBelow } from '../files/folder-files.ts';

/** A generated SoundBank as the metadata beside it describes it. */
export interface DeliveredBank {
  readonly name: string;
  readonly language: string;
  readonly platform: string;
  /** Folder of the metadata file: the folder of the platform, or one below it. */
  readonly metadataFolder: string;
  /** Relative to the folder of the platform, with forward slashes. */
  readonly path: string;
  readonly events: readonly { readonly id: string; readonly name: string }[];
  /** Relative paths of the media files that must lie beside the bank: loose or streamed ones. */
  readonly looseMedia: readonly string[];
}

export interface Delivery {
  /** GUID of the project in ProjectInfo.json, where there is one. */
  readonly projectId: string | null;
  /** Metadata files that were read. */
  readonly metadataFiles: number;
  readonly unreadable: readonly string[];
  readonly banks: readonly DeliveredBank[];
}

/**
 * Reads the JSON metadata below a folder of generated banks: SoundbanksInfo.json, or one file per bank where Wwise was
 * set to write it so (2022.1 and later; the older `Included...` names are understood too).
 */
export async function readDelivery(folder: string): Promise<Delivery> {
  const files = await filesBelow(folder, ['.json']);
  const banks = new Map<string, DeliveredBank>();
  const unreadable: string[] = [];
  let projectId: string | null = null;
  let metadataFiles = 0;
  for (const file of files) {
    const content = jsonOf(file);
    if (content === null) {
      unreadable.push(file);
      continue;
    }
    const project = asJsonObject(asJsonObject(content.ProjectInfo).Project);
    if (basename(file).toLowerCase() === 'projectinfo.json') projectId = asString(project.GUID) ?? null;
    const info = content.SoundBanksInfo;
    if (!isJsonObject(info)) continue;
    metadataFiles += 1;
    const platform = asString(info.Platform) ?? '';
    for (const entry of asJsonArray(info.SoundBanks).filter(isJsonObject)) {
      const bank = { ...bankOf(entry), platform, metadataFolder: dirname(file) };
      banks.set(`${platform}/${bank.language}/${bank.path}`, bank);
    }
  }
  return { projectId, metadataFiles, unreadable, banks: [...banks.values()] };
}

function jsonOf(file: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(readRegularFile(file).toString('utf8'));
    return asJsonObject(value);
  } catch {
    return null;
  }
}

function bankOf(bank: JsonObject): Omit<DeliveredBank, 'platform' | 'metadataFolder'> {
  const events = [...asJsonArray(bank.Events), ...asJsonArray(bank.IncludedEvents)].map(asJsonObject);
  const media = asJsonArray(bank.Media).map(asJsonObject);
  return {
    name: asString(bank.ShortName) ?? '',
    language: asString(bank.Language) ?? 'SFX',
    path: slashes(asString(bank.Path) ?? ''),
    events: events.map(({ GUID, Name }) => ({
      id: (asString(GUID) ?? '').toUpperCase(),
      name: asString(Name) ?? '',
    })),
    looseMedia: media.flatMap(({ Location, Streaming, Path }) => {
      const isBeside = Location === 'Loose' || Streaming === 'true' || Streaming === true;
      const path = asString(Path);
      return isBeside && path !== undefined ? [slashes(path)] : [];
    }),
  };
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
