import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bus } from '../../src/core/dispatch/bus.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Engine, EngineSession } from '../../src/embedded/engine.ts';
import { createProject } from '../../src/embedded/project/new-project/new-project.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../src/workflow/compiler/compile.ts';
import { createRuns, type Runs } from '../../src/workflow/runtime/runs.ts';
import { CallAbandoned, WaapiError } from '../../src/wwise/connection/backend.ts';
import { connectWaapi } from '../../src/wwise/connection/connect.ts';
import { type ConnectionOptions, createConnection } from '../../src/wwise/connection/connection.ts';
import { onlyReads } from '../../src/wwise/connection/reading-functions.ts';
import type { Waapi } from '../../src/wwise/connection/waapi.ts';
import type { BusParts } from '../../src/wwise/create-dispatcher.ts';
import { type FakeWwise, fakeWwise, type SeenCall } from '../wwise/connection/fake-wwise.ts';
import { busOver, type Dispatching } from './bus-over.ts';
import { freshProject } from './fresh-project.ts';
import { watchedLinks } from './lost-link.ts';
import { startEngine } from './start-engine.ts';
import { newTempDir } from './temp-dir.ts';

/**
 * What happens to a call: executed and answered, executed with the link cut behind it, cut before it, or neither; or executed
 * with other arguments than it had.
 */
export type Fate =
  | 'answer'
  | 'cut before'
  | 'cut after'
  | 'silence'
  | { readonly args: JsonObject }
  | ((call: SeenCall) => void);

export interface FaultyRoom extends Dispatching {
  readonly fake: FakeWwise;
  readonly waapi: Waapi;
  readonly bus: Bus;
  readonly runs: Runs;
  readonly dir: string;
  /** Decides the fate of each call; by default it is answered. */
  fate: (call: SeenCall) => Fate;
  /** Resolves once this side, too, knows that the link is lost. */
  linkLost(): Promise<void>;
  /** From the next link on, another project is open. */
  openOtherProject(): void;
  /** Runs a workflow and gives its answer. */
  run(document: JsonObject): Promise<{ executionId: string; answer: JsonObject }>;
  /** Changing calls that arrived, `ak.wwise.core.` cut off, each with its link. */
  changes(): [uri: string, link: number][];
  /** Names of the Sounds there are, asked past every fault. */
  sounds(): Promise<string[]>;
}

/**
 * Runs `work` with the real bus, runner and connection against real sockets, behind which the embedded engine answers, one
 * session per link as Wwise has it, until a call meets its fate.
 */
export async function withFaultyWwise(
  work: (room: FaultyRoom) => Promise<void>,
  options: {
    readonly bus?: Partial<BusParts>;
    readonly connection?: Partial<ConnectionOptions>;
    /** Of the projects; default: Windows. */
    readonly platforms?: readonly string[];
  } = {},
): Promise<void> {
  const dir = newTempDir('faulty');
  const engines = [
    await engineOn(dir, 'Game', options.platforms),
    await engineOn(dir, 'Other', options.platforms),
  ];
  const sessions = new Map<number, EngineSession>();
  let open = 0;
  const fake = await fakeWwise();
  const sessionOf = (link: number): EngineSession => {
    const known = sessions.get(link) ?? engines[open]?.openSession();
    if (known === undefined) throw new Error('No engine.');
    sessions.set(link, known);
    return known;
  };
  const carryOut = async ({
    uri,
    args,
    options: how,
    link,
  }: SeenCall): Promise<JsonObject | WaapiError | CallAbandoned> => {
    try {
      return await sessionOf(link).call(uri, args, how);
    } catch (error) {
      if (error instanceof WaapiError || error instanceof CallAbandoned) return error;
      throw error;
    }
  };
  const cut = (call: SeenCall): void => {
    sessions.get(call.link)?.close();
    call.raw.destroy();
  };
  const stateDir = join(dir, 'state');
  const { url } = fake;
  const links = watchedLinks(() => connectWaapi(url));
  const waapi = createConnection({
    open: links.open,
    address: url,
    log: silentLog,
    ...options.connection,
  });
  const over = busOver(waapi, dir, options.bus);
  const { bus } = over;
  const stores = openSqliteStores(stateDir);
  const store = stores.runs;
  const runs = createRuns({ bus, log: silentLog, store, stateDir });
  const room: FaultyRoom = {
    fake,
    waapi,
    linkLost: links.lost,
    bus,
    runs,
    dir,
    fate: () => 'answer',
    openOtherProject: () => {
      open = 1;
    },
    done: over.done,
    refused: over.refused,
    run: async (document) => {
      const { executionId, done } = runs.start(compileWorkflow(document, bus));
      return { executionId, answer: JSON.parse(JSON.stringify(await done)) as JsonObject };
    },
    changes: () =>
      fake.calls
        .filter(({ uri }) => !onlyReads(uri))
        .map(({ uri, link }) => [uri.replace('ak.wwise.core.', ''), link]),
    sounds: async () => {
      const names: string[] = [];
      for (const engine of engines) {
        const session = engine.openSession();
        const found = await session.call(
          'ak.wwise.core.object.get',
          { waql: '$ from type Sound' },
          { return: ['name'] },
        );
        session.close();
        for (const row of Array.isArray(found.return) ? found.return : []) names.push(String(row.name));
      }
      return names.sort();
    },
  };
  fake.onCall = async (call) => {
    const fate = room.fate(call);
    if (typeof fate === 'function') return fate(call);
    if (fate === 'cut before') return cut(call);
    if (fate === 'silence') return;
    const answer = await carryOut(typeof fate === 'object' ? { ...call, args: fate.args } : call);
    // The link of the call was cut with another one.
    if (answer instanceof CallAbandoned) return;
    if (fate === 'cut after') return cut(call);
    if (answer instanceof WaapiError) call.error(answer.uri, answer.message, answer.details);
    else call.result(answer);
  };
  try {
    await work(room);
  } finally {
    await waapi.close();
    await fake.close();
    for (const engine of engines) await engine.close();
    await over.close();
    await stores.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function engineOn(dir: string, name: string, platforms?: readonly string[]): Promise<Engine> {
  const projectPath = join(dir, name, `${name}.wproj`);
  if (platforms === undefined) freshProject(projectPath);
  else createProject(projectPath, { platforms });
  return startEngine(projectPath, dir);
}
