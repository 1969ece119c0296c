import type { App } from './app.ts';
import type { WaapiServerSubcommand } from './config/argv/subcommand.ts';
import type { Log } from './core/log.ts';
import type { Print } from './facades/cli/print.ts';

/** Whoever ends a server: a signal, and the limit of what may still take time then. */
export interface ServerEnd {
  readonly interrupted: Promise<void>;
  exitSoon(exitCode: number, keepUnsaved: () => void): void;
}

/**
 * The embedded Wwise over WAMP and HTTP until it is interrupted (0) or its watchdog sees no call (1). Throws
 * INVALID_INPUT when an address cannot be listened on.
 */
export async function serveWaapi(
  app: App,
  subcommand: WaapiServerSubcommand,
  { interrupted, exitSoon }: ServerEnd,
  print: Print,
  log: Log,
): Promise<number> {
  const { startWaapiServer } = await import('./embedded/server/start-waapi-server.ts');
  const { prepareChecks } = await import('./embedded/protocol/check-arguments.ts');
  const served = await app.openServed(subcommand.projectPath, subcommand.sourceControl ? 'git' : null);
  prepareChecks();
  const { allowedAddresses } = subcommand;
  const onlyThisMachine = allowedAddresses.every((address) => /^(127\.|::1$|localhost$)/.test(address));
  const server = await startWaapiServer({
    ...subcommand,
    engine: served.host,
    // Other machines can only be let in where they can knock.
    host: onlyThisMachine ? '127.0.0.1' : '0.0.0.0',
    log,
  });
  const say: Print = subcommand.loudness === 'quiet' ? () => undefined : print;
  const through = served.isElsewhere ? ', through the process that has it' : '';
  say(
    subcommand.projectPath === null
      ? 'Serving without a project'
      : `Serving ${subcommand.projectPath}${through}`,
  );
  await served.share(addressIn(server.wampUrl));
  if (server.wampUrl !== null) say(`  WAMP  ${server.wampUrl}`);
  if (server.httpUrl !== null) say(`  HTTP  ${server.httpUrl}`);
  say('Changes are kept in memory until a client calls ak.wwise.core.project.save. Ctrl+C ends the server.');
  const starved = server.starved.then(() => 1);
  const exitCode = await Promise.race([interrupted.then(() => 0), starved]);
  app.keepUnsaved();
  exitSoon(exitCode, app.keepUnsaved);
  if (exitCode === 1)
    log.error({ seconds: subcommand.watchdogTimeoutMs / 1000 }, 'no call came: the watchdog ends the server');
  await server.close();
  return exitCode;
}

/** Whoever finds the project open learns where it is served. */
function addressIn(wampUrl: string | null): { readonly host: string; readonly port: number } | undefined {
  if (wampUrl === null) return undefined;
  const { hostname, port } = new URL(wampUrl);
  return { host: hostname, port: Number(port) };
}
