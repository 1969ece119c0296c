import type { JsonObject } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import type { Change } from './change.ts';
import { onlyByUndo } from './inverse-of.ts';

/** What the calls of a command are kept as, where the backend reverts them to the letter. */
export interface KeptSteps {
  /** What a call was kept as; null where it cannot be reverted so. */
  readonly add: (steps: readonly JsonObject[] | null) => void;
  /** The change by which all of these come back; none where they do without, or the backend does not. */
  for(changes: readonly Change[]): readonly Change[];
}

export function keepSteps(waapi: Waapi): KeptSteps {
  const steps: JsonObject[] = [];
  let isWhole = true;
  let size = 0;
  return {
    add: (more) => {
      size += more === null || !isWhole ? 0 : JSON.stringify(more).length;
      isWhole &&= more !== null && size <= mostCharacters;
      if (isWhole && more !== null) steps.push(...more);
      else steps.length = 0;
    },
    for: (changes) => {
      const { restoring } = waapi;
      if (restoring === undefined || steps.length === 0 || !isWhole) return [];
      if (!changes.some(isMoreThanAValue) && !restoring.tookObjects(steps)) return [];
      return [{ cell: { kind: 'kept', steps }, before: null, after: null }];
    },
  };
}

/** Whether the calls that set it again may leave it in another form, or change what others have hung on it since. */
function isMoreThanAValue(change: Change): boolean {
  const { cell, before, after } = change;
  const isList = cell.kind === 'value' && (Array.isArray(before) || Array.isArray(after));
  return isList || cell.kind === 'range' || cell.kind === 'answer' || onlyByUndo(change);
}

/** What a journal holds of one command. */
const mostCharacters = 8_000_000;
