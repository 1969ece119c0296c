import { asJsonObject, asString, type JsonObject } from '../../core/json.ts';
import type { HotTexts } from '../../core/stores/hot-texts.ts';
import type { MemoEntry } from '../../core/stores/memo-store.ts';
import { memoEntryOf } from '../rows/memo-rows.ts';
import { part, type Query, type Row } from './statement.ts';

/**
 * What the memo holds of these keys. The database says which version of each row holds; what is long of it comes from `hot`, where
 * that version is there.
 */
export async function memoEntries(
  sql: Query,
  workspace: string,
  keys: readonly string[],
  hot: HotTexts | undefined,
): Promise<readonly MemoEntry[]> {
  const wanted = (some: readonly string[]) => part`workspace = ${workspace} and key = any (${[...some]})`;
  if (hot === undefined) return entriesOf(await sql`select * from memo where ${wanted(keys)}`);
  const rows = await sql`select key, command, state, before, at_ms, xmin::text as version, is_short,
      case when is_short then data end as data, case when is_short then claims end as claims
    from memo, lateral (select octet_length(coalesce(data, '')) + octet_length(coalesce(claims, '')) <= ${SHORT_BYTES} as is_short) as size
    where ${wanted(keys)}`;
  const long = rows.filter(({ is_short: isShort }) => isShort === false);
  if (long.length === 0) return entriesOf(rows);
  const texts = await hot.getMany(long.map((row) => hotKey(workspace, row)));
  const known = new Map(long.map((row, index) => [row.key, partsOf(texts[index])]));
  const unknown = long.filter(({ key }) => known.get(key) === undefined).map(({ key }) => String(key));
  const read =
    unknown.length === 0 ? [] : await sql`select *, xmin::text as version from memo where ${wanted(unknown)}`;
  for (const row of read)
    hot.keep(hotKey(workspace, row), JSON.stringify({ data: row.data ?? null, claims: row.claims ?? null }));
  const others = rows.filter(({ key }) => !unknown.includes(String(key)));
  return entriesOf([...others.map((row) => ({ ...row, ...known.get(row.key) })), ...read]);
}

/** What is shorter comes along with its version. */
const SHORT_BYTES = 2_048;

function hotKey(workspace: string, { key, version }: Row): string {
  return `memo:${workspace}:${String(key)}:${String(version)}`;
}

function partsOf(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  const { data, claims } = asJsonObject(JSON.parse(text));
  return { data: asString(data) ?? null, claims: asString(claims) ?? null };
}

function entriesOf(rows: readonly unknown[]): readonly MemoEntry[] {
  return rows.flatMap((row) => memoEntryOf(row) ?? []);
}
