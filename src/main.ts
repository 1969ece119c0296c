#!/usr/bin/env node
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, createApp } from './app.ts';
import type { WaapiServerDoor, WorkflowDoor } from './config/argv/door.ts';
import { type Config, readConfig } from './config/config.ts';
import { configDisk } from './config/file/disk.ts';
import { toWwiseFlowError } from './core/errors.ts';
import { asJsonObject, asString } from './core/json.ts';
import { createLog, type Log } from './core/log.ts';
import { withoutCredentials } from './core/without-credentials.ts';
import type { OpenProject } from './embedded/project/open-project.ts';
import { type Print, printBlock, printTo } from './facades/cli/print.ts';
import { printTrouble } from './facades/cli/trouble.ts';

/** All that this program says to people passes these two; what it says to programs is JSON. */
const print = printTo((text) => process.stdout.write(text));
const printProblem = printTo((text) => process.stderr.write(text));

/** The same directory whether this runs from src/ or from dist/. */
const packageDir = dirname(dirname(fileURLToPath(import.meta.url)));

/** Exit codes: 0 done, 1 failed, 2 called wrongly (or an invalid workflow), 3 a run was suspended. */
async function main(): Promise<number> {
  let config: Config;
  const version = readVersion();
  try {
    config = readConfig({
      argv: process.argv.slice(2),
      env: process.env,
      cwd: process.cwd(),
      homeDir: homedir(),
      platform: process.platform,
      version,
      hasWindowsDrives: existsSync('/mnt/c'),
      projectFilesIn,
      disk: configDisk,
    });
  } catch (thrown) {
    return complain(thrown, 2);
  }
  try {
    return await enter(config, version);
  } catch (thrown) {
    return complain(thrown, toWwiseFlowError(thrown).code === 'INVALID_INPUT' ? 2 : 1);
  }
}

async function enter(config: Config, version: string): Promise<number> {
  const { door } = config;
  if (door.kind === 'print') {
    printBlock(door.text, print);
    return 0;
  }
  if (door.kind === 'new') {
    const { createProject } = await import('./embedded/project/new-project.ts');
    createProject(door.projectPath);
    print(`Created ${door.projectPath}`);
    return 0;
  }
  if (door.kind === 'check') {
    const { checkProject } = await import('./embedded/project/check.ts');
    const { printCheck } = await import('./facades/cli/check.ts');
    return printCheck(checkProject(door.projectPath), door.json, print);
  }
  const log = createLog(logLevelOf(config));
  for (const warning of config.warnings) log.warn(warning);
  for (const file of config.files) log.info({ ...file }, 'settings come from a configuration file');
  const app = createApp(config, { version, packageDir }, log);
  try {
    if (door.kind === 'mcp') return await serveMcp(app, config, version, log);
    if (door.kind === 'waapi-server') return await serveWaapi(app, door, log);
    if (door.kind === 'doctor') return await doctor(app, config, version, door.json);
    return await workflows(app, door, config.target.kind !== 'wwise');
  } finally {
    await app.close();
  }
}

/** `--quiet` and `--verbose` of waapi-server, named as WwiseConsole's. */
function logLevelOf({ door, logLevel }: Config): Config['logLevel'] {
  if (door.kind !== 'waapi-server' || door.loudness === 'usual') return logLevel;
  return door.loudness === 'quiet' ? 'error' : 'debug';
}

async function serveMcp(app: App, config: Config, version: string, log: Log): Promise<number> {
  const { createMcpServer } = await import('./facades/mcp/server.ts');
  const { serveMcpOverStdio } = await import('./facades/mcp/serve-stdio.ts');
  const { readPromptFiles } = await import('./facades/mcp/prompt-file.ts');
  const ended = endOfSession();
  if (process.stdin.isTTY) printBlock(forPeople, printProblem);
  const build = () =>
    createMcpServer({
      version,
      toolNames: app.toolNames,
      loadTools: app.loadTools,
      prompts: readPromptFiles(join(packageDir, 'prompts')),
      readOnly: config.choice.readOnly,
      openBus: app.openBus,
      openService: app.openService,
      log,
    });
  const server = serveMcpOverStdio(build, { input: process.stdin, output: process.stdout }, log);
  await ended;
  app.keepUnsaved();
  exitSoon(0, app.keepUnsaved);
  await server.stop();
  return 0;
}

/** Started by hand the server would say nothing, since its words are the protocol's. */
const forPeople = `WwiseFlow is ready: it speaks MCP on its standard input, for an agent's client to start.
  wwiseflow doctor   what is reachable, and what to do where it is not
  wwiseflow --help   everything else
Ctrl+C ends it.
`;

async function workflows(app: App, door: WorkflowDoor, savesProject: boolean): Promise<number> {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  const parts = { openBus: app.openBus, openService: app.openService, signal: interrupted.signal };
  if (door.kind === 'run') {
    const { runFlow } = await import('./facades/cli/run.ts');
    return runFlow(door, parts, print);
  }
  if (door.kind === 'rollback') {
    const { rollBackRun } = await import('./facades/cli/rollback.ts');
    return rollBackRun({ ...door, savesProject }, parts, print);
  }
  const { collectGarbage, listRuns, resumeRun } = await import('./facades/cli/runs.ts');
  if (door.kind === 'resume') return resumeRun(door, parts, print);
  const service = await app.openService();
  return door.kind === 'runs' ? listRuns(door, service, print) : collectGarbage(door, service, print);
}

async function serveWaapi(app: App, door: WaapiServerDoor, log: Log): Promise<number> {
  const { startWaapiServer } = await import('./embedded/server/start-waapi-server.ts');
  const { prepareChecks } = await import('./embedded/protocol/check-arguments.ts');
  const interrupted = interruption();
  const engine = await app.openServedEngine(door.projectPath, door.sourceControl ? 'git' : null);
  prepareChecks();
  const { allowedAddresses } = door;
  const onlyThisMachine = allowedAddresses.every((address) => /^(127\.|::1$|localhost$)/.test(address));
  const server = await startWaapiServer({
    ...door,
    engine,
    // Other machines can only be let in where they can knock.
    host: onlyThisMachine ? '127.0.0.1' : '0.0.0.0',
    log,
  });
  const say: Print = door.loudness === 'quiet' ? () => undefined : print;
  say(door.projectPath === null ? 'Serving without a project' : `Serving ${door.projectPath}`);
  announce(engine.project, server.wampUrl, server.httpUrl);
  if (server.wampUrl !== null) say(`  WAMP  ${server.wampUrl}`);
  if (server.httpUrl !== null) say(`  HTTP  ${server.httpUrl}`);
  say('Changes are kept in memory until a client calls ak.wwise.core.project.save. Ctrl+C ends the server.');
  const starved = server.starved.then(() => 1);
  const exitCode = await Promise.race([interrupted.then(() => 0), starved]);
  app.keepUnsaved();
  exitSoon(exitCode, app.keepUnsaved);
  if (exitCode === 1)
    log.error({ seconds: door.watchdogTimeoutMs / 1000 }, 'no call came: the watchdog ends the server');
  await server.close();
  return exitCode;
}

/** Whoever finds the project open is told where it is served. */
function announce(project: OpenProject | null, wampUrl: string | null, httpUrl: string | null): void {
  const url = wampUrl ?? httpUrl;
  if (url === null) return;
  const { hostname, port } = new URL(url);
  project?.announce({ kind: wampUrl === null ? 'http' : 'wamp', host: hostname, port: Number(port) });
}

async function doctor(app: App, config: Config, version: string, json: boolean): Promise<number> {
  const { runDoctor } = await import('./facades/cli/doctor.ts');
  const { target } = config;
  const configured = {
    version,
    nodeVersion: process.version,
    target: target.kind === 'wwise' ? `Wwise at ${target.address}` : target.filePath,
    stateDir: config.stateDir,
    allowedDirs: config.allowedDirs,
    expectProject: config.expectProject,
    readOnly: config.choice.readOnly,
    tools: app.toolNames,
    files: config.files,
    settings: config.settings,
    warnings: config.warnings,
  };
  return runDoctor(configured, app.openBus, json, print);
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

function projectFilesIn(dir: string): readonly string[] {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const names = readdirSync(dir);
  // A save that was cut off may have left a project without its .wproj: opening it brings that back.
  const cutOff = names.flatMap((name) => /^\.(.+\.wproj)\.wwiseflow-save$/i.exec(name)?.[1] ?? []);
  return [...new Set([...names.filter((name) => name.toLowerCase().endsWith('.wproj')), ...cutOff])];
}

function readVersion(): string {
  const file = join(packageDir, 'package.json');
  const facts: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return asString(asJsonObject(facts).version) ?? '0.0.0';
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
process.stdout.on('error', () => undefined);
process.exitCode = await main();
// On some systems pipes are written in the background: let them take everything first.
await new Promise<void>((resolve) => {
  if (!process.stdout.write('', () => resolve())) process.stdout.once('error', () => resolve());
});
// Whatever still holds the event loop (a socket that never closes, a call in flight) must not keep the process alive.
process.exit();
