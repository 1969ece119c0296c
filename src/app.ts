import { commands } from '../tools/catalog.ts';
import { WwiseFlowError } from './base/errors.ts';
import type { Log } from './base/log.ts';
import type { Bus } from './bus/bus.ts';
import type { AnyCommand } from './bus/command.ts';
import type { Config } from './config.ts';
import type { Engine } from './embedded/engine.ts';
import type { OpenProject } from './embedded/project/open-project.ts';
import { type Tool, toolsFor } from './facades/mcp/tools.ts';
import type { AuditStore } from './store/audit-store.ts';
import type { MemoStore } from './store/memo-store.ts';
import type { WaapiBackend } from './waapi/backend.ts';

/** What the running program knows about itself; main.ts reads it from the process. */
export interface Instance {
  readonly version: string;
  /** The package's directory, where prompts/ lies. */
  readonly packageDir: string;
}

/** The program put together. Nothing is opened, connected or read before the first `openBus` or `openEngine`. */
export interface App {
  /** The MCP tools of this start-up, in listing order. */
  readonly tools: readonly Tool[];
  /** The one bus, made on first use. Rejects when the state directory cannot be used; a later call tries again. */
  openBus(): Promise<Bus>;
  /** The embedded engine over a project file, opened once per file. */
  openEngine(projectPath: string): Promise<Engine>;
  /** Ends the connection and every engine, then the stores. Unsaved changes of an embedded project are lost. */
  close(): Promise<void>;
}

/**
 * The composition root: the only place where everything is put together.
 * @throws WwiseFlowError INVALID_INPUT when the config names a toolset or tool that does not exist.
 */
export function createApp(config: Config, instance: Instance, log: Log): App {
  const tools = toolsFor(commands, config.choice, config.choice.readOnly);
  const engines = new Map<string, Promise<OpenedEngine>>();
  /** What close() must undo, last opened first. */
  const opened: (() => void | Promise<void>)[] = [];
  let closing: Promise<void> | undefined;

  const openEngine = async (projectPath: string): Promise<Engine> => {
    const opening = engines.get(projectPath) ?? startEngine(projectPath, config.stateDir, instance, log);
    engines.set(projectPath, opening);
    // A project that could not be opened may be repaired: the next call tries again.
    opening.catch(() => engines.delete(projectPath));
    return (await opening).engine;
  };

  const openBackend = async (): Promise<WaapiBackend> => {
    if (config.target.kind === 'wwise') {
      const { connectWaapi } = await import('./waapi/connect.ts');
      return connectWaapi(config.target.url);
    }
    const { inProcessBackend } = await import('./embedded/in-process-backend.ts');
    return inProcessBackend(await openEngine(config.target.filePath));
  };

  const openBus = once(async (): Promise<Bus> => {
    const { createConnection } = await import('./waapi/connection.ts');
    const { createBus } = await import('./bus/create-bus.ts');
    const stores = await openStores(config.stateDir);
    const address = config.target.kind === 'wwise' ? config.target.url : config.target.filePath;
    const waapi = createConnection({ open: openBackend, address, log });
    opened.push(stores.memo.close, stores.audit.close, waapi.close);
    return createBus({
      commands: chosenCommands(config),
      waapi,
      memo: stores.memo,
      audit: stores.audit,
      files: { allowedDirs: config.allowedDirs },
      readOnly: config.choice.readOnly,
      expectProject: config.expectProject,
      log,
    });
  });

  const closeAll = async (): Promise<void> => {
    for (const undo of opened.reverse()) await undo();
    for (const opening of engines.values()) await closeEngine(opening, log);
  };

  return {
    tools,
    openBus,
    openEngine,
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}

/** What is not offered as a tool cannot be reached through a workflow either; read-only is answered by the bus, with its own code. */
function chosenCommands(config: Config): AnyCommand[] {
  const names = new Set(toolsFor(commands, config.choice, false).map((tool) => tool.source.name));
  return commands.filter((command) => names.has(command.name));
}

/** Two connections to one file: memo records survive a power cut, audit records need not be that slow. */
async function openStores(stateDir: string): Promise<{ memo: MemoStore; audit: AuditStore }> {
  const { openDatabase } = await import('./store/open-database.ts');
  const { sqliteMemo } = await import('./store/sqlite-memo.ts');
  const { sqliteAudit } = await import('./store/sqlite-audit.ts');
  try {
    const memo = sqliteMemo(openDatabase(stateDir, { durable: true }));
    return { memo, audit: sqliteAudit(openDatabase(stateDir, { durable: false })) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError(
      'FILE_UNREADABLE',
      `The state directory "${stateDir}" cannot be used: ${reason}.`,
      {
        hint: 'Start with --state and a directory that this user may write.',
        details: { stateDir },
        cause,
      },
    );
  }
}

interface OpenedEngine {
  readonly engine: Engine;
  readonly project: OpenProject;
}

async function startEngine(
  projectPath: string,
  stateDir: string,
  instance: Instance,
  log: Log,
): Promise<OpenedEngine> {
  const { openProject } = await import('./embedded/project/open.ts');
  const { createEngine } = await import('./embedded/create-engine.ts');
  const { waapiFunctions } = await import('./embedded/functions/catalog.ts');
  const project = await openProject(projectPath, { log });
  const functions = waapiFunctions({
    productVersion: instance.version,
    installDir: instance.packageDir,
    userDir: stateDir,
  });
  return { engine: createEngine({ openProject: project, functions, log }), project };
}

async function closeEngine(opening: Promise<OpenedEngine>, log: Log): Promise<void> {
  const opened = await opening.catch(() => undefined);
  if (opened === undefined) return;
  const { engine, project } = opened;
  if (project.isDirty) log.warn({ project: project.filePath }, 'closed with unsaved changes: they are lost');
  await engine.close();
}

/** Makes the value on first use; a failure is forgotten, so that the next use tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    const current = made ?? make();
    made = current;
    current.catch(() => {
      if (made === current) made = undefined;
    });
    return current;
  };
}
