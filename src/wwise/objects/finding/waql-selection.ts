import { z } from 'zod';
import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import { visitInTurns } from '../../../core/turns/turns.ts';
import { refReturns } from '../rows/object-row.ts';
import { askRows } from './ask-rows.ts';
import { explainMissing } from './explain-missing.ts';
import type { ProjectAccess } from './find-object.ts';
import { mainBusInQuery } from './main-bus.ts';
import { inProjectWords, isUnfinishedPath, tidyDesignator } from './object-designator.ts';

/** The input field of commands that work on what a query finds. */
export const selectionQuery = z
  .string()
  .trim()
  .min(1)
  .max(20_000)
  .describe('WAQL: from type Sound where name : "foot".');

/** More objects than this in one go are a mistake more often than a wish. */
export const mostSelected = 2_000;

/**
 * What a WAQL query finds, each object once. Throws INVALID_INPUT for more than `mostSelected` objects, else like Waapi;
 * a missing object named in the query is explained.
 */
export async function selectByWaql(
  query: string,
  returns: readonly string[],
  access: ProjectAccess,
): Promise<readonly JsonObject[]> {
  const waql = await inWaqlWords(query, access);
  const [sources = ''] = sourceObjects.exec(waql.slice(2)) ?? [];
  const unfinished = [...sources.matchAll(/"([^"]*)"/g)].flatMap(([, name = '']) =>
    isUnfinishedPath(name) ? [name] : [],
  );
  if (unfinished.length > 0) throw await explainMissing(unfinished, access);
  const all = [...refReturns, ...returns];
  const rows = await orMainBus(waql, (text) => askRows(text, all, access), access).catch(
    async (thrown: unknown) => {
      const error = toWwiseFlowError(thrown);
      const named = [...waql.matchAll(/"(\\[^"]*|\{[^"]*\})"/g)].flatMap(([, name]) => name ?? []);
      throw error.code === 'OBJECT_NOT_FOUND' && named.length > 0
        ? await explainMissing(named, access)
        : error;
    },
  );
  const distinct = new Map<unknown, JsonObject>();
  await visitInTurns(rows, (row) => distinct.set(row.id, row));
  if (distinct.size <= mostSelected) return [...distinct.values()];
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `The query finds ${distinct.size} objects; ${mostSelected} is the most in one go.`,
    {
      hint: 'Narrow the query, for example by a path or a name, and do it in parts.',
      details: { query, found: distinct.size, most: mostSelected },
    },
  );
}

/**
 * A query with a leading $ and the root folders of its paths named as this project names them. Where it begins with
 * objects, their paths may be written with slashes or with doubled backslashes.
 */
export async function inWaqlWords(query: string, access: Pick<ProjectAccess, 'project'>): Promise<string> {
  const text = query
    .replace(/^\$\s*/, '')
    .replace(sourceObjects, (objects) =>
      objects.replaceAll(/"([\\/][^"]*)"/g, (_, path: string) => `"${tidyDesignator(path)}"`),
    );
  if (!pathLiteral.test(text)) return `$ ${text}`;
  const { year } = await access.project();
  return `$ ${text.replaceAll(new RegExp(pathLiteral, 'g'), (_, path: string) => `"${inProjectWords(path, year)}"`)}`;
}

/**
 * What the query gives, asked again with the main bus as this project calls it where an object was not found and may be that.
 */
export async function orMainBus<T>(
  waql: string,
  ask: (waql: string) => Promise<T>,
  access: Pick<ProjectAccess, 'waapi'>,
): Promise<T> {
  try {
    return await ask(waql);
  } catch (thrown) {
    if (toWwiseFlowError(thrown).code !== 'OBJECT_NOT_FOUND') throw thrown;
    const renamed = await mainBusInQuery(waql, access);
    if (renamed === waql) throw thrown;
    return ask(renamed);
  }
}

const sourceObjects = /^\s*(?:from\s+object\s+)?(?:"[^"]*"[\s,]*)+/i;

const pathLiteral = /"(\\[^"]*)"/;
