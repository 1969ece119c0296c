import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hashJson } from '../../../core/canonical-json.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import { asString, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import { type NamedPreset, presetSchema } from './preset.ts';

/** The presets of some folders. */
export interface Presets {
  readonly names: readonly string[];
  /** Another one where the files are others, or were changed. */
  readonly mark: string;
  /** Throws PRESET_NOT_FOUND with the nearest names, and FILE_UNREADABLE for a file that is no preset. */
  find(name: string): NamedPreset;
}

/**
 * The presets of folders, a JSON file each, called as the file. A later folder has the last word; with `extends` a file may change
 * some members of another one alone. Nothing is read before one is asked for.
 */
export function readPresets(folders: readonly { readonly dir: string; readonly isOwn: boolean }[]): Presets {
  const files = new Map<string, { readonly path: string; readonly isOwn: boolean }[]>();
  for (const { dir, isOwn } of folders) {
    if (!existsSync(dir)) continue;
    for (const file of readdirSync(dir).sort()) {
      if (!file.endsWith('.json')) continue;
      const name = basename(file, '.json');
      files.set(name, [...(files.get(name) ?? []), { path: join(dir, file), isOwn }]);
    }
  }
  const read = new Map<string, NamedPreset>();
  const names = [...files.keys()].sort();

  /** The members of a preset; `below`: the file of that name in earlier folders, which a file of the same name extends. */
  const membersOf = (name: string, index: number, seen: ReadonlySet<string>): JsonObject => {
    const file = files.get(name)?.[index];
    if (file === undefined) throw notFound(name, names);
    const own = objectIn(file.path);
    const base = asString(own.extends);
    if (base === undefined) return own;
    const key = `${name} ${index}`;
    if (seen.has(key)) throw unreadable(file.path, '"extends" leads back to itself');
    const at = base === name ? index - 1 : (files.get(base)?.length ?? 0) - 1;
    return merged(membersOf(base, at, new Set([...seen, key])), own);
  };

  const marks = [...files.values()].flat().map(({ path }) => {
    const { mtimeMs, size } = statSync(path);
    return [path, mtimeMs, size];
  });
  return {
    names,
    mark: hashJson(marks),
    find: (name) => {
      const known = read.get(name);
      if (known !== undefined) return known;
      const of = files.get(name) ?? [];
      const last = of[of.length - 1];
      if (last === undefined) throw notFound(name, names);
      const parsed = presetSchema.safeParse(membersOf(name, of.length - 1, new Set()));
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw unreadable(last.path, `/${issue?.path.join('/') ?? ''} ${issue?.message ?? ''}`);
      }
      const preset: NamedPreset = Object.freeze({ ...parsed.data, name, isOwn: last.isOwn });
      read.set(name, preset);
      return preset;
    },
  };
}

/** Without any. */
export const noPresets: Presets = readPresets([]);

function objectIn(path: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(readRegularFile(path, LARGEST_PRESET).toString('utf8'));
  } catch (thrown) {
    throw unreadable(path, thrown instanceof Error ? thrown.message : String(thrown));
  }
  if (!isJsonObject(value)) throw unreadable(path, 'it is no object');
  return value;
}

const LARGEST_PRESET = 1_000_000;

/** Objects are merged member by member; anything else is replaced. */
function merged(base: JsonObject, own: JsonObject): JsonObject {
  const made: Record<string, JsonObject[string]> = { ...base };
  for (const [key, value] of Object.entries(own)) {
    const former = base[key];
    made[key] = isJsonObject(former) && isJsonObject(value) && key !== 'auth' ? merged(former, value) : value;
  }
  return made;
}

function notFound(name: string, names: readonly string[]): WwiseFlowError {
  return new WwiseFlowError('PRESET_NOT_FOUND', `There is no preset "${name}".${didYouMean(name, names)}`, {
    hint:
      names.length === 0
        ? 'Put one into a folder and start with --presets and that folder, or write "url" instead of "preset".'
        : `Choose one of: ${names.join(', ')}; or write "url" instead of "preset".`,
    details: { preset: name, candidates: nearest(name, names) },
  });
}

function unreadable(path: string, why: string): WwiseFlowError {
  return new WwiseFlowError('FILE_UNREADABLE', `"${path}" is no preset: ${why}.`, {
    hint: 'Compare it with docs/guides/services.md, which says what a preset has.',
    details: { path },
  });
}
