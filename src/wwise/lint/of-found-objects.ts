import { askRows } from '../objects/finding/ask-rows.ts';
import type { CommandContext } from '../wwise-command.ts';
import type { Finding } from './rules.ts';

/**
 * Findings without those about objects whose GUID is another's: what lies below such a one is found below the other, so that it
 * looks empty. That it stands twice is a finding of its own.
 */
export async function ofFoundObjects(
  findings: readonly Finding[],
  context: CommandContext,
): Promise<readonly Finding[]> {
  if (findings.length === 0 || ((await context.projectFiles.duplicates()) ?? []).length === 0)
    return findings;
  const ids = [...new Set(findings.map(({ object }) => object.id))];
  const paths = new Map<unknown, unknown>();
  for (let from = 0; from < ids.length; from += idsPerQuery) {
    const some = ids.slice(from, from + idsPerQuery).map((id) => `"${id}"`);
    for (const { id, path } of await askRows(`$ ${some.join(', ')}`, ['id', 'path'], context))
      paths.set(id, path);
  }
  const seen = new Set<string>();
  return findings.filter(({ object, message }) => {
    const key = `${object.id}\n${message}`;
    if (paths.get(object.id) !== object.path || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const idsPerQuery = 500;
