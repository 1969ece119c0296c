import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../src/app.ts';
import type { Bus } from '../../src/core/dispatch/bus.ts';
import { asString, isJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import type { WorkflowService } from '../../src/workflow/service.ts';
import { WaapiError } from '../../src/wwise/connection/backend.ts';
import { type FakeWwise, fakeWwise } from '../wwise/connection/fake-wwise.ts';
import { appIn } from './app-in.ts';
import { type Dispatching, dispatching } from './bus-over.ts';
import { freshProject } from './fresh-project.ts';
import { startEngine } from './start-engine.ts';
import { newTempDir } from './temp-dir.ts';

export interface WindowsRoom extends Dispatching {
  readonly fake: FakeWwise;
  /** What this machine calls the folder that Wwise knows as `C:\Project`; the project is `Game\Game.wproj` in it. */
  readonly dir: string;
  readonly app: App;
  readonly bus: Bus;
  readonly service: WorkflowService;
  /** The arguments of every call of this function, as they came over the wire. */
  argumentsOf(uri: string): JsonObject[];
}

/**
 * Runs `work` with the whole program against a peer on a real socket that believes it is on Windows: it knows its files
 * as `C:\Project\...` only and refuses every other path. Behind it the embedded engine does the work.
 */
export async function withWindowsWwise(
  work: (room: WindowsRoom) => Promise<void>,
  argv: (dir: string) => readonly string[] = (dir) => ['--map-path', `${dir}=C:\\Project`],
): Promise<void> {
  const dir = newTempDir('windows');
  const state = newTempDir('state');
  const projectPath = join(dir, 'Game', 'Game.wproj');
  freshProject(projectPath);
  const engine = await startEngine(projectPath, dir);
  const session = engine.openSession();
  const fake = await fakeWwise();
  fake.onCall = async (call) => {
    try {
      const args = asSeenHere(call.args, dir);
      const file = asString(args.importFile);
      if (file !== undefined) args.importFile = importFileSeenHere(file, dir, state);
      call.result(asSeenInWindows(await session.call(call.uri, args, call.options), dir));
    } catch (error) {
      if (error instanceof WaapiError) call.error(error.uri, error.message, error.details);
      else call.error('ak.wwise.unexpected_error', String(error));
    }
  };
  const app = appIn(dir, ['--wwise', fake.url, '--state', state, '--allow-dir', dir, ...argv(dir)]);
  try {
    const bus = await app.openBus();
    await work({
      fake,
      dir,
      app,
      bus,
      service: await app.openService(),
      ...dispatching(bus),
      argumentsOf: (uri) => fake.calls.filter((call) => call.uri === uri).map(({ args }) => args),
    });
  } finally {
    await app.close();
    await fake.close();
    await engine.close();
    for (const folder of [dir, state]) rmSync(folder, { recursive: true, force: true });
  }
}

const folder = 'C:\\Project';

/** Windows knows no path that begins with a slash. */
function pathSeenHere(text: string, dir: string): string {
  if (text.startsWith('/')) throw new WaapiError('ak.wwise.file_error', `The file "${text}" does not exist.`);
  return text.startsWith(folder) ? dir + text.slice(folder.length).replaceAll('\\', '/') : text;
}

function asSeenHere(args: JsonObject, dir: string): Record<string, Json> {
  return JSON.parse(JSON.stringify(args), (_key, value) =>
    typeof value === 'string' ? pathSeenHere(value, dir) : value,
  );
}

function asSeenInWindows(answer: JsonObject, dir: string): JsonObject {
  const seen: unknown = JSON.parse(JSON.stringify(answer), (_key, value) =>
    typeof value === 'string' && value.startsWith(dir)
      ? folder + value.slice(dir.length).replaceAll('/', '\\')
      : value,
  );
  return isJsonObject(seen) ? seen : {};
}

/** The engine reads import files itself: their audio files must be what Windows knows. */
function importFileSeenHere(file: string, dir: string, scratch: string): string {
  const cells = readFileSync(file, 'utf8').split(/(\t|\n)/);
  const copy = join(scratch, 'import.txt');
  writeFileSync(copy, cells.map((cell) => pathSeenHere(cell, dir)).join(''));
  return copy;
}
