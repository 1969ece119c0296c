import { WwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { type ObjectRef, refOf, refReturns } from '../rows/object-row.ts';
import { askRows } from './ask-rows.ts';
import { lookUpObjects } from './look-up-objects.ts';
import { keyOfName, namePattern } from './name-pattern.ts';
import { inProjectWords, isGuid, isPath, isUnfinishedPath, tidyDesignator } from './object-designator.ts';

/** An object that a person may have meant, as dialogues take it. */
export interface MeantObject {
  /** Its path; its GUID where others have the same path. */
  readonly value: string;
  /** Its path. */
  readonly label: string;
  readonly type: string;
}

/**
 * Looks up what a person may have called objects of the open project: for each phrase those whose path or GUID it is, or whose name
 * it is whatever the signs between words and the case. At most two queries where no phrase is a path. Rejects like Waapi, and with
 * AMBIGUOUS_OBJECT where more names fit than can be looked at.
 */
export function createSaidObjects(
  waapi: Waapi,
): (phrases: readonly string[]) => Promise<ReadonlyMap<string, readonly MeantObject[]>> {
  return async (phrases) => {
    const found = new Map<string, readonly ObjectRef[]>([
      ...(await byDesignator(phrases, waapi)),
      ...(await byName(phrases, waapi)),
    ]);
    const all = [...new Map([...found.values()].flat().map((one) => [one.id, one])).values()];
    const atPath = grouped(all, ({ path }) => path);
    const meant = ({ id, path, type }: ObjectRef): MeantObject => ({
      value: (atPath.get(path)?.length ?? 0) > 1 ? id : path,
      label: path,
      type,
    });
    return new Map([...found].map(([phrase, objects]) => [phrase, objects.map(meant)]));
  };
}

/** Objects whose names fit; more are not looked at. */
const MOST_NAMED = 2_000;

type FoundObjects = readonly (readonly [phrase: string, objects: readonly ObjectRef[]])[];

async function byDesignator(phrases: readonly string[], waapi: Waapi): Promise<FoundObjects> {
  const asked = phrases.flatMap((phrase) => {
    const designator = tidyDesignator(phrase);
    return isGuid(designator) || (isPath(designator) && !isUnfinishedPath(designator))
      ? [{ phrase, ways: waysOf(designator) }]
      : [];
  });
  if (asked.length === 0) return [];
  const rows = await lookUpObjects([...new Set(asked.flatMap(({ ways }) => ways))], [], {}, waapi);
  return asked.flatMap(({ phrase, ways }) => {
    const row = ways.map((way) => rows.get(way)).find((one) => one !== undefined);
    return row === undefined ? [] : [[phrase, [refOf(row)]] as const];
  });
}

/** Root folders have two names, by the year of the project; here either will do. */
function waysOf(designator: string): readonly string[] {
  const ways = [designator, inProjectWords(designator, 2025), inProjectWords(designator, 2024)];
  return [...new Set(ways.map((way) => way.replaceAll('"', '')))];
}

async function byName(phrases: readonly string[], waapi: Waapi): Promise<FoundObjects> {
  const keys = phrases
    .filter((phrase) => !isPath(phrase))
    .map((phrase) => [phrase, keyOfName(phrase)] as const);
  const pattern = namePattern([...new Set(keys.map(([, key]) => key))]);
  if (pattern === undefined) return [];
  const rows = await askRows(`$ where name = /${pattern}/ take ${MOST_NAMED + 1}`, refReturns, { waapi });
  if (rows.length > MOST_NAMED) throw tooMany(rows);
  const named = grouped(rows.map(refOf), ({ name }) => keyOfName(name));
  return keys.flatMap(([phrase, key]) => {
    const objects = key === '' ? undefined : named.get(key);
    return objects === undefined ? [] : [[phrase, objects] as const];
  });
}

function grouped(
  objects: readonly ObjectRef[],
  keyOf: (object: ObjectRef) => string,
): ReadonlyMap<string, readonly ObjectRef[]> {
  const groups = new Map<string, ObjectRef[]>();
  for (const object of objects) {
    const group = groups.get(keyOf(object)) ?? [];
    group.push(object);
    groups.set(keyOf(object), group);
  }
  return groups;
}

function tooMany(rows: readonly JsonObject[]): WwiseFlowError {
  const examples = [...new Set(rows.map((row) => refOf(row).name))].slice(0, 5);
  return new WwiseFlowError(
    'AMBIGUOUS_OBJECT',
    `More than ${MOST_NAMED} objects have a name that was said.`,
    {
      hint: 'Give the path of the one that is meant.',
      details: { names: examples },
    },
  );
}
