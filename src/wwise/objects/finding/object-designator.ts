import { z } from 'zod';
import { designators } from '../../../core/wiring.ts';

/**
 * A field that names a Wwise object: by GUID, by path, by `Type:Name` or by `id:{GUID}`. The parsed value is tidy
 * (braces and upper case for GUIDs, backslashes for paths), so that two spellings of one name are one input.
 * Call `.optional()` and `.register(wires, ...)` on the outcome; both keep the description. `types`: what it takes, for those
 * who read the signature of a command.
 */
export function objectDesignator(description: string, ...types: readonly string[]): z.ZodString {
  return designator.describe(`${description} GUID, path or Type:Name.`).register(designators, { types });
}

/** Made once: a hundred fields share it, and each step of such a chain is a schema of its own. */
const designator = z
  .string()
  .trim()
  .min(1)
  .max(2_000)
  .regex(/^[^"\r\n]*$/, 'must not contain double quotes or line breaks')
  .overwrite((text) => tidyDesignator(text));

/** A field with the name of a new object. Names cannot hold the characters Wwise reserves for paths and queries. */
export function objectName(description: string): z.ZodString {
  return freeName.describe(description);
}

const freeName = z
  .string()
  .trim()
  .min(1)
  .max(260)
  .regex(/^[^\\/:*?"<>|\p{Cc}]*$/u, 'must not contain \\ / : * ? " < > | or control characters');

/** One spelling for every way to write a designator. Does not look at the project. */
export function tidyDesignator(text: string): string {
  const bare = text.trim().replace(/^id:\s*/i, '');
  const guid = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i.exec(bare)?.[1];
  if (guid !== undefined) return `{${guid.toUpperCase()}}`;
  if (!/[\\/]/.test(bare) || /^[a-z]+:/i.test(bare)) return bare;
  return tidyPath(bare);
}

/**
 * Slashes are the habit of file systems: they become backslashes, but for those in brackets, which are part of a name as in
 * `[RTPC: Dry/Wet Mix]`. One at the end, of either kind, stays, and so names nothing: it may be all that is left of an
 * object without a name, and must not mean the one above it.
 */
function tidyPath(text: string): string {
  const single = text.startsWith('\\\\') ? text.replace(/\\{2}/g, '\\') : text;
  const path = single.split('\\').map(withBackslashes).join('\\');
  return path.startsWith('\\') ? path : `\\${path}`;
}

/** Behind the last bracket that is closed nothing is looked for: of many open ones each would be looked for to the end. */
function withBackslashes(segment: string): string {
  const end = segment.lastIndexOf(']') + 1;
  const named = segment
    .slice(0, end)
    .replace(/(\[[^\]]*\])|\/+/g, (_, bracketed?: string) => bracketed ?? '\\');
  return named + segment.slice(end).replace(/\/+/g, '\\');
}

export function isGuid(designator: string): boolean {
  return designator.startsWith('{');
}

export function isPath(designator: string): boolean {
  return designator.startsWith('\\');
}

/** A path with an empty part, such as a trailing backslash. No object has one, whatever a Wwise makes of it. */
export function isUnfinishedPath(designator: string): boolean {
  return isPath(designator) && designator.length > 1 && designator.slice(1).split('\\').includes('');
}

/**
 * A tidy designator in the words of a project of this year: 2025.1 renamed three root folders, and both names work
 * whatever the project's age.
 */
export function inProjectWords(designator: string, year: number): string {
  if (!isPath(designator)) return designator;
  const [, root = '', ...rest] = designator.split('\\');
  const renamed = renamedRoots.find((pair) => pair.some((name) => name.toLowerCase() === root.toLowerCase()));
  if (renamed === undefined) return designator;
  return ['', year >= 2025 ? renamed[1] : renamed[0], ...rest].join('\\');
}

/** Root folders up to 2024.1 and since 2025.1; their GUIDs stayed. */
const renamedRoots: readonly (readonly [string, string])[] = [
  ['Actor-Mixer Hierarchy', 'Containers'],
  ['Master-Mixer Hierarchy', 'Busses'],
  ['Audio Devices', 'Devices'],
];
