import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { Redis } from 'ioredis';
import { newTempDir } from '../temp-dir.ts';
import { freePort } from './free-port.ts';

/** A Redis of a test's own, on its own port and folder. */
export interface RedisServer {
  readonly url: string;
  /** Loses all it has. */
  flush(): Promise<void>;
  /** Ends it as a crash would, with nothing kept, and starts it again. */
  restart(): Promise<void>;
  /** Ends it as a crash would; `start` starts it again. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** True where Debian's redis-server is installed: tests of the queue are skipped without. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** Why they are skipped, for the title of the one line that is. */
export const withoutRedis = 'are not tested here: Redis is not installed (apt-get install redis-server)';

/** Starts one that keeps nothing on disk. */
export async function startRedis(): Promise<RedisServer> {
  const dir = newTempDir('redis');
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const asked = async (...command: [string, ...string[]]): Promise<void> => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.call(...command);
    } finally {
      client.disconnect();
    }
  };
  let ended: Promise<void>;
  let child: ReturnType<typeof spawn>;
  const start = async (): Promise<void> => {
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      dir,
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    child = spawn('redis-server', args, { stdio: 'ignore' });
    ended = new Promise((resolve) => child.once('exit', () => resolve()));
    for (;;) {
      const isUp = await asked('ping').then(
        () => true,
        () => false,
      );
      if (isUp) return;
      if (child.exitCode !== null) throw new Error('Redis ended while it started.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  await start();
  return {
    url,
    start,
    kill,
    flush: () => asked('flushall'),
    restart: async () => {
      await kill();
      await start();
    },
    stop: async () => {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
