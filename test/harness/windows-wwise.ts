import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, createApp } from '../../src/app.ts';
import { asString, isJsonObject, type Json, type JsonObject } from '../../src/base/json.ts';
import { silentLog } from '../../src/base/log.ts';
import type { Bus } from '../../src/bus/bus.ts';
import type { Failure } from '../../src/bus/result.ts';
import { readConfig } from '../../src/config.ts';
import { createEngine } from '../../src/embedded/create-engine.ts';
import { waapiFunctions } from '../../src/embedded/functions/catalog.ts';
import { createProject } from '../../src/embedded/project/new-project.ts';
import { openProject } from '../../src/embedded/project/open.ts';
import { WaapiError } from '../../src/waapi/backend.ts';
import type { WorkflowDesk } from '../../src/workflow/desk.ts';
import { type FakeWwise, fakeWwise } from '../waapi/fake-wwise.ts';

export interface WindowsRoom {
  readonly fake: FakeWwise;
  /** What this machine calls the folder that Wwise knows as `C:\Project`; the project is `Game\Game.wproj` in it. */
  readonly dir: string;
  readonly app: App;
  readonly bus: Bus;
  readonly desk: WorkflowDesk;
  done(command: string, input: unknown): Promise<JsonObject>;
  refused(command: string, input: unknown): Promise<Failure>;
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
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-windows-')));
  const state = mkdtempSync(join(tmpdir(), 'wwiseflow-state-'));
  const projectPath = join(dir, 'Game', 'Game.wproj');
  createProject(projectPath);
  const engine = createEngine({
    openProject: await openProject(projectPath),
    functions: waapiFunctions({ productVersion: '0.0.0', installDir: dir, userDir: dir }),
    log: silentLog,
  });
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
  const config = readConfig({
    argv: ['--wwise', fake.url, '--state', state, '--allow-dir', dir, ...argv(dir)],
    env: {},
    cwd: dir,
    homeDir: dir,
    platform: 'linux',
    version: '0.0.0',
  });
  const packageDir = fileURLToPath(new URL('../..', import.meta.url));
  const app = createApp(config, { version: '0.0.0', packageDir }, silentLog);
  try {
    const bus = await app.openBus();
    await work({
      fake,
      dir,
      app,
      bus,
      desk: await app.openDesk(),
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
