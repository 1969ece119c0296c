import { asJsonArray, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { type FoundObject, referenceIdOf, refOf, refReturns } from '../rows/object-row.ts';
import { askRows } from './ask-rows.ts';
import { type FindOptions, findObject, type ProjectAccess, projectWords } from './find-object.ts';
import { isGuid, isPath, isUnfinishedPath } from './object-designator.ts';

/** An object with what is right above and below it. */
export interface FoundWithRelatives {
  readonly found: FoundObject;
  /** Null for the project. */
  readonly parent: JsonObject | null;
  readonly children: readonly JsonObject[];
}

/** The one object this designator names, with its parent and children: in one query where that answers, else in two. See findObject. */
export async function findWithRelatives(
  designator: string,
  access: ProjectAccess,
  options: FindOptions = {},
): Promise<FoundWithRelatives> {
  const returns = ['parent', ...(options.returns ?? [])];
  const atOnce = await askAtOnce(designator, access, { ...options, returns });
  if (atOnce !== undefined) return atOnce;
  const found = await findObject(designator, access, { ...options, returns });
  const around = await askRows(`$ "${found.id}" select parent, children`, refReturns, access);
  return { found, ...relativesOf(found, around) };
}

/** Undefined where the answer does not say which row is which, and where Wwise refuses: then it is found out why. */
async function askAtOnce(
  designator: string,
  access: ProjectAccess,
  { returns = [], platform }: FindOptions,
): Promise<FoundWithRelatives | undefined> {
  const [word = ''] = await projectWords([designator], access);
  if (!(isGuid(word) || isPath(word)) || isUnfinishedPath(word)) return undefined;
  const waql = `$ "${word}" select this, parent, children`;
  const asked = [...new Set([...refReturns, ...returns])];
  const answer = await access.waapi
    .call(
      'ak.wwise.core.object.get',
      { waql },
      { return: asked, ...(platform === undefined ? {} : { platform }) },
    )
    .catch(() => undefined);
  const [row, ...around] = asJsonArray(answer?.return).filter(isJsonObject);
  if (row === undefined) return undefined;
  const found = { ...refOf(row), row };
  const relatives = relativesOf(found, around);
  const areChildren = relatives.children.every((child) => referenceIdOf(child.parent) === found.id);
  return areChildren ? { found, ...relatives } : undefined;
}

function relativesOf({ row }: FoundObject, around: readonly JsonObject[]) {
  const parentId = referenceIdOf(row.parent);
  const isParent = (one: JsonObject) => parentId !== null && refOf(one).id === parentId;
  return {
    parent: around.find(isParent) ?? null,
    children: around.filter((one) => !isParent(one)),
  };
}
