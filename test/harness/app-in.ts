import { fileURLToPath } from 'node:url';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { configDisk } from '../../src/config/file/disk.ts';
import { silentLog } from '../../src/core/log.ts';

/** Where prompts and examples lie. */
export const packageDir = fileURLToPath(new URL('../..', import.meta.url));

/** The whole program as this command line starts it in `dir`, without a process of its own. `idleMs`: so long it keeps a project that nobody needs. */
export function appIn(
  dir: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
  idleMs?: number,
): App {
  const idle = idleMs === undefined ? [] : ['--idle-minutes', String(idleMs / 60_000)];
  const config = readConfig({
    argv: [...argv, ...idle],
    env,
    cwd: dir,
    // Nothing of a test lies in the home of who runs it.
    homeDir: dir,
    platform: 'linux',
    version: '0.0.0',
    // Only a file that is named: whoever runs the tests may have one of their own.
    ...(argv.includes('--config') ? { disk: configDisk } : {}),
  });
  return createApp(config, { version: '0.0.0', packageDir }, silentLog);
}
