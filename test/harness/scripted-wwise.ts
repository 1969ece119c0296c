import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../src/base/json.ts';
import { silentLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/create-bus.ts';
import type { Failure } from '../../src/bus/result.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { sqliteAudit } from '../../src/store/sqlite-audit.ts';
import { sqliteMemo } from '../../src/store/sqlite-memo.ts';
import { connectWaapi } from '../../src/waapi/connect.ts';
import { createConnection } from '../../src/waapi/connection.ts';
import { commands } from '../../tools/catalog.ts';
import { type FakeWwise, fakeWwise, type SeenCall } from '../waapi/fake-wwise.ts';

/** What a scripted Wwise answers to a function; an Error is answered as a WAMP ERROR with its message. */
export type Script = Readonly<Record<string, (call: SeenCall) => JsonObject | Error>>;

export interface ScriptedRoom {
  readonly fake: FakeWwise;
  readonly dir: string;
  done(command: string, input: unknown): Promise<JsonObject>;
  refused(command: string, input: unknown): Promise<Failure>;
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
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-scripted-')));
  const fake = await fakeWwise();
  const known: Script = { ...openProject(dir), ...script };
  fake.onCall = (call) => {
    const answer = known[call.uri]?.(call) ?? new Error(`The procedure ${call.uri} is not scripted.`);
    if (answer instanceof Error) call.error('ak.wwise.query_exception', answer.message);
    else call.result(answer);
  };
  const waapi = createConnection({ open: () => connectWaapi(fake.url), address: fake.url, log: silentLog });
  const memo = sqliteMemo(openDatabase(null, { durable: true }));
  const audit = sqliteAudit(openDatabase(null, { durable: false }));
  const bus = createBus({
    commands,
    waapi,
    memo,
    audit,
    files: { allowedDirs: [dir] },
    readOnly: false,
    expectProject: null,
    log: silentLog,
  });
  let looked = 0;
  try {
    await work({
      fake,
      dir,
      done: async (command, input) => {
        const result = await bus.dispatch(command, input);
        if (!result.ok) throw new Error(`${command}: ${result.code}: ${result.error}`);
        return result.data;
      },
      refused: async (command, input) => {
        const result = await bus.dispatch(command, input);
        if (result.ok) throw new Error(`${command} succeeded: ${JSON.stringify(result.data)}`);
        return result;
      },
      called: () => {
        const fresh = fake.calls.slice(looked).map(({ uri }) => uri);
        looked = fake.calls.length;
        return fresh
          .filter((uri) => !/\.get(Project)?Info$/.test(uri))
          .map((uri) => uri.replace(/^ak\.(wwise\.)?/, ''));
      },
    });
  } finally {
    await waapi.close();
    await fake.close();
    memo.close();
    audit.close();
    rmSync(dir, { recursive: true, force: true });
  }
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
