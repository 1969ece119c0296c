import { existsSync } from 'node:fs';
import { asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';
import { tabDelimitedRows } from '../../audio/importing/tab-delimited-rows.ts';

/** The files a changing call of Wwise is about to copy into the Originals, as absolute paths of this machine. */
export async function importedFiles(uri: string, args: JsonObject): Promise<readonly string[]> {
  if (uri === 'ak.wwise.core.audio.import' || uri === 'ak.wwise.core.object.set') return audioFilesIn(args);
  if (uri !== 'ak.wwise.core.audio.importTabDelimited') return [];
  const file = asString(args.importFile) ?? '';
  return audioFilesIn(await tabDelimitedRows(file)).filter((path) => existsSync(path));
}

function audioFilesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(audioFilesIn);
  return Object.entries(asJsonObject(value)).flatMap(([name, member]) => {
    const file = name === 'audioFile' ? asString(member) : undefined;
    return file === undefined ? (member === undefined ? [] : audioFilesIn(member)) : [file];
  });
}
