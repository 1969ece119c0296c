import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/config/config.ts';
import { configDisk } from '../../src/config/file/disk.ts';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import { type Serving, startServing } from '../../src/serve-http.ts';
import { appIn, packageDir } from './app-in.ts';
import { freshProject } from './fresh-project.ts';

/** What a request was answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: JsonObject;
  readonly data: JsonObject;
}

export interface HttpRoom {
  readonly url: string;
  readonly dir: string;
  readonly projectPath: string;
  /** `GET /health` or `POST /jobs` with a body of JSON. */
  ask(request: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
  close(): Promise<void>;
}

/** A server over a new project, or the one it was over before, with the program's own parts, at a port of its own. `pageDir`: where the page was built. */
export async function openHttpRoom(
  dir: string,
  more: readonly string[] = [],
  pageDir?: string,
  env: Readonly<Record<string, string>> = {},
): Promise<HttpRoom> {
  const projectPath = join(dir, 'project', 'Test.wproj');
  if (!existsSync(projectPath)) freshProject(projectPath);
  const argv = ['serve', '--port', '0', '--project', projectPath, '--state', join(dir, 'state'), ...more];
  const disk = argv.includes('--config') ? { disk: configDisk } : {};
  const surroundings = {
    argv,
    env,
    cwd: dir,
    homeDir: dir,
    platform: 'linux',
    version: '0.0.0',
    ...disk,
  };
  const config = readConfig(surroundings);
  if (config.subcommand.kind !== 'serve') throw new Error('These are not the arguments of serve.');
  const app = appIn(dir, argv, env);
  const server: Serving = await startServing(
    app,
    config.subcommand,
    config,
    { version: '0.0.0', packageDir, pageDir },
    silentLog,
  );
  return {
    ...{ url: server.url, dir, projectPath },
    ask: (request, body, headers) => ask(server.url, request, body, headers),
    async close() {
      await server.close();
      await app.close();
    },
  };
}

/** Sends one request to a server, and reads the whole answer. */
export async function ask(
  url: string,
  request: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> {
  const [method = 'GET', path = '/'] = request.split(' ');
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const typed = body === undefined ? headers : { 'content-type': 'application/json', ...headers };
  const response = await fetch(`${url}${path}`, { method, headers: typed, ...sent, redirect: 'manual' });
  const text = await response.text();
  const isJson =
    ![206, 416].includes(response.status) && response.headers.get('content-type')?.includes('json');
  const json = asJsonObject(isJson ? JSON.parse(text) : {});
  return { status: response.status, headers: response.headers, text, json, data: asJsonObject(json.data) };
}
