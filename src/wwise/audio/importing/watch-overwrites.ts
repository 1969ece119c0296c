import { toWwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';
import type { Log } from '../../../core/log.ts';
import { onlyReads } from '../../connection/reading-functions.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { withCall } from '../../connection/with-call.ts';
import { askRows } from '../../objects/finding/ask-rows.ts';
import { referenceIdOf, refOf, refReturns } from '../../objects/rows/object-row.ts';
import type { ProjectFacts } from '../../project-facts.ts';
import { originalPathExpression } from '../originals/original-path.ts';
import { changedSince, type PresentOriginals, presentOriginals } from './present-originals.ts';

export interface OverwritesWatch {
  readonly waapi: Waapi;
  /** What was found since the last time, each as a sentence. */
  takeNotices(): readonly string[];
}

/**
 * The same connection; after each call that imports audio, whoever makes it, files in the Originals are named whose content
 * it replaced although sources play them that it was not about. Wwise itself says nothing of it. Only where the Originals
 * are seen from this machine. Costs no call unless a file was replaced, and nothing but a look where its name is not taken.
 */
export function watchOverwrites(waapi: Waapi, facts: () => Promise<ProjectFacts>, log: Log): OverwritesWatch {
  const found = new Set<string>();
  return {
    waapi: withCall(waapi, async (uri, args = {}, options, control) => {
      if (onlyReads(uri)) return waapi.call(uri, args, options, control);
      const before = await orNothing(() => presentOriginals(uri, args, facts), log);
      const answer = await waapi.call(uri, args, options, control);
      if (before !== undefined && before.size > 0) {
        const notices = await orNothing(() => noticesOf(before, answer, waapi, facts), log);
        for (const notice of notices ?? []) found.add(notice);
      }
      return answer;
    }),
    takeNotices: () => {
      const all = [...found];
      found.clear();
      return all;
    },
  };
}

/** A notice too few is better than a failure of what was done. */
async function orNothing<T>(work: () => Promise<T>, log: Log): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    log.debug({ reason: toWwiseFlowError(thrown).message }, 'The Originals could not be looked at.');
    return undefined;
  }
}

async function noticesOf(
  before: PresentOriginals,
  answer: JsonObject,
  waapi: Waapi,
  facts: () => Promise<ProjectFacts>,
): Promise<readonly string[]> {
  const replaced = await changedSince(before);
  if (replaced.length === 0) return [];
  const players = await playersByFile(waapi, await facts(), idsIn(answer));
  return replaced.flatMap((file) => {
    const others = players.get(keyOf(file)) ?? [];
    return others.length === 0 ? [] : [noticeOf(file, others)];
  });
}

function noticeOf(file: string, players: readonly string[]): string {
  const shown = players.slice(0, mostNamed).map((path) => `"${path}"`);
  const more = players.length > shown.length ? ` and ${players.length - shown.length} more` : '';
  return `"${file}" was overwritten with other audio, and others play it too: ${shown.join(', ')}${more}. undo does not bring the file back. To keep both, import under another file name or originalsSubFolder.`;
}

const mostNamed = 5;

/** Paths of the objects that play a file, by file; what the call was about is left out. */
async function playersByFile(
  waapi: Waapi,
  facts: ProjectFacts,
  own: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const expression = originalPathExpression(facts);
  const returns = [...refReturns, 'parent', expression];
  const rows = await askRows('$ from type AudioFileSource', returns, { waapi });
  const players = new Map<string, string[]>();
  for (const row of rows) {
    const file = asString(row[expression]) ?? '';
    const { id, path } = refOf(row);
    if (file === '' || own.has(id) || own.has(referenceIdOf(row.parent) ?? '')) continue;
    players.set(keyOf(file), [...(players.get(keyOf(file)) ?? []), path]);
  }
  return players;
}

function idsIn(answer: Json): ReadonlySet<string> {
  const ids = new Set<string>();
  const collect = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value) collect(item);
    else
      for (const [name, member] of Object.entries(asJsonObject(value))) {
        // The parent of what was made is not what the call was about.
        if (name === 'id') ids.add((asString(member) ?? '').toUpperCase());
        else if (name !== 'parent' && member !== undefined) collect(member);
      }
  };
  collect(answer);
  return ids;
}

/** Names compare without case, as on the machines Wwise runs on. */
function keyOf(path: string): string {
  return path.replaceAll('\\', '/').toLowerCase();
}
