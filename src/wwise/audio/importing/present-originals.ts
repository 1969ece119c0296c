import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from '../../../core/files/content-hash.ts';
import { folderIsSeen } from '../../../core/files/folder-is-seen.ts';
import { asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';
import type { ProjectFacts } from '../../project-facts.ts';
import { tabDelimitedRows } from './tab-delimited-rows.ts';

/** SHA-256 by path of files in the Originals. */
export type PresentOriginals = ReadonlyMap<string, string>;

/**
 * The files that lie where this call may copy audio to: of the name of one of its files, in the folder of any language, below
 * any folder the call names. Empty for a call that imports nothing.
 */
export async function presentOriginals(
  uri: string,
  args: JsonObject,
  facts: () => Promise<ProjectFacts>,
): Promise<PresentOriginals> {
  const { names, folders } = await importedBy(uri, args);
  const present = new Map<string, string>();
  if (names.size === 0) return present;
  const { originalsDir, languages } = await facts();
  if (!folderIsSeen(originalsDir)) return present;
  const roots = ['SFX', ...languages.map((language) => join('Voices', language))];
  for (const root of roots) {
    for (const folder of folders) {
      const dir = join(originalsDir, root, ...folder.split(/[\\/]/));
      for (const name of await readdir(dir).catch((): string[] => [])) {
        const path = join(dir, name);
        const sha256 = names.has(name.toLowerCase()) ? await hashNow(path) : undefined;
        if (sha256 !== undefined) present.set(path, sha256);
      }
    }
  }
  return present;
}

/** Those of which the content is another one now. */
export async function changedSince(before: PresentOriginals): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const [path, sha256] of before) {
    const now = await hashNow(path);
    if (now !== undefined && now !== sha256) changed.push(path);
  }
  return changed;
}

async function hashNow(path: string): Promise<string | undefined> {
  return contentHash(path).catch(() => undefined);
}

interface ImportedFiles {
  /** In lower case. */
  readonly names: Set<string>;
  /** Below the folder of a language; empty for that folder itself. */
  readonly folders: Set<string>;
}

async function importedBy(uri: string, args: JsonObject): Promise<ImportedFiles> {
  const files: ImportedFiles = { names: new Set(), folders: new Set(['']) };
  if (uri === 'ak.wwise.core.audio.import' || uri === 'ak.wwise.core.object.set') collect(args, files);
  if (uri === 'ak.wwise.core.audio.importTabDelimited')
    for (const row of await tabDelimitedRows(asString(args.importFile) ?? '')) collect(row, files);
  return files;
}

function collect(value: Json, files: ImportedFiles): void {
  if (Array.isArray(value)) for (const item of value) collect(item, files);
  else
    for (const [member, inside] of Object.entries(asJsonObject(value))) {
      if (inside === undefined) continue;
      const text = asString(inside);
      if (text === undefined) collect(inside, files);
      else if (member === 'audioFile') files.names.add(baseName(text));
      else if (member === 'originalsSubFolder') files.folders.add(text);
      else if (member === 'audioFileBase64') {
        const path = text.slice(0, text.indexOf('|'));
        files.names.add(baseName(path));
        files.folders.add(path.split(/[\\/]/).slice(0, -1).join('\\'));
      }
    }
}

function baseName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').toLowerCase();
}
