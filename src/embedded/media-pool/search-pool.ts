import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../core/json.ts';
import { type LinearPattern, linearPattern } from '../../core/text/linear-pattern.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { OpenedProject } from '../project/opened-project.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import { guidOf, type PoolFile, poolFields, poolFile } from './pool-file.ts';

/**
 * The WAVE files of the project's Originals that fit, by path. Words of `searchText` must all occur in the path, without
 * case; every filter must hold. Throws for other databases, for unknown fields and for searches by sound: those need the
 * analysis that Wwise makes.
 */
export function searchPool(project: OpenedProject, args: JsonObject): readonly PoolFile[] {
  const database = originalsDatabase(project);
  refuseOtherDatabases(args.databases, database);
  const tests = asJsonArray(args.filters).map((filter) => testOf(asJsonObject(filter)));
  const words = (asString(args.searchText) ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const most = typeof args.maxResults === 'number' ? args.maxResults : Number.POSITIVE_INFINITY;
  const found: PoolFile[] = [];
  for (const relativePath of wavesBelow(project.originalsDir, '')) {
    if (found.length >= most) break;
    const plain = relativePath.toLowerCase();
    if (!words.every((word) => plain.includes(word))) continue;
    const file = poolFile(join(project.originalsDir, relativePath), relativePath, database);
    if (tests.every((test) => test(file))) found.push(file);
  }
  return found;
}

const databaseName = 'Project Originals';

function originalsDatabase({ model }: OpenedProject): { id: string; name: string } {
  return { id: guidOf(`${model.project.id}/${databaseName}`), name: databaseName };
}

function refuseOtherDatabases(databases: Json | undefined, { id }: { readonly id: string }): void {
  for (const designator of asJsonArray(databases).map(String)) {
    const isOurs =
      designator.toLowerCase() === `\\databases\\${databaseName}`.toLowerCase() ||
      designator.toUpperCase() === id;
    if (!isOurs) throw waapiErrors.unknownObject(designator);
  }
}

function* wavesBelow(root: string, below: string): Generator<string> {
  const items = readdirSync(join(root, below), { withFileTypes: true });
  for (const item of items.sort((a, b) => a.name.localeCompare(b.name, 'en'))) {
    const path = below === '' ? item.name : `${below}/${item.name}`;
    if (item.isDirectory()) yield* wavesBelow(root, path);
    else if (item.isFile() && item.name.toLowerCase().endsWith('.wav')) yield path;
  }
}

type Test = (file: PoolFile) => boolean;

function testOf(filter: JsonObject): Test {
  if (filter.type !== 'field') {
    throw waapiErrors.noMediaAnalysis(
      `A Media Pool filter of type "${String(filter.type)}" needs the sound analysis of Wwise. Filter by field, or use searchText.`,
    );
  }
  const field = asString(filter.field) ?? '';
  const known: readonly string[] = poolFields;
  if (!known.includes(field)) {
    throw waapiErrors.invalidArguments(`The Media Pool has no field ${JSON.stringify(field)}.`, {
      argumentName: 'filters',
      candidates: nearest(field, known),
    });
  }
  const operator = asString(filter.operator) ?? 'equals';
  const compare = comparisons(filter.value)[operator];
  if (compare === undefined)
    throw waapiErrors.invalidArguments(`The Media Pool has no operator "${operator}".`, {
      argumentName: 'filters',
    });
  return (file) => {
    const value = file.value(field);
    return value === undefined || value === null ? operator === 'notEquals' : compare(value);
  };
}

function comparisons(wanted: Json | undefined): Readonly<Record<string, (value: Json) => boolean>> {
  const text = String(wanted ?? '').toLowerCase();
  const number = Number(wanted);
  const plain = (value: Json): string => String(value).toLowerCase();
  const equal = (value: Json): boolean =>
    typeof value === 'number' ? value === number : plain(value) === text;
  return {
    equals: equal,
    notEquals: (value) => !equal(value),
    contains: (value) => plain(value).includes(text),
    startsWith: (value) => plain(value).startsWith(text),
    endsWith: (value) => plain(value).endsWith(text),
    matchesRegex: matcher(wanted),
    lessThan: (value) => Number(value) < number,
    greaterThan: (value) => Number(value) > number,
    lessThanOrEqual: (value) => Number(value) <= number,
    greaterThanOrEqual: (value) => Number(value) >= number,
  };
}

/** Built on first use: only `matchesRegex` may complain about a pattern. */
function matcher(pattern: Json | undefined): (value: Json) => boolean {
  let expression: LinearPattern | undefined;
  return (value) => {
    expression ??= compile(String(pattern ?? ''));
    return expression.test(String(value));
  };
}

function compile(pattern: string): LinearPattern {
  try {
    return linearPattern(pattern, 'i');
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : String(problem);
    throw waapiErrors.invalidArguments(reason, { argumentName: 'filters', value: pattern });
  }
}
