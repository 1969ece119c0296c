import type { WwiseObject } from '../../model/model.ts';
import { childNamed, freeName } from '../../model/sibling-names.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

export type NameConflictMode = 'fail' | 'rename' | 'replace' | 'merge';

/** What to do about a child that may already have the name. */
export interface ConflictDecision {
  /** The name to use. */
  readonly name: string;
  /** The child with that name, when the mode keeps (`merge`) or replaces it. */
  readonly existing: WwiseObject | undefined;
}

/**
 * Decides by mode; names compare without case. An empty name (Actions, list items) never conflicts, nor do the names of
 * music transitions, every one of which Wwise calls Transition, and of criteria, which are called by what they ask for.
 */
export function decideNameConflict(
  parent: WwiseObject,
  name: string,
  mode: NameConflictMode,
  procedureUri: string,
  except?: WwiseObject,
): ConflictDecision {
  const existing = childNamed(parent, name, except);
  const isFree = name === '' || existing === undefined || sharesNames.has(parent.type);
  if (isFree) return { name, existing: undefined };
  if (mode === 'fail') throw waapiErrors.nameConflict(procedureUri);
  if (mode === 'rename') return { name: freeName(name, parent.children), existing: undefined };
  return { name, existing };
}

const sharesNames = new Set(['MusicTransition', 'Query']);

export function asNameConflictMode(value: unknown): NameConflictMode {
  return value === 'rename' || value === 'replace' || value === 'merge' ? value : 'fail';
}

/** Throws when a name cannot be an object's: empty, or holding what paths and files need. */
export function checkName(name: string, type: string): void {
  if (name === '' && (type === 'Action' || type === 'MusicPlaylistItem')) return;
  const illegal = type === 'WorkUnit' ? /[\\/:*?"<>|]/ : /[\\"]/;
  const hasControl = [...name].some((letter) => letter < ' ');
  // A file or directory of that name would be another one on Windows, or none.
  const isLostOnDisk = type === 'WorkUnit' && /[. ]$|^ /.test(name);
  if (name.trim() === '' || illegal.test(name) || hasControl || isLostOnDisk) {
    throw waapiErrors.invalidArguments(`"${name}" is not a valid name for a ${type}.`, { name, type });
  }
}
