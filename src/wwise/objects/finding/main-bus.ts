import type { CommandContext } from '../../wwise-command.ts';
import { refOf, refReturns } from '../rows/object-row.ts';
import { askRows } from './ask-rows.ts';

/**
 * Paths, and `Bus:Name`, that name the main bus by either of the names Wwise gives it, as this project calls it; others as
 * they are. For what was not found: a bus that is really called so comes first.
 */
export async function withMainBus(
  words: readonly string[],
  { waapi }: Pick<CommandContext, 'waapi'>,
): Promise<readonly string[]> {
  if (!words.some(mayNameMainBus)) return words;
  const [row] = await askRows(`$ "${mainBusId}"`, refReturns, { waapi });
  if (row === undefined) return words;
  const { path, name } = refOf(row);
  return words.map((word) => {
    const [, given = '', rest = ''] = mainBus.exec(word) ?? [];
    return given === '' || given.toLowerCase() === name.toLowerCase() ? word : `${path}${rest}`;
  });
}

/** The same for the objects that a query names. Asks nothing where no name is like it. */
export async function mainBusInQuery(waql: string, context: Pick<CommandContext, 'waapi'>): Promise<string> {
  const words = [...new Set(Array.from(waql.matchAll(/"([^"]*)"/g), ([, word = '']) => word))];
  const named = words.filter(mayNameMainBus);
  const renamed = await withMainBus(named, context);
  const names = new Map(named.map((word, at) => [word, renamed[at] ?? word]));
  return waql.replaceAll(/"([^"]*)"/g, (literal, word: string) =>
    names.has(word) ? `"${names.get(word)}"` : literal,
  );
}

/** Whether it may be meant for the main bus: then it is worth asking what that is called. */
export function mayNameMainBus(word: string): boolean {
  return mainBus.test(word);
}

/** The name that is given, and what follows it. */
const mainBus = /^(?:\\(?:Busses|Master-Mixer Hierarchy)\\.*\\|Bus:)((?:Main|Master) Audio Bus)(\\.*)?$/i;

/** The same in every project (measured). */
const mainBusId = '{1514A4D8-1DA6-412A-A17E-75CA0C2149F3}';
