import { spawn } from 'node:child_process';
import { platform } from 'node:process';
import type { Log } from '../../../core/log.ts';

/** Shows an address of this machine in the user's browser. Where there is none, the log says so. */
export function openInBrowser(url: string, log: Log): void {
  const [program, ...args] =
    platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler']
      : platform === 'darwin'
        ? ['open']
        : ['xdg-open'];
  if (program === undefined) return;
  const child = spawn(program, [...args, url], { detached: true, stdio: 'ignore' });
  child.once('error', (err) => log.warn({ err, url }, 'No browser could be opened.'));
  child.unref();
}
