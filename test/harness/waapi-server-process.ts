import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { program } from './program.ts';
import { freePort } from './servers/free-port.ts';

/** `wwiseflow waapi-server` on a project, in a process of its own. */
export async function serveWaapi(projectPath: string, stateDir: string) {
  const ports = ['--wamp-port', String(await freePort()), '--http-port', '0'];
  const args = ['waapi-server', projectPath, ...ports, '--state', stateDir, '--log-level', 'error'];
  const child = spawn(process.execPath, [program('main'), ...args]);
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
  await expect.poll(() => out).toContain('Ctrl+C');
  return {
    url: /WAMP {2}(\S+)/.exec(out)?.[1] ?? '',
    said: () => out,
    async end() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
