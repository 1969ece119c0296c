import type { ExpressionFunction } from './expression-function.ts';
import { fileFunctions } from './files.ts';
import { listFunctions } from './lists.ts';
import { numberFunctions } from './numbers.ts';
import { soundFunctions } from './sound.ts';
import { textFunctions } from './text.ts';
import { timeFunctions } from './time.ts';
import { valueFunctions } from './values.ts';
import { wordFunctions } from './words.ts';

/** Every function, by what it is about, in the order in which pages list them. */
export const functionGroups: readonly {
  readonly title: string;
  readonly functions: readonly ExpressionFunction[];
}[] = [
  { title: 'Numbers', functions: numberFunctions },
  { title: 'Sound', functions: soundFunctions },
  { title: 'Text', functions: textFunctions },
  { title: 'Names and words', functions: wordFunctions },
  { title: 'Lists and objects', functions: listFunctions },
  { title: 'Files and paths', functions: fileFunctions },
  { title: 'Time', functions: timeFunctions },
  { title: 'Any value', functions: valueFunctions },
];

/** By every name it goes by. */
export const functionsByName: ReadonlyMap<string, ExpressionFunction> = new Map(
  functionGroups.flatMap(({ functions }) =>
    functions.flatMap((one) => [one.name, ...(one.aliases ?? [])].map((name) => [name, one] as const)),
  ),
);

/** The names that are listed and proposed. */
export const functionNames: readonly string[] = functionGroups.flatMap(({ functions }) =>
  functions.map(({ name }) => name),
);
