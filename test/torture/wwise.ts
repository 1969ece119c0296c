import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../harness/servers/free-port.ts';
import { endOf } from './session.ts';

/** A program that was started and listens. */
export interface Listening {
  readonly process: ChildProcess;
  /** All that it said. */
  readonly said: string;
  /** As a person ends it; gives how it ended. */
  end(): Promise<string>;
}

/** Starts node with these arguments, until it says `ready`. Rejects when it ends before. */
export async function listening(args: readonly string[], cwd: string, ready: RegExp): Promise<Listening> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = once(child, 'exit');
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < 100_000) said += text;
    });
  while (!ready.test(said)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended: ${said}`);
    await delay(20);
  }
  return {
    process: child,
    get said() {
      return said;
    },
    end: () => endOf(child, gone, () => void child.kill('SIGTERM')),
  };
}

/** `wwiseflow waapi-server` on a project, which is Wwise for who connects; gives the port of its WebSocket, too. */
export async function startWwise(
  main: string,
  projectPath: string,
  cwd: string,
): Promise<Listening & { readonly port: number }> {
  const port = await freePort();
  const ports = ['--wamp-port', String(port), '--http-port', '0'];
  const args = [
    main,
    'waapi-server',
    projectPath,
    ...ports,
    '--state',
    join(dirname(dirname(projectPath)), 'wwise-state'),
  ];
  const server = await listening([...args, '--log-level', 'error'], cwd, /Ctrl\+C/);
  return { process: server.process, said: server.said, end: server.end, port };
}
