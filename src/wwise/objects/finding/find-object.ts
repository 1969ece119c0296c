import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { type FoundObject, refOf, refReturns } from '../rows/object-row.ts';
import { explainMissing } from './explain-missing.ts';
import { withMainBus } from './main-bus.ts';
import { inProjectWords, isPath, isUnfinishedPath } from './object-designator.ts';
import { withUniqueNames } from './unique-names.ts';

/** What finding objects needs of a command's context. */
export type ProjectAccess = Pick<CommandContext, 'waapi' | 'project' | 'lookAtFiles'>;

export interface FindOptions {
  /** More return expressions, e.g. `@Volume`; found in `row`. */
  readonly returns?: readonly string[] | undefined;
  /** Platform whose values are asked for; default: the current one. */
  readonly platform?: string | undefined;
}

/**
 * The objects these designators name, in the same order, with one query.
 * Throws OBJECT_NOT_FOUND for the first that names nothing, with its deepest existing ancestor and the nearest candidates,
 * and AMBIGUOUS_OBJECT for one that Wwise answers with several objects.
 */
export async function findObjects(
  designators: readonly string[],
  access: ProjectAccess,
  options: FindOptions = {},
): Promise<readonly FoundObject[]> {
  const words = await projectWords(designators, access);
  if (words.some(isUnfinishedPath)) throw await explainMissing(words, access);
  const distinct = [...new Set(words)];
  const found = new Map<string, FoundObject>();
  const rows = await ask(distinct, access, options);
  // Wwise answers in the written order, one row per name; should it not, the names are asked one by one.
  const oneByOne = rows.length !== distinct.length;
  for (const [index, word] of distinct.entries()) {
    const [row, ...others] = oneByOne ? await ask([word], access, options) : rows.slice(index, index + 1);
    if (row !== undefined && others.length > 0) throw ambiguous(word, [row, ...others]);
    const asked = row ?? (await otherwiseNamed(word, access, options));
    if (asked === undefined) throw await explainMissing([word], access);
    found.set(word, { ...refOf(asked), row: asked });
  }
  return words.flatMap((word) => found.get(word) ?? []);
}

/** What a designator that names nothing leads to: by another name of the main bus, or as the only one of its type and name. */
async function otherwiseNamed(
  word: string,
  access: ProjectAccess,
  options: FindOptions,
): Promise<JsonObject | undefined> {
  const [renamed = word] = await withUniqueNames(await withMainBus([word], access), access);
  return renamed === word ? undefined : (await ask([renamed], access, options))[0];
}

/** Which of them is meant cannot be guessed: the next call may delete it. */
function ambiguous(designator: string, rows: readonly JsonObject[]): WwiseFlowError {
  const candidates = rows.slice(0, mostCandidates).map((row) => ({ ...refOf(row) }));
  return new WwiseFlowError('AMBIGUOUS_OBJECT', `"${designator}" fits ${rows.length} objects.`, {
    hint: 'Give the id of the one that is meant, from details.candidates.',
    details: { object: designator, candidates },
  });
}

const mostCandidates = 20;

/** The one object this designator names; see findObjects. */
export async function findObject(
  designator: string,
  access: ProjectAccess,
  options: FindOptions = {},
): Promise<FoundObject> {
  const [found] = await findObjects([designator], access, options);
  if (found === undefined) throw await explainMissing([designator], access);
  return found;
}

/** Designators as this project names them. Asks which year it is only when a path needs it. */
export async function projectWords(
  designators: readonly string[],
  access: Pick<CommandContext, 'project'>,
): Promise<readonly string[]> {
  if (!designators.some(isPath)) return designators;
  const { year } = await access.project();
  return designators.map((designator) => inProjectWords(designator, year));
}

async function ask(
  words: readonly string[],
  access: ProjectAccess,
  { returns = [], platform }: FindOptions,
): Promise<readonly JsonObject[]> {
  const waql = `$ ${words.map((word) => `"${word}"`).join(', ')}`;
  const options = {
    return: [...new Set([...refReturns, ...returns])],
    ...(platform === undefined ? {} : { platform }),
  };
  try {
    const answer = await access.waapi.call('ak.wwise.core.object.get', { waql }, options);
    return asJsonArray(answer.return).filter(isJsonObject);
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'OBJECT_NOT_FOUND') throw error;
    const renamed = await withUniqueNames(await withMainBus(words, access), access);
    if (renamed.every((word, at) => word === words[at])) throw await explainMissing(words, access);
    return ask(renamed, access, { returns, platform });
  }
}
