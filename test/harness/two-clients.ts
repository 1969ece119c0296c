import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bus } from '../../src/core/dispatch/bus.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import { startWaapiServer } from '../../src/embedded/server/start-waapi-server.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { compileWorkflow } from '../../src/workflow/compiler/compile.ts';
import { createRuns, type Runs } from '../../src/workflow/runtime/runs.ts';
import type { WaapiBackend } from '../../src/wwise/connection/backend.ts';
import { connectWaapi } from '../../src/wwise/connection/connect.ts';
import { createConnection } from '../../src/wwise/connection/connection.ts';
import { busOver, type Dispatching } from './bus-over.ts';
import { freshProject } from './fresh-project.ts';
import { startEngine } from './start-engine.ts';
import { newTempDir } from './temp-dir.ts';

export interface TwoClients {
  readonly dir: string;
  /** Where Wwise listens. */
  readonly url: string;
  readonly runs: Runs;
  readonly bus: Bus;
  /** Server A: what rolls back. */
  readonly a: Dispatching;
  /** Server B, with a link of its own to the same Wwise. */
  readonly b: Dispatching;
  /** The link of B, without a server. */
  readonly wire: WaapiBackend;
  /** Runs `work` right before A sends the next changing call that `fits`, once. */
  beforeCall(fits: (uri: string, args: JsonObject) => boolean, work: () => Promise<unknown>): void;
  /** Calls that A sent so far. */
  sent(): readonly string[];
  run(document: JsonObject): Promise<{ executionId: string; answer: JsonObject }>;
  /** Everything below this path, as the file of its Work Unit would have it. */
  contentOf(path: string): Promise<string>;
  /** The files of the project after saving it. */
  saved(): Promise<Readonly<Record<string, string>>>;
}

/** Two servers on one Wwise (the embedded one, over sockets); `transport`: by which A comes. */
export async function withTwoClients(
  work: (room: TwoClients) => Promise<void>,
  transport: 'wamp' | 'http' = 'wamp',
  /** Makes the project in a directory, and gives its file. */
  make: (dir: string) => string = newProject,
): Promise<void> {
  const dir = newTempDir('two');
  const projectPath = make(dir);
  const engine = await startEngine(projectPath, dir);
  const wwise = await startWaapiServer({ engine, wampPort: 0, httpPort: 0, log: silentLog });
  const url = wwise.wampUrl ?? '';
  let due: { fits: (uri: string, args: JsonObject) => boolean; work: () => Promise<unknown> } | undefined;
  const sent: string[] = [];
  const interposed = (backend: WaapiBackend): WaapiBackend => ({
    address: backend.address,
    call: async (uri, args, options) => {
      const now = due;
      if (now?.fits(uri, args) === true) {
        due = undefined;
        await now.work();
      }
      sent.push(uri);
      return backend.call(uri, args, options);
    },
    subscribe: (topic, options, onEvent) => backend.subscribe(topic, options, onEvent),
    close: () => backend.close(),
  });
  const ofA = createConnection({
    open: async () => interposed(await connectWaapi(transport === 'http' ? (wwise.httpUrl ?? '') : url)),
    address: url,
    log: silentLog,
  });
  const ofB = createConnection({ open: () => connectWaapi(url), address: url, log: silentLog });
  const wire = await connectWaapi(url);
  const a = busOver(ofA, dir);
  const b = busOver(ofB, dir);
  const stateDir = join(dir, 'state');
  const stores = openSqliteStores(stateDir);
  const runs = createRuns({ bus: a.bus, log: silentLog, store: stores.runs, stateDir });
  try {
    await work({
      dir,
      url,
      runs,
      bus: a.bus,
      a,
      b,
      wire,
      beforeCall: (fits, does) => {
        due = { fits, work: does };
      },
      sent: () => sent,
      run: async (document) => {
        const { executionId, done } = runs.start(compileWorkflow(document, a.bus));
        const result = await done;
        return { executionId, answer: JSON.parse(JSON.stringify(result)) as JsonObject };
      },
      contentOf: async (path) => {
        const answer = await wire.call(
          'ak.wwise.core.object.get',
          { waql: `$ "${path}" select this, descendants` },
          {
            return: [
              'id',
              'name',
              'type',
              'path',
              'notes',
              'workunit',
              '@Volume',
              '@Pitch',
              '@RTPC',
              '@OutputBus',
            ],
          },
        );
        return asJsonArray(answer.return)
          .map((row) => JSON.stringify(asJsonObject(row)))
          .sort()
          .join('\n');
      },
      saved: async () => {
        await wire.call('ak.wwise.core.project.save', {}, {});
        const root = dirname(projectPath);
        const files = readdirSync(root, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && /\.wwu$/.test(entry.name))
          .map((entry) => join(entry.parentPath, entry.name));
        return Object.fromEntries(files.sort().map((file) => [file, readFileSync(file, 'utf8')]));
      },
    });
  } finally {
    await wire.close();
    await ofA.close();
    await ofB.close();
    await wwise.close();
    await engine.close();
    await stores.close();
    await a.close();
    await b.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function newProject(dir: string): string {
  const projectPath = join(dir, 'project', 'Game.wproj');
  freshProject(projectPath);
  return projectPath;
}
