#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type App, createApp } from './app.ts';
import type { ServeSubcommand } from './config/argv/subcommand.ts';
import { type Config, readConfig } from './config/config.ts';
import { configDisk } from './config/file/disk.ts';
import { projectFilesIn } from './config/project-files-in.ts';
import { toWwiseFlowError, WwiseFlowError } from './core/errors.ts';
import { createLog, type Log } from './core/log.ts';
import { withoutCredentials } from './core/secrets/without-credentials.ts';
import { getsColours } from './facades/cli/draw/paint.ts';
import { printBlock, printTo, writtenOut } from './facades/cli/print.ts';
import { printTrouble } from './facades/cli/trouble.ts';
import type { McpConnection } from './facades/mcp/server.ts';
import type { FollowResources } from './facades/mcp/subscriptions/resource-updates.ts';
import { readVersion } from './read-version.ts';

/** All that this program says to people passes these two; what it says to programs is JSON. */
const print = printTo((text) => process.stdout.write(text), getsColours(process.stdout, process.env));
const printProblem = printTo((text) => process.stderr.write(text), getsColours(process.stderr, process.env));

/** The same directory whether this runs from src/ or from dist/. */
const packageDir = dirname(dirname(fileURLToPath(import.meta.url)));

/** Exit codes: 0 done, 1 failed, 2 called wrongly (or an invalid workflow), 3 a run was suspended. */
async function main(): Promise<number> {
  forgetRepository();
  let config: Config;
  const version = readVersion(packageDir);
  try {
    config = readConfig(surroundings(version));
  } catch (thrown) {
    return complain(thrown, 2);
  }
  try {
    return await traced(config, version, () => enter(config, version));
  } catch (thrown) {
    return complain(thrown, toWwiseFlowError(thrown).code === 'INVALID_INPUT' ? 2 : 1);
  }
}

/** This machine and how this program was called. */
function surroundings(version: string) {
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    homeDir: homedir(),
    platform: process.platform,
    version,
    hasWindowsDrives: existsSync('/mnt/c'),
    projectFilesIn,
    disk: configDisk,
  };
}

/** A program started by a hook of git, or in `git rebase --exec`, would have git work on that repository, not on the project's. */
function forgetRepository(): void {
  const names = 'DIR COMMON_DIR WORK_TREE INDEX_FILE OBJECT_DIRECTORY NAMESPACE PREFIX';
  for (const name of names.split(' ')) delete process.env[`GIT_${name}`];
}

/** Keeps traces of the work where a collector is named. One that cannot be had stops nothing. */
async function traced(config: Config, version: string, work: () => Promise<number>): Promise<number> {
  if (config.traces === null || config.subcommand.kind === 'print') return work();
  const { openTelemetry } = await import('./telemetry/open-telemetry.ts');
  const log = createLog(logLevelOf(config), process.stderr, process.stderr.isTTY ? 'text' : 'json');
  const traces = await openTelemetry(config.traces.url, version, log).catch((thrown: unknown) => {
    const { message, hint } = toWwiseFlowError(thrown);
    log.warn(`No traces are kept: ${message} ${hint}`);
    return undefined;
  });
  try {
    return await work();
  } finally {
    await traces?.close();
  }
}

async function enter(config: Config, version: string): Promise<number> {
  const { subcommand } = config;
  const reporting = { startDir: config.startDir, version };
  if (subcommand.kind === 'print') {
    printBlock(subcommand.text, print);
    return 0;
  }
  if (subcommand.kind === 'new') {
    const { createProject } = await import('./embedded/project/new-project/new-project.ts');
    createProject(subcommand.projectPath);
    print(`Created ${subcommand.projectPath}`);
    return 0;
  }
  if (subcommand.kind === 'check') {
    const { checkProject } = await import('./embedded/project/compare/check.ts');
    const { reportCheck } = await import('./facades/cli/reports/check-report.ts');
    return reportCheck(checkProject(subcommand.projectPath), { ...subcommand, ...reporting }, print);
  }
  if (subcommand.kind === 'mcp' && !subcommand.named && process.stdin.isTTY) return welcome(version);
  const log = createLog(logLevelOf(config), process.stderr, process.stderr.isTTY ? 'text' : 'json');
  for (const warning of config.warnings) log.warn(warning);
  for (const file of config.files) log.info({ ...file }, 'settings come from a configuration file');
  if (subcommand.kind === 'init') {
    const { initClient } = await import('./init-client.ts');
    const ask = process.stdin.isTTY ? askHere : null;
    const parts = { surroundings: surroundings(version), scriptPath: process.argv[1] ?? '', ask, packageDir };
    return initClient(subcommand, config, parts, print, log);
  }
  if (subcommand.kind === 'worker') {
    const { runWorker } = await import('./run-worker.ts');
    const interrupted = interruption();
    await runWorker(subcommand, config, { version, packageDir }, interrupted, log);
    return 0;
  }
  const app = createApp(config, { version, packageDir }, log);
  try {
    if (subcommand.kind === 'token') {
      const { runToken } = await import('./facades/cli/token.ts');
      return await runToken(subcommand, await app.storage.openTokens(), print);
    }
    if (subcommand.kind === 'jobs') {
      const { runJobs } = await import('./facades/cli/jobs.ts');
      const { needsQueue } = await import('./workspace/run-elsewhere.ts');
      const jobs = await app.storage.openJobs();
      if (jobs === undefined || config.redis === null) throw needsQueue();
      return await runJobs(subcommand, jobs, await app.openService(), print);
    }
    if (subcommand.kind === 'diagnose') {
      const { diagnose } = await import('./diagnose.ts');
      return await diagnose(app, config, subcommand, print);
    }
    if (subcommand.kind === 'hook') {
      const { runHook } = await import('./facades/cli/hook.ts');
      const hooks = await app.storage.openHooks();
      const openService = (workspace: string) => app.openWorkspace(workspace).openService();
      return await runHook(subcommand, { hooks, openService, env: process.env }, print);
    }
    if (subcommand.kind === 'callback') {
      const { runCallback } = await import('./facades/cli/callback.ts');
      return await runCallback(subcommand, await app.storage.openCallbacks(), print);
    }
    if (subcommand.kind === 'schedule') {
      const { runSchedule } = await import('./facades/cli/schedule.ts');
      return await runSchedule(subcommand, await app.storage.openSchedules(), print);
    }
    if (subcommand.kind === 'mcp') return await serveMcp(app, config, version, log);
    if (subcommand.kind === 'serve') return await serveHttp(app, subcommand, config, version, log);
    if (subcommand.kind === 'waapi-server') {
      const { serveWaapi } = await import('./serve-waapi.ts');
      return await serveWaapi(app, subcommand, { interrupted: interruption(), exitSoon }, print, log);
    }
    if (subcommand.kind === 'doctor') {
      const { doctor } = await import('./doctor.ts');
      return await doctor(app, config, version, subcommand.json ? 'json' : 'all', print);
    }
    if (subcommand.kind === 'lint') {
      const { runLint } = await import('./facades/cli/lint.ts');
      const subject = config.target.kind === 'wwise' ? config.target.address : config.target.filePath;
      return await runLint({ ...subcommand, ...reporting }, { openBus: app.openBus, subject }, print);
    }
    const { workflowSubcommand } = await import('./workflow-subcommands.ts');
    const interrupted = new AbortController();
    process.once('SIGINT', () => interrupted.abort());
    return await workflowSubcommand(app, config, version, subcommand, { signal: interrupted.signal, print });
  } finally {
    await app.close();
  }
}

/** `--quiet` and `--verbose` of waapi-server, named as WwiseConsole's. */
function logLevelOf({ subcommand, logLevel }: Config): Config['logLevel'] {
  if (subcommand.kind !== 'waapi-server' || subcommand.loudness === 'usual') return logLevel;
  return subcommand.loudness === 'quiet' ? 'error' : 'debug';
}

async function serveMcp(app: App, config: Config, version: string, log: Log): Promise<number> {
  const { createMcpServer } = await import('./facades/mcp/server.ts');
  const { builtApp } = await import('./facades/mcp/app/mcp-app.ts');
  const { serveMcpOverStdio } = await import('./facades/mcp/serve-stdio.ts');
  const { readPromptFiles } = await import('./facades/mcp/prompts/prompt-file.ts');
  const ended = endOfSession();
  if (process.stdin.isTTY) {
    const { printServing } = await import('./facades/cli/welcome.ts');
    printServing(await commandHere(), printProblem);
  }
  const primerFile = join(packageDir, 'docs', 'guides', 'wwise-primer.md');
  const { project, changes, openBus, openService } = app;
  const follow: FollowResources = async (...followed) => {
    const { resourceUpdates } = await import('./facades/mcp/subscriptions/resource-updates.ts');
    return resourceUpdates({ project, changes, openService, primerFile, log })(...followed);
  };
  const build = (connection: McpConnection) =>
    createMcpServer(
      {
        ...{ version, project, openBus, openService, primerFile, follow, log },
        toolNames: app.toolNames,
        loadTools: app.loadTools,
        hasPlugins: app.hasPlugins,
        readPrompts: () => readPromptFiles(join(packageDir, 'prompts')),
        profile: config.choice.profile,
        appFile: builtApp(join(packageDir, 'dist', 'web')),
      },
      connection,
    );
  const server = serveMcpOverStdio(build, { input: process.stdin, output: process.stdout }, follow, log);
  await ended;
  app.keepUnsaved();
  exitSoon(0, app.keepUnsaved);
  await server.stop();
  return 0;
}

async function serveHttp(
  app: App,
  subcommand: ServeSubcommand,
  config: Config,
  version: string,
  log: Log,
): Promise<number> {
  const { startServing } = await import('./serve-http.ts');
  const interrupted = interruption();
  const { shownFirst } = await import('./facades/cli/shown-first.ts');
  const shown = shownFirst(subcommand.shows);
  const program = { version, packageDir, opened: shown.workflow };
  const server = await startServing(app, subcommand, config, program, log);
  print(`WwiseFlow serves ${server.serves}`);
  print(`  page  ${server.url}${shown.address}`);
  print(`  REST  ${server.url}  (described at ${server.url}/openapi.json)`);
  print(`  MCP   ${server.url}/mcp`);
  print(subcommand.auth ? 'Every request needs a token. Ctrl+C ends the server.' : 'Ctrl+C ends the server.');
  if (subcommand.open) {
    const { openInBrowser } = await import('./facades/http/server/open-in-browser.ts');
    openInBrowser(`${server.url}${shown.address}`, log);
  }
  await interrupted;
  app.keepUnsaved();
  exitSoon(0, app.keepUnsaved);
  await server.close();
  return 0;
}

/** Nobody started a client's server here: somebody wants to know what this is. */
async function welcome(version: string): Promise<number> {
  const { printWelcome } = await import('./facades/cli/welcome.ts');
  const { clients } = await import('./facades/cli/init/clients.ts');
  printWelcome({ version, command: await commandHere(), clients: clients.map(({ name }) => name) }, print);
  return 0;
}

async function commandHere(): Promise<string> {
  const { ownCommand } = await import('./facades/cli/own-command.ts');
  return ownCommand(process.argv[1] ?? '', process.cwd());
}

/** Shows the question and waits for a line. */
async function askHere(question: string): Promise<string> {
  const { createInterface } = await import('node:readline');
  printBlock(question, print);
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const answer of lines) return answer;
  } finally {
    lines.close();
  }
  throw new WwiseFlowError('CANCELLED', 'Nothing was chosen, so nothing was written.', {
    hint: 'Say --project FILE.wproj or --wwise ADDRESS.',
  });
}

/** When the client goes away (stdin ends, stdout breaks) or somebody asks this process to stop. */
function endOfSession(): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    process.stdout.once('error', () => resolve());
    interruption().then(resolve);
  });
}

/** Whoever ended the session does not wait for work that is in the way: what it leaves behind is as after a crash, but for unsaved edits, which are kept. */
function exitSoon(exitCode: number, keepUnsaved: () => void): void {
  setTimeout(() => {
    keepUnsaved();
    process.exit(exitCode);
  }, 1_500).unref();
}

function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function complain(thrown: unknown, exitCode: number): number {
  const error = toWwiseFlowError(thrown);
  const { code, message, hint, details } = error;
  printTrouble({ code, error: message, hint, details }, printProblem);
  if (code === 'INTERNAL' && error.cause instanceof Error)
    printBlock(withoutCredentials(error.cause.stack ?? ''), printProblem);
  return exitCode;
}

// Node would print what nobody caught as it is.
process.once('uncaughtException', (thrown) => {
  complain(thrown, 1);
  process.exit(1);
});
// A client that closed its end (`| head`) is no failure of ours.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
process.exitCode = await main();
// Pipes are written in the background: let them take everything first. What is left of stderr, many never read.
await Promise.race([writtenOut(process.stderr), delay(500)]);
await writtenOut(process.stdout);
// Whatever still holds the event loop (a socket that never closes, a call in flight) must not keep the process alive.
process.exit();
