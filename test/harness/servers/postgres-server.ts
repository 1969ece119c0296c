import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { newTempDir } from '../temp-dir.ts';
import { freePort } from './free-port.ts';

/** A PostgreSQL of a test's own, on its own port and folder. */
export interface PostgresServer {
  /** A new, empty database that a plain user owns; gives its address. */
  newDatabase(): Promise<string>;
  /** Ends whoever is connected to it. */
  dropDatabase(address: string): Promise<void>;
  /** Ends it as a crash would, and starts it again over the same files. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const folder = '/usr/lib/postgresql';
const versions = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
const bin = versions
  .map((version) => join(folder, version, 'bin'))
  .find((dir) => existsSync(join(dir, 'initdb')));

/** True where Debian's postgresql is installed: tests of what machines share are skipped without. */
export const hasPostgres = bin !== undefined;

/** Why they are skipped, for the title of the one line that is. */
export const withoutPostgres =
  'are not tested here: PostgreSQL is not installed (apt-get install postgresql)';

/** Starts one. It refuses to run as root, so that then it runs as Debian's user for it. */
export async function startPostgres(): Promise<PostgresServer> {
  const dir = newTempDir('pg');
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  if (user.uid !== undefined) chownSync(dir, user.uid, user.gid);
  const data = join(dir, 'data');
  const options = { ...user, cwd: dir };
  execFileSync(
    join(bin ?? '', 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'admin', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'],
    { ...options, stdio: 'ignore' },
  );
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${dir}`,
    'fsync=off',
    'max_connections=200',
  ];
  const start = () => {
    const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    const child = spawn(join(bin ?? '', 'postgres'), args, { ...options, stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    return { child, ended };
  };
  let server = start();
  const asked = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: `postgres://admin@127.0.0.1:${port}/postgres` });
    client.on('error', () => undefined);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  const answers = async () => {
    for (;;) {
      const isUp = await asked('select 1').then(
        () => true,
        () => false,
      );
      if (isUp) return;
      if (server.child.exitCode !== null) throw new Error('PostgreSQL ended while it started.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await answers();
  await asked('create role wwiseflow login');
  let made = 0;
  return {
    newDatabase: async () => {
      made += 1;
      const name = `flow_${made}`;
      await asked(`create database ${name} owner wwiseflow`);
      return `postgres://wwiseflow@127.0.0.1:${port}/${name}`;
    },
    dropDatabase: (address) => asked(`drop database "${new URL(address).pathname.slice(1)}" with (force)`),
    restart: async () => {
      server.child.kill('SIGQUIT');
      await server.ended;
      server = start();
      await answers();
    },
    stop: async () => {
      server.child.kill('SIGQUIT');
      await server.ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
}
