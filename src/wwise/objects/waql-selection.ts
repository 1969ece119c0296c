import { z } from 'zod';
import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { askRows } from './ask-rows.ts';
import { explainMissing } from './explain-missing.ts';
import type { ProjectAccess } from './find-object.ts';
import { inProjectWords, isUnfinishedPath, tidyDesignator } from './object-designator.ts';
import { refReturns } from './object-row.ts';

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
export async function selectObjects(
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
  const rows = await askRows(waql, [...refReturns, ...returns], access).catch(async (thrown: unknown) => {
    const error = toWwiseFlowError(thrown);
    const named = [...waql.matchAll(/"(\\[^"]*|\{[^"]*\})"/g)].flatMap(([, name]) => name ?? []);
    throw error.code === 'OBJECT_NOT_FOUND' && named.length > 0 ? await explainMissing(named, access) : error;
  });
  const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
  if (distinct.length <= mostSelected) return distinct;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `The query finds ${distinct.length} objects; ${mostSelected} is the most in one go.`,
    {
      hint: 'Narrow the query, for example by a path or a name, and do it in parts.',
      details: { query, found: distinct.length, most: mostSelected },
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

const sourceObjects = /^\s*(?:from\s+object\s+)?(?:"[^"]*"[\s,]*)+/i;

const pathLiteral = /"(\\[^"]*)"/;
