import { parse, patch } from '@decimalturn/toml-patch';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asJsonObject, isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { EntrySlot, Settings } from './settings-file.ts';

/**
 * TOML: everything but the entry stays as it is. A new entry is a table of its own at the end, as one would write it by hand,
 * and goes with the lines it has, so that comments of others stay; what is written another way is left to the library.
 */
export const tomlSettings: Settings = {
  read: (text, { table, name }, filePath) => {
    const servers = rootOf(text, filePath)[table];
    return isJsonObject(servers) ? servers[name] : undefined;
  },
  write: (text, slot, entry, filePath) => {
    const root = rootOf(text, filePath);
    const servers = asJsonObject(root[slot.table]);
    const added = `${text}${gapAfter(text)}${tableText(slot, entry, text)}`;
    if (servers[slot.name] === undefined && isSame(without(parsed(added), slot), without(root, slot)))
      return added;
    return patch(text, { ...root, [slot.table]: { ...servers, [slot.name]: entry } });
  },
  remove: (text, slot, filePath) => {
    const rest = without(rootOf(text, filePath), slot);
    const cut = withoutLines(text, slot);
    return isSame(without(parsed(cut), slot), rest) && isSame(parsed(cut), rest) ? cut : patch(text, rest);
  },
};

function rootOf(text: string, filePath: string): JsonObject {
  try {
    return asJsonObject(parse(text));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n').join(' ') : String(cause);
    throw new WwiseFlowError('FILE_UNREADABLE', `${filePath} is not TOML that can be added to: ${reason}`, {
      hint: 'Repair it, or add by hand what --print shows. Nothing was written.',
      details: { filePath },
      cause,
    });
  }
}

/** Undefined for what is no TOML: then a change by lines was none. */
function parsed(text: string): JsonObject | undefined {
  try {
    return asJsonObject(parse(text));
  } catch {
    return undefined;
  }
}

/** Without the entry, and without the table where nothing else is in it. */
function without(root: JsonObject | undefined, { table, name }: EntrySlot): JsonObject {
  const { [table]: servers, ...others } = root ?? {};
  if (!isJsonObject(servers)) return root ?? {};
  const { [name]: _, ...rest } = servers;
  return Object.keys(rest).length === 0 ? others : { ...root, [table]: rest };
}

function isSame(a: JsonObject | undefined, b: JsonObject): boolean {
  return a !== undefined && textOf(a) === textOf(b);
}

/** TOML knows whole numbers that JSON does not. */
function textOf(value: JsonObject): string {
  return JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? `${member}n` : member));
}

function tableText({ table, name }: EntrySlot, entry: JsonObject, text: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const values = Object.entries(entry).map(([key, value]) => {
    const shown = Array.isArray(value)
      ? `[${asJsonArray(value)
          .map((item) => JSON.stringify(item))
          .join(', ')}]`
      : JSON.stringify(value);
    return `${key} = ${shown}${eol}`;
  });
  return `[${table}.${nameText(name)}]${eol}${values.join('')}`;
}

function nameText(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}

function gapAfter(text: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  if (text === '' || /\n\r?\n$/.test(text)) return '';
  return text.endsWith('\n') ? eol : `${eol}${eol}`;
}

/** Cuts the lines of the table out, from its head to its last value, and an empty line before it. */
function withoutLines(text: string, { table, name }: EntrySlot): string {
  const lines = text.split(/(?<=\n)/);
  const head = `[${table}.${nameText(name)}]`;
  const from = lines.findIndex((line) => line.trim() === head);
  if (from < 0) return text;
  const next = lines.findIndex((line, index) => index > from && line.trimStart().startsWith('['));
  let to = next < 0 ? lines.length : next;
  while (to > from + 1 && /^(#.*)?$/.test((lines[to - 1] ?? '').trim())) to -= 1;
  const hasGap = from > 0 && (lines[from - 1] ?? '').trim() === '';
  return [...lines.slice(0, hasGap ? from - 1 : from), ...lines.slice(to)].join('');
}
