import { WwiseFlowError } from '../../../core/errors.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { refOf, refReturns } from '../rows/object-row.ts';
import { askRows } from './ask-rows.ts';

/**
 * Designators of the form `Sound:Wind` as GUIDs, where exactly one object of that type has the name; others as they are. For what was
 * not found: Wwise itself looks up by name only where names are unique in the whole project.
 * @throws WwiseFlowError AMBIGUOUS_OBJECT with the objects, where several have the name.
 */
export async function withUniqueNames(
  words: readonly string[],
  { waapi }: Pick<CommandContext, 'waapi'>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const word of words) found.push((await idOf(word, waapi)) ?? word);
  return found;
}

/** The type and name in `Type:Name`; undefined for any other designator. */
export function typeAndName(word: string): { readonly type: string; readonly name: string } | undefined {
  const [, type, name] = /^([A-Za-z]+):(.+)$/.exec(word) ?? [];
  return type === undefined || name === undefined ? undefined : { type, name };
}

async function idOf(word: string, waapi: CommandContext['waapi']): Promise<string | undefined> {
  const named = typeAndName(word);
  if (named === undefined) return undefined;
  const query = `$ from type ${named.type} where name = "${named.name}" take ${mostCandidates}`;
  // A type that does not exist is explained elsewhere.
  const rows = await askRows(query, refReturns, { waapi }).catch(() => []);
  if (rows.length < 2) return rows.map((row) => refOf(row).id)[0];
  const candidates = rows.map((row) => ({ ...refOf(row) }));
  const count = rows.length === mostCandidates ? `${rows.length} or more` : String(rows.length);
  throw new WwiseFlowError('AMBIGUOUS_OBJECT', `"${word}" fits ${count} objects.`, {
    hint: 'Give the path or id of the one that is meant, from details.candidates.',
    details: { object: word, candidates },
  });
}

const mostCandidates = 20;
