import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { newTempDir } from '../temp-dir.ts';
import { freePort } from './free-port.ts';

/** A master of Redis with a replica, and a sentinel that has the replica take over. */
export interface SentinelServers {
  /** `redis+sentinel://...` */
  readonly url: string;
  /** Ends the master as a crash would; resolves once the sentinel names another one. */
  failOver(): Promise<void>;
  stop(): Promise<void>;
}

const NAME = 'game';

/** Starts all three, and waits until the replica follows. */
export async function startSentinel(): Promise<SentinelServers> {
  const dir = newTempDir('sentinel');
  const [master, replica, sentinel] = [await freePort(), await freePort(), await freePort()];
  const children: ChildProcess[] = [];
  const start = (...args: readonly string[]): ChildProcess => {
    const child = spawn('redis-server', args, { cwd: dir, stdio: 'ignore' });
    children.push(child);
    return child;
  };
  const common = ['--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no'];
  const first = start('--port', String(master), ...common);
  await until(master, async (client) => (await client.ping()) === 'PONG');
  start('--port', String(replica), ...common, '--replicaof', `127.0.0.1 ${master}`);
  await until(master, async (client) => (await client.info('replication')).includes('state=online'));
  const conf = join(dir, 'sentinel.conf');
  writeFileSync(
    conf,
    [
      `port ${sentinel}`,
      'bind 127.0.0.1',
      `dir ${dir}`,
      `sentinel monitor ${NAME} 127.0.0.1 ${master} 1`,
      `sentinel down-after-milliseconds ${NAME} 1000`,
      `sentinel failover-timeout ${NAME} 5000`,
      '',
    ].join('\n'),
  );
  start(conf, '--sentinel');
  await until(sentinel, async (client) => {
    const replicas = await client.call('SENTINEL', 'replicas', NAME);
    return Array.isArray(replicas) && replicas.length === 1;
  });
  return {
    url: `redis+sentinel://127.0.0.1:${sentinel}/${NAME}`,
    failOver: async () => {
      first.kill('SIGKILL');
      await until(sentinel, async (client) => {
        const named = await client.call('SENTINEL', 'get-master-addr-by-name', NAME);
        return Array.isArray(named) && Number(named[1]) === replica;
      });
    },
    stop: async () => {
      const gone = children.map(
        (child) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) resolve();
            else child.once('exit', () => resolve());
          }),
      );
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(gone);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Waits until the server at this port says so. */
async function until(port: number, holds: (client: Redis) => Promise<boolean>): Promise<void> {
  const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50 });
  client.on('error', () => undefined);
  try {
    while (!(await holds(client).catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50));
  } finally {
    client.disconnect();
  }
}
