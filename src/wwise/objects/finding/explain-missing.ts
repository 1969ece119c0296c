import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asString, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { nearest } from '../../../core/text/nearest.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { knownTypes } from '../types/type-members.ts';
import { nearestTypes } from '../types/unknown-type.ts';
import { isGuid, isPath, isUnfinishedPath } from './object-designator.ts';

/** How many children an error lists at most. */
const LISTED_CHILDREN = 20;

/**
 * OBJECT_NOT_FOUND for the first of these designators (in project words) that names nothing: with the deepest ancestor
 * that exists and the names there most like the missing one. Asks Wwise a few more times; only errors pay for that.
 */
export async function explainMissing(
  designators: readonly string[],
  access: { readonly waapi: Waapi },
): Promise<WwiseFlowError> {
  const missing = await firstMissing(designators, access.waapi);
  if (isPath(missing)) return explainPath(missing, access.waapi);
  if (isGuid(missing)) {
    return new WwiseFlowError('OBJECT_NOT_FOUND', `No object has the GUID ${missing}.`, {
      hint: 'It was deleted or belongs to another project: find the object with query_waql and use its present id.',
      details: { object: missing },
    });
  }
  return explainName(missing, access.waapi);
}

async function firstMissing(designators: readonly string[], waapi: Waapi): Promise<string> {
  for (const designator of designators.slice(0, -1)) {
    if (!(await exists(designator, waapi))) return designator;
  }
  return designators.at(-1) ?? '';
}

async function explainPath(path: string, waapi: Waapi): Promise<WwiseFlowError> {
  if (isUnfinishedPath(path)) {
    return new WwiseFlowError('OBJECT_NOT_FOUND', `No object "${path}": a part of the path is empty.`, {
      hint: 'Give the path without the slash too many for the object above it; for an object without a name its id.',
      details: { object: path },
    });
  }
  const segments = path.split('\\').slice(1);
  // Ancestors exist up to some depth and not below it, so the depth is found by halving.
  let deepest = 0;
  for (let missingAt = segments.length; missingAt - deepest > 1; ) {
    const middle = (deepest + missingAt) >> 1;
    if (await exists(pathOf(segments, middle), waapi)) deepest = middle;
    else missingAt = middle;
  }
  const ancestor = pathOf(segments, deepest);
  const wanted = segments[deepest] ?? '';
  const children = await namesOf(`$ "${ancestor}" select children`, waapi);
  const candidates = nearest(wanted, children).map((name) => pathOf([...segments.slice(0, deepest), name]));
  const meant =
    candidates.length === 0 ? '' : ` Did you mean ${candidates.map((name) => `"${name}"`).join(' or ')}?`;
  const where = deepest === 0 ? 'the project has no root folder' : `"${ancestor}" has no child`;
  return new WwiseFlowError('OBJECT_NOT_FOUND', `No object "${path}": ${where} "${wanted}".${meant}`, {
    hint:
      candidates.length > 0
        ? 'Use one of details.candidates, or create the missing object first.'
        : 'Use one of details.children below details.ancestor, or create the missing object first.',
    details: {
      object: path,
      ancestor,
      missing: wanted,
      candidates,
      children: children.slice(0, LISTED_CHILDREN),
    },
  });
}

async function explainName(designator: string, waapi: Waapi): Promise<WwiseFlowError> {
  const [, type = '', name = ''] = /^([A-Za-z]+):(.*)$/.exec(designator) ?? [];
  if (type === '') return explainBareName(designator, waapi);
  const namesakes = await rowsOf(`$ from type ${type} where name = "${name}" take 5`, waapi);
  if (namesakes.length > 0) return explainAmbiguousType(designator, type, namesakes);
  const names = await namesOf(`$ from type ${type} take 5000`, waapi);
  if (names.length === 0) return explainNoneOfType(designator, type, waapi);
  const candidates = await usableNames(type, nearest(name, names), waapi);
  const meant =
    candidates.length === 0 ? '' : ` Did you mean ${candidates.map((near) => `"${near}"`).join(' or ')}?`;
  return new WwiseFlowError('OBJECT_NOT_FOUND', `No object is named "${designator}".${meant}`, {
    hint: 'Type:Name works for types with project-wide unique names (Event, Bus, ...); otherwise give a path or GUID.',
    details: { object: designator, candidates, names: names.slice(0, LISTED_CHILDREN) },
  });
}

/** Objects of these names in words that can be given back: by path where names of the type are not unique. */
async function usableNames(type: string, names: readonly string[], waapi: Waapi): Promise<string[]> {
  const [first] = names;
  if (first === undefined) return [];
  if (await exists(`${type}:${first}`, waapi)) return names.map((name) => `${type}:${name}`);
  const called = await Promise.all(
    names.map((name) => rowsOf(`$ from type ${type} where name = "${name}" take 3`, waapi)),
  );
  return called.flat().flatMap((row) => asString(row.path) ?? []);
}

async function explainNoneOfType(designator: string, type: string, waapi: Waapi): Promise<WwiseFlowError> {
  const known = (await knownTypes(waapi)).map(({ name }) => name);
  const isKnown = known.some((name) => name.toLowerCase() === type.toLowerCase());
  const candidates = isKnown ? [] : nearestTypes(type, known).map((near) => designator.replace(type, near));
  const meant =
    candidates.length === 0 ? '' : ` Did you mean ${candidates.map((near) => `"${near}"`).join(' or ')}?`;
  const why = isKnown ? `the project has no ${type} at all` : `"${type}" is no object type`;
  return new WwiseFlowError('OBJECT_NOT_FOUND', `No object is named "${designator}": ${why}.${meant}`, {
    hint: isKnown ? `Create the ${type} first.` : 'Give a path or GUID, or the right type.',
    details: { object: designator, candidates },
  });
}

/** A name says neither where nor what: the objects that are called so are listed. */
async function explainBareName(name: string, waapi: Waapi): Promise<WwiseFlowError> {
  const rows = await rowsOf(`$ where name = "${name}" take 5`, waapi);
  const called = rows.flatMap((row) => asString(row.path) ?? []).filter((path) => path !== '');
  const candidates = called.length > 0 ? called : await rootsLike(name, waapi);
  const meant =
    candidates.length === 0 ? '' : ` Did you mean ${candidates.map((path) => `"${path}"`).join(' or ')}?`;
  return new WwiseFlowError('OBJECT_NOT_FOUND', `"${name}" is no path, GUID or Type:Name.${meant}`, {
    hint: candidates.length > 0 ? 'Use one of details.candidates.' : 'Find the object with search.',
    details: { object: name, candidates },
  });
}

async function rootsLike(name: string, waapi: Waapi): Promise<string[]> {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const roots = await namesOf('$ "\\" select children', waapi);
  const same = roots.filter((root) => plain(root) === plain(name));
  return (same.length > 0 ? same : nearest(name, roots)).map((root) => `\\${root}`);
}

/** Wwise looks up by name only where names are unique in the project; a Sound of that name may well exist. */
function explainAmbiguousType(
  designator: string,
  type: string,
  namesakes: readonly JsonObject[],
): WwiseFlowError {
  const candidates = namesakes.flatMap((row) => asString(row.path) ?? []);
  return new WwiseFlowError(
    'OBJECT_NOT_FOUND',
    `"${designator}" names no object: a ${type} cannot be given by name, because names of this type are not unique.`,
    { hint: 'Use one of details.candidates.', details: { object: designator, candidates } },
  );
}

function pathOf(segments: readonly string[], depth = segments.length): string {
  return `\\${segments.slice(0, depth).join('\\')}`;
}

async function exists(designator: string, waapi: Waapi): Promise<boolean> {
  if (isUnfinishedPath(designator)) return false;
  return (await rowsOf(`$ "${designator}"`, waapi)).length > 0;
}

async function namesOf(waql: string, waapi: Waapi): Promise<string[]> {
  const names = (await rowsOf(waql, waapi)).flatMap((row) => asString(row.name) ?? []);
  return [...new Set(names.filter((name) => name !== ''))];
}

/** The rows, or none when Wwise refuses the query: an explanation must not fail for want of a detail. */
async function rowsOf(waql: string, waapi: Waapi): Promise<readonly JsonObject[]> {
  try {
    const answer = await waapi.call('ak.wwise.core.object.get', { waql }, { return: ['id', 'name', 'path'] });
    return asJsonArray(answer.return).filter(isJsonObject);
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (['OBJECT_NOT_FOUND', 'INVALID_QUERY', 'WAAPI_ERROR'].includes(error.code)) return [];
    throw error;
  }
}
