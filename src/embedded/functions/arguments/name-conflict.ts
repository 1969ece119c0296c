import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { nameProblem, nearestValidName } from '../../model/naming/name-rules.ts';
import { childByName, freeChildName } from '../../model/naming/sibling-names.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';

export type NameConflictMode = 'fail' | 'rename' | 'replace' | 'merge';

/** What to do about a child that may already have the name. */
export interface ConflictDecision {
  /** The name to use. */
  readonly name: string;
  /** The child with that name, when the mode keeps (`merge`) or replaces it. */
  readonly existing: WwiseObject | undefined;
}

/** Where an object is to have a name. */
export interface NameScope {
  readonly model: ProjectModel;
  readonly parent: WwiseObject;
  readonly type: string;
  /** The object itself, where it is there already. */
  readonly except?: WwiseObject | undefined;
}

/**
 * Decides by mode; names compare without case. An empty name (Actions, list items) never conflicts, nor do the names of
 * music transitions, every one of which Wwise calls Transition, and of criteria, which are called by what they ask for.
 * Names of Events, busses and others are unique in the project: what has one elsewhere is neither merged nor replaced.
 */
export function decideNameConflict(
  scope: NameScope,
  name: string,
  mode: NameConflictMode,
  procedureUri: string,
): ConflictDecision {
  const { model, parent, type, except } = scope;
  const existing = childByName(parent, name, except);
  if (name === '' || sharesNames.has(parent.type)) return { name, existing: undefined };
  // What keeps its name may have a twin from of old: it is not made worse.
  const isNew = except?.name.toLowerCase() !== name.toLowerCase();
  const isTaken = isNew && (existing === undefined || mode !== 'merge');
  const elsewhere = isTaken
    ? model.namesakes(type, parent, name).find((one) => one !== except && one !== existing)
    : undefined;
  if (existing === undefined && elsewhere === undefined) return { name, existing: undefined };
  if (mode === 'rename') return { name: freeNameAt(scope, name), existing: undefined };
  if (existing !== undefined && mode === 'fail') throw waapiErrors.nameConflict(procedureUri);
  if (elsewhere !== undefined)
    throw waapiErrors.nameInUse(procedureUri, name, type, model.path(elsewhere), freeNameAt(scope, name));
  return { name, existing };
}

const sharesNames = new Set(['MusicTransition', 'Query']);

/** The name, or the next of `name_01`, `name_02`... that neither a sibling nor the project has. */
function freeNameAt({ model, parent, type }: NameScope, name: string): string {
  return freeChildName(name, parent, (candidate) => model.namesakes(type, parent, candidate).length > 0);
}

export function asNameConflictMode(value: unknown): NameConflictMode {
  return value === 'rename' || value === 'replace' || value === 'merge' ? value : 'fail';
}

/** Throws when a name cannot be that of an object of the type, with the nearest that can. */
export function checkName(name: string, type: string): void {
  const problem = nameProblem(name, type);
  if (problem === undefined) return;
  const candidate = nearestValidName(name, type);
  throw waapiErrors.invalidName(`"${name}" ${problem}`, name, type, candidate);
}
