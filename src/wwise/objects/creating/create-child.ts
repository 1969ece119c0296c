import { type ErrorCode, toWwiseFlowError, type WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asString, type Json, type JsonObject } from '../../../core/json.ts';
import type { CallControl } from '../../connection/waapi.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { askRows } from '../finding/ask-rows.ts';
import { explainMissing } from '../finding/explain-missing.ts';
import { type FindOptions, findObject, projectWords } from '../finding/find-object.ts';
import { mayNameMainBus, withMainBus } from '../finding/main-bus.ts';
import { namesakes } from '../finding/namesakes.ts';
import { isPath, isUnfinishedPath } from '../finding/object-designator.ts';
import { withRowBehind } from '../finding/row-behind.ts';
import { type CreatedRef, createdRefOf, type FoundObject, refOf } from '../rows/object-row.ts';
import type { ChildSpec } from './child-spec.ts';
import { explainRefusedCreate } from './explain-refused-create.ts';

/**
 * Creates an object under `parent` and reads it back, with these return expressions too.
 * Throws NAME_CONFLICT with the existing object, INVALID_INPUT for an unknown type, UNKNOWN_PROPERTY, else CREATE_FAILED.
 */
export async function createChild(
  parent: ParentToBe,
  spec: ChildSpec,
  context: CommandContext,
  returns: readonly string[] = [],
): Promise<ReadChild> {
  let made: Made;
  try {
    made = await create(parent, spec, context, { returns: ['parent', ...returns] });
  } catch (thrown) {
    const found = await parentOf(parent, toWwiseFlowError(thrown), context);
    throw await explainRefusedCreate(toWwiseFlowError(thrown), found, spec, context.waapi);
  }
  const { id, row } = made;
  return row === undefined ? readBack(id, context, returns) : { ...createdRefOf(row), row };
}

interface Made {
  readonly id: string;
  /** Of what stands under its name behind the call, where that is it. */
  readonly row: JsonObject | undefined;
}

async function create(
  parent: ParentToBe,
  { members, ...main }: ChildSpec,
  { waapi }: CommandContext,
  asked: FindOptions,
): Promise<Made> {
  const make = (control: CallControl): Promise<JsonObject> =>
    waapi.call('ak.wwise.core.object.create', { ...members, ...main, parent: parent.id }, {}, control);
  const parentPath = parent.path ?? parent.id;
  // Other names than the one asked for are not known before.
  if (main.onNameConflict !== 'fail' || !isPath(parentPath) || /["\\]/.test(main.name))
    return { id: asString((await make({})).id) ?? '', row: undefined };
  const { answer, row } = await withRowBehind(`${parentPath}\\${main.name}`, asked, make);
  const id = asString(answer.id) ?? '';
  return { id, row: row !== undefined && refOf(row).id === id.toUpperCase() ? row : undefined };
}

/** A new child as it was read back, with the values that were asked for in its row. */
export interface ReadChild extends CreatedRef {
  readonly row: JsonObject;
}

/** The object to create below: found, or by a path that Wwise is left to find. */
export type ParentToBe = FoundObject | { readonly id: string; readonly path?: undefined };

/** The parent that a path names, without a look at it; undefined for what must be looked up, as another name of the main bus. */
export async function parentByPath(
  designator: string,
  context: Pick<CommandContext, 'project'>,
): Promise<ParentToBe | undefined> {
  const isPlain = isPath(designator) && designator.length > 1 && !isUnfinishedPath(designator);
  if (!isPlain || mayNameMainBus(designator)) return undefined;
  const [id] = await projectWords([designator], context);
  return id === undefined ? undefined : { id };
}

/** Errors of the connection say themselves what is wrong; the parent of another may be what is. */
async function parentOf(
  parent: ParentToBe,
  error: WwiseFlowError,
  context: CommandContext,
): Promise<FoundObject> {
  if (parent.path !== undefined) return parent;
  if (!refusals.has(error.code)) throw error;
  return findObject(parent.id, context);
}

/** What Wwise says of a call that it did not execute. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'WAAPI_ERROR',
  'NAME_CONFLICT',
  'OBJECT_NOT_FOUND',
  'UNKNOWN_PROPERTY',
  'INVALID_QUERY',
]);

/**
 * What is journalled before a create: the children whose name could be the new one's. Only `rename` gives another than the one
 * asked for, and that one is found by its path, however many others there are.
 */
export async function namesakesBefore(
  parent: string,
  name: string,
  context: CommandContext,
  onNameConflict: ChildSpec['onNameConflict'] = 'rename',
): Promise<Json> {
  const direct = onNameConflict === 'rename' ? undefined : await parentByPath(parent, context);
  if (direct === undefined) return (await namesakesUnder(parent, name, context)).map((child) => child.id);
  const there = await askRows(`$ "${direct.id}\\${name}"`, ['id'], context).catch((thrown: unknown) => {
    if (toWwiseFlowError(thrown).code === 'OBJECT_NOT_FOUND') return [];
    throw thrown;
  });
  return there.map((row) => refOf(row).id);
}

export interface Settlement {
  readonly parent: string;
  readonly name: string;
  readonly type: string;
  /** With `rename`, Wwise may have put a number behind the name. */
  readonly onNameConflict: ChildSpec['onNameConflict'];
  readonly before: Json;
}

/**
 * After a crash between call and answer: the child of that name and type that was not there before, or null.
 */
export async function settleChild(
  settlement: Settlement,
  context: CommandContext,
): Promise<CreatedRef | null> {
  const { parent, name, type, onNameConflict, before } = settlement;
  const known = new Set(asJsonArray(before));
  const candidates = await namesakesUnder(parent, name, context);
  const isNew = (child: CreatedRef) =>
    child.type.toLowerCase() === type.toLowerCase() && !known.has(child.id);
  const isNamed = (child: CreatedRef) =>
    onNameConflict === 'rename' || child.name.toLowerCase() === name.toLowerCase();
  return candidates.find((child) => isNew(child) && isNamed(child)) ?? null;
}

/** One query when the parent exists; the error of a parent that does not is explained. */
async function namesakesUnder(
  parent: string,
  name: string,
  context: CommandContext,
): Promise<readonly CreatedRef[]> {
  const [word = parent] = await projectWords([parent], context);
  try {
    return await namesakes(word, name, context);
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'OBJECT_NOT_FOUND') throw error;
    const [renamed = word] = await withMainBus([word], context);
    if (renamed === word) throw await explainMissing([word], context);
    return namesakes(renamed, name, context);
  }
}

async function readBack(id: string, context: CommandContext, returns: readonly string[]): Promise<ReadChild> {
  const { row } = await findObject(id, context, { returns: ['parent', ...returns] });
  return { ...createdRefOf(row), row };
}
