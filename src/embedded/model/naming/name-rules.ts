import { windowsNameProblem } from '../../../core/files/windows-name.ts';
import { withoutEnding } from '../../../core/text/without-ending.ts';
import { countedNames } from '../../../wwise/names/name-rules.gen.ts';

/**
 * Why a name cannot be that of an object of the type: empty, holding what paths and files need, or no identifier where
 * Wwise wants one. Undefined when it can. The words go on after `"name" `.
 */
export function nameProblem(name: string, type: string): string | undefined {
  if (name === '' && mayBeUnnamed.has(type)) return undefined;
  if (type === 'WorkUnit') {
    const problem = fileNameProblem(name);
    if (problem !== undefined)
      return `is not a valid name for a WorkUnit: it ${problem}, and its file is called so too.`;
  }
  if (name.trim() === '' || /[\\"]/.test(name) || hasControls(name))
    return `is not a valid name for ${withArticle(type)}.`;
  if (countedNames[type]?.isIdentifier !== true || identifier.test(name)) return undefined;
  return `is not a valid name for ${withArticle(type)}: letters, digits and underscores, no digit first.`;
}

/** A Work Unit is a file, a physical folder a directory: of some names it would be another one on Windows, or none. */
function fileNameProblem(name: string): string | undefined {
  return name.startsWith(' ') ? 'begins with a blank' : windowsNameProblem(name);
}

function withArticle(type: string): string {
  return `${/^[AEIOU]/.test(type) ? 'an' : 'a'} ${type}`;
}

const mayBeUnnamed: ReadonlySet<string> = new Set(['Action', 'MusicPlaylistItem']);

/** Public projects have no other names of these types (reference in name-rules.gen.ts). */
const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

function hasControls(name: string): boolean {
  return [...name].some((letter) => letter < ' ');
}

/** The name itself where the type takes it, else the nearest that it takes: `Play Wind!` becomes `Play_Wind`. */
export function nearestValidName(name: string, type: string): string {
  if (nameProblem(name, type) === undefined) return name;
  const isIdentifier = countedNames[type]?.isIdentifier === true;
  const kept = isIdentifier ? asIdentifier(name) : name.replaceAll(/[\\/:*?"<>|]/g, '_').trim();
  const printable = [...kept].filter((letter) => letter >= ' ').join('');
  const ended = type === 'WorkUnit' ? printable.slice(0, 250).replace(/[. ]+$/, '') : printable;
  // What Windows keeps for itself, such as CON, is free with a sign more.
  const candidates = ended === '' ? [] : [ended, `_${ended}`];
  return candidates.find((candidate) => nameProblem(candidate, type) === undefined) ?? type;
}

/** Letters lose their marks, what is none becomes one underscore between two that are, and a digit gets one in front. */
function asIdentifier(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '');
  const joined = plain.replaceAll(/[^A-Za-z0-9_]+/g, '_');
  const ended = withoutEnding(joined, '_');
  const bare = plain.endsWith(joined.slice(ended.length)) ? joined : ended;
  const led = plain.startsWith('_') ? bare : bare.replace(/^_+/, '');
  return /^[0-9]/.test(led) ? `_${led}` : led;
}
