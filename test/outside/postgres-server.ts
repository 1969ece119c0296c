import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { newTempDir } from '../harness/temp-dir.ts';

export interface PostgresServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Whether PostgreSQL's own programs are installed. */
export const hasPostgres = programPath('initdb') !== undefined && programPath('postgres') !== undefined;

/** A server of its own, in a folder and at a port of its own. */
export async function startPostgres(): Promise<PostgresServer> {
  const dir = newTempDir('postgres');
  // It refuses to be started by root.
  const owner = process.getuid?.() === 0 ? userOf('postgres') : undefined;
  if (owner !== undefined) chownSync(dir, owner.uid, owner.gid);
  const data = join(dir, 'data');
  const options = { ...owner, cwd: dir };
  execFileSync(
    programPath('initdb') ?? 'initdb',
    ['-D', data, '-U', 'tester', '-A', 'trust', '--no-sync'],
    options,
  );
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', dir, '-F'];
  const server = spawn(programPath('postgres') ?? 'postgres', args, options);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.on('exit', () => reject(new Error(`PostgreSQL ended: ${said}`)));
    server.stderr.on('data', (piece) => {
      said += String(piece);
      if (said.includes('ready to accept connections')) resolve();
    });
  });
  return {
    url: `postgres://tester@127.0.0.1:${port}/postgres`,
    async close() {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function programPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

function userOf(name: string): { readonly uid: number; readonly gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
