import type { Json } from '../../core/json.ts';
import type { CreatedRef } from '../objects/rows/object-row.ts';
import { type Claim, notesHeld, valuesHeld } from './claim.ts';
import { isMade } from './create-memo.ts';

/** An object below another one, as an input describes it. */
export interface AskedChild {
  readonly name: string;
  readonly notes?: string | undefined;
  readonly properties?: Readonly<Record<string, Json>> | undefined;
  readonly references?: Readonly<Record<string, string | null>> | undefined;
  readonly children?: readonly AskedChild[] | undefined;
}

/** Claims that everything below an object is as an input asked for; `made`: all that is below it. */
export function treeHeld(
  parentId: string,
  asked: readonly AskedChild[],
  made: readonly CreatedRef[],
): readonly Claim[] {
  const free = made.filter((one) => one.parentId === parentId);
  return asked.flatMap((child): readonly Claim[] => {
    const at = free.findIndex(({ name }) => name.toLowerCase() === child.name.toLowerCase());
    const [found] = at < 0 ? [] : free.splice(at, 1);
    if (found === undefined) return [];
    return [
      isMade(found),
      ...valuesHeld(found.id, child.properties),
      ...valuesHeld(found.id, child.references),
      ...notesHeld(found.id, child.notes),
      ...treeHeld(found.id, child.children ?? [], made),
    ];
  });
}
