import { asJsonArray, isJsonObject } from '../base/json.ts';
import type { CommandContext } from './command.ts';
import { type CreatedRef, createdRefOf, refReturns } from './object-row.ts';

/** Children of a parent (a designator in project words) called `name`, or `name` with a number behind it. The exact name comes first. */
export async function namesakes(
  parent: string,
  name: string,
  context: Pick<CommandContext, 'waapi'>,
): Promise<readonly CreatedRef[]> {
  const wanted = name.toLowerCase();
  const answer = await context.waapi.call(
    'ak.wwise.core.object.get',
    { waql: `$ "${parent}" select children` },
    { return: [...refReturns, 'parent'] },
  );
  const children = asJsonArray(answer.return).filter(isJsonObject).map(createdRefOf);
  const exact = (child: CreatedRef) => child.name.toLowerCase() === wanted;
  const numbered = ({ name: other }: CreatedRef) =>
    other.toLowerCase().startsWith(wanted) && /^[ _-]*\d+$/.test(other.slice(wanted.length));
  return [...children.filter(exact), ...children.filter(numbered)];
}
