import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import { connectWaapi } from '../../src/wwise/connection/connect.ts';
import { createConnection } from '../../src/wwise/connection/connection.ts';
import { type FakeWwise, fakeWwise, type SeenCall } from '../wwise/connection/fake-wwise.ts';
import { busOver, type Dispatching } from './bus-over.ts';
import { newTempDir } from './temp-dir.ts';

/** What a scripted Wwise answers to a function; an Error is answered as a WAMP ERROR with its message. */
export type Script = Readonly<Record<string, (call: SeenCall) => JsonObject | Error>>;

export interface ScriptedRoom extends Dispatching {
  readonly fake: FakeWwise;
  readonly dir: string;
  /** URIs called since the last look, without `getInfo` and `getProjectInfo`, `ak.wwise.` cut off. */
  called(): string[];
}

/**
 * Runs `work` with the real bus and connection against a scripted WAMP peer on a real socket: for what only a live Wwise
 * can do. The answers have the documented shapes; no test of this kind proves what Wwise does.
 */
export async function withScriptedWwise(
  script: Script,
  work: (room: ScriptedRoom) => Promise<void>,
): Promise<void> {
  const dir = newTempDir('scripted');
  const fake = await fakeWwise();
  const known: Script = { ...openProject(dir), ...script };
  fake.onCall = (call) => {
    const answer = known[call.uri]?.(call) ?? new Error(`The procedure ${call.uri} is not scripted.`);
    if (answer instanceof Error) call.error('ak.wwise.query_exception', answer.message);
    else call.result(answer);
  };
  const waapi = createConnection({ open: () => connectWaapi(fake.url), address: fake.url, log: silentLog });
  const over = busOver(waapi, dir);
  let looked = 0;
  try {
    await work({
      fake,
      dir,
      done: over.done,
      refused: over.refused,
      called: () => {
        const fresh = fake.calls.slice(looked).map(({ uri }) => uri);
        looked = fake.calls.length;
        return fresh
          .filter((uri) => !isAskedAnyway(uri, script))
          .map((uri) => uri.replace(/^ak\.(wwise\.)?/, ''));
      },
    });
  } finally {
    await waapi.close();
    await fake.close();
    await over.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Which Wwise and project it is, and what its load log says, is asked for whatever is called. */
function isAskedAnyway(uri: string, script: Script): boolean {
  if (uri === 'ak.wwise.core.log.get') return script[uri] === undefined;
  return /\.get(Project)?Info$/.test(uri);
}

function openProject(dir: string): Script {
  return {
    'ak.wwise.core.getInfo': () => ({ version: { year: 2025, major: 1, minor: 4 } }),
    'ak.wwise.core.getProjectInfo': () => ({
      id: '{11111111-2222-3333-4444-555555555555}',
      name: 'Scripted',
      path: join(dir, 'Scripted.wproj'),
      directories: { originals: join(dir, 'Originals') },
      languages: [{ name: 'English(US)' }],
      platforms: [{ name: 'Windows' }],
    }),
  };
}

/** Rows that an object.get finds by the ids, paths and `Type:Name`s in its query; others give no row. */
export function objects(...rows: readonly JsonObject[]): (call: SeenCall) => JsonObject {
  return ({ args }) => {
    const named = [...String(args.waql).matchAll(/"([^"]*)"/g)].map(([, name]) => name ?? '');
    const isNamed = (row: JsonObject, name: string) =>
      [row.id, row.path, `${String(row.type)}:${String(row.name)}`].includes(name);
    const found = (name: string): JsonObject[] => rows.filter((row) => isNamed(row, name)).slice(0, 1);
    return { return: named.flatMap(found) };
  };
}
