import { asJsonArray, isJsonObject } from '../../../core/json.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { type CreatedRef, createdRefOf, refReturns } from '../rows/object-row.ts';

/** Children of a parent (a designator in project words) called `name`, or `name` with a number behind it. The exact name comes first. */
export async function namesakes(
  parent: string,
  name: string,
  context: Pick<CommandContext, 'waapi'>,
): Promise<readonly CreatedRef[]> {
  const answer = await context.waapi.call(
    'ak.wwise.core.object.get',
    { waql: `$ "${parent}" select children` },
    { return: [...refReturns, 'parent'] },
  );
  const children = asJsonArray(answer.return).filter(isJsonObject).map(createdRefOf);
  return namesakesAmong(children, name);
}

/** Of these, those called `name`, then those called so with a number behind it. */
export function namesakesAmong<T extends { readonly name: string }>(
  children: readonly T[],
  name: string,
): readonly T[] {
  const wanted = name.toLowerCase();
  const exact: T[] = [];
  const numbered: T[] = [];
  for (const child of children) {
    const other = child.name.toLowerCase();
    if (!other.startsWith(wanted)) continue;
    if (other === wanted) exact.push(child);
    else if (/^[ _-]*\d+$/.test(other.slice(wanted.length))) numbered.push(child);
  }
  return [...exact, ...numbered];
}
