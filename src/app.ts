import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Bus } from './bus/bus.ts';
import type { BusParts } from './bus/create-bus.ts';
import type { Config } from './config/config.ts';
import { WwiseFlowError } from './core/errors.ts';
import type { Log } from './core/log.ts';
import type { Stores } from './core/stores/stores.ts';
import type { Engine, EngineSession } from './embedded/engine.ts';
import type { InstanceInfo } from './embedded/functions/ak.wwise.core.getInfo.ts';
import type { OpenProject } from './embedded/project/open-project.ts';
import type { UnsavedKeeper } from './embedded/recovery/keep-unsaved.ts';
import { defaultSet, toolNamesFor } from './facades/mcp/select-tools.ts';
import type { Tool } from './facades/mcp/tools.ts';
import type { HeldProject } from './open-image.ts';
import { readExamples } from './read-examples.ts';
import type { WorkflowService } from './workflow/service.ts';
import type { WaapiBackend } from './wwise/connection/backend.ts';
import type { PathMap } from './wwise/files/path-map.ts';
import type { ProjectFilesView } from './wwise/files/project-files.ts';

/** What the running program knows about itself; main.ts reads it from the process. */
export interface Instance {
  readonly version: string;
  /** The package's directory, where prompts/ lies. */
  readonly packageDir: string;
}

/** The program put together. Nothing is opened, connected or read before the first `openBus` or `openEngine`. */
export interface App {
  /** The names of the MCP tools of this start-up, in listing order. */
  readonly toolNames: readonly string[];
  /** These tools. Loading them takes as long as everything else before the first answer, so that comes after it. */
  loadTools(): Promise<readonly Tool[]>;
  /** The one bus, made on first use. Rejects when the state directory cannot be used; a later call tries again. */
  openBus(): Promise<Bus>;
  /** Runs, previews, the workflow library and what was done, over that bus. Fails and tries again as openBus does. */
  openService(): Promise<WorkflowService>;
  /** The embedded engine over a project file, opened once per file. */
  openEngine(projectPath: string): Promise<Engine>;
  /** An engine of its own for a WAAPI server; with null, a client opens the project. */
  openServedEngine(projectPath: string | null, sourceControl: 'git' | null): Promise<Engine>;
  /**
   * Writes the unsaved edits of embedded projects to recovery files, at once: for a process that may be ended before `close`
   * is through. Only servers do; the command line says itself what is unsaved.
   */
  keepUnsaved(): void;
  /** Ends the connection and every engine, then the stores. Servers keep unsaved edits of an embedded project for the next start. */
  close(): Promise<void>;
}

/**
 * The composition root: the only place where everything is put together.
 * @throws WwiseFlowError INVALID_INPUT when the config names a toolset or tool that does not exist.
 */
export function createApp(config: Config, instance: Instance, log: Log): App {
  const toolNames = toolNamesFor(config.choice, config.choice.readOnly);
  const engines = new Map<string, Promise<Engine>>();
  /** What close() must undo, last opened first. */
  const opened: (() => void | Promise<void>)[] = [];
  let closing: Promise<void> | undefined;

  const notices: string[] = [];
  const running: Engine[] = [];
  let keeper: UnsavedKeeper | undefined;
  const keep = (engine: Engine): void => keeper?.keep(engine);
  /** From now on its unsaved edits are kept; what earlier sessions left is reported. */
  const attend = async (engine: Engine): Promise<void> => {
    const { createKeeper } = await import('./embedded/recovery/keep-unsaved.ts');
    const { recoveryNotice } = await import('./embedded/recovery/create-recoveries.ts');
    const isServer = config.door.kind === 'mcp' || config.door.kind === 'waapi-server';
    keeper ??= createKeeper(config.stateDir, isServer, log);
    running.push(engine);
    try {
      const notice = recoveryNotice(keeper.recoveriesOf(engine).list());
      if (notice === undefined) return;
      log.warn({ project: engine.projectPath }, notice);
      notices.push(notice);
    } catch (err) {
      log.warn({ project: engine.projectPath, err }, 'What earlier sessions left unsaved cannot be read.');
    }
  };

  const openProjectAt = async (projectPath: string): Promise<Engine> => {
    const known = engines.get(projectPath);
    const opening = known ?? startAttended(projectPath);
    engines.set(projectPath, opening);
    // A project that could not be opened may be repaired: the next call tries again.
    opening.catch(() => engines.delete(projectPath));
    return opening;
  };
  const startAttended = async (projectPath: string): Promise<Engine> => {
    const engine = await startEngine(projectPath, config, instance, log);
    await attend(engine);
    return engine;
  };
  const openEngine = async (projectPath: string): Promise<Engine> => openProjectAt(projectPath);
  const withProjectOf = async <T>(
    projectPath: string,
    work: (project: OpenProject) => Promise<T>,
  ): Promise<T> =>
    (await openEngine(projectPath)).whileStill(async (project) => {
      if (project !== null) return work(project);
      throw new WwiseFlowError('WAAPI_ERROR', 'No project is open.', {
        hint: 'Open a project, then try again.',
      });
    });

  let embedded: Engine | undefined;
  let held: Pick<EngineSession, 'takeNotices' | 'hearNews'> | undefined;
  const openBackend = async (): Promise<WaapiBackend> => {
    if (config.target.kind === 'wwise') {
      const { connectWaapi } = await import('./wwise/connection/connect.ts');
      return connectWaapi(config.target.url);
    }
    const { inProcessBackend } = await import('./embedded/in-process-backend.ts');
    embedded = await openEngine(config.target.filePath);
    const backend = inProcessBackend(embedded);
    held = backend;
    return backend;
  };

  const openParts = once(async (): Promise<{ bus: BusParts; stores: Stores }> => {
    const { createConnection } = await import('./wwise/connection/connection.ts');
    const { inProcessLimitsMs } = await import('./wwise/connection/time-limits.ts');
    const { translatePaths } = await import('./wwise/files/translate-paths.ts');
    const stores = await openStores(config.stateDir);
    const address = config.target.kind === 'wwise' ? config.target.address : config.target.filePath;
    const { timeLimitsMs: given } = config.limits;
    const timeLimitsMs = config.target.kind === 'wwise' ? given : inProcessLimitsMs(given);
    const connection = createConnection({ open: openBackend, address, log, ...config.limits, timeLimitsMs });
    const paths = config.target.kind === 'wwise' ? await pathMapOf(config) : null;
    const waapi = paths === null ? connection : translatePaths(connection, paths);
    opened.push(stores.close);
    notices.push(...(await suspendedNotices(stores)));
    opened.push(waapi.close);
    const { target } = config;
    const filesHere = target.kind === 'wwise' ? undefined : filesOf(() => openEngine(target.filePath));
    const bus: BusParts = {
      ...(await chosenCommands(config)),
      waapi,
      memo: stores.memo,
      audit: stores.audit,
      files: { allowedDirs: config.allowedDirs, startDir: config.startDir, toLocal: paths?.toLocal },
      readOnly: config.choice.readOnly,
      expectProject: config.expectProject,
      consolePath: config.consolePath,
      takeNotices: () => [...notices.splice(0), ...(held?.takeNotices() ?? [])],
      recoveries: () => (embedded === undefined ? null : (keeper?.recoveriesOf(embedded) ?? null)),
      hearNews: async () => held?.hearNews(),
      lookAtFiles: async () => {
        if (target.kind !== 'wwise') await (await openEngine(target.filePath)).upToDate();
      },
      projectFiles: filesHere,
      log,
    };
    return { bus, stores };
  });

  const openBus = once(async (): Promise<Bus> => {
    const { createBus } = await import('./bus/create-bus.ts');
    return createBus((await openParts()).bus);
  });

  const openService = once(async (): Promise<WorkflowService> => {
    const { waapiFunctions } = await import('./embedded/functions/catalog.ts');
    const { imageSource } = await import('./open-image.ts');
    const { createWorkflowService } = await import('./workflow/create-service.ts');
    const { createPreviews } = await import('./workflow/preview/preview.ts');
    const { createRuns } = await import('./workflow/runtime/runs.ts');
    const { bus: parts, stores } = await openParts();
    const bus = await openBus();
    const { target, stateDir } = config;
    const held: HeldProject | null =
      target.kind === 'wwise' ? null : (work) => withProjectOf(target.filePath, work);
    const functions = waapiFunctions(instanceInfo(instance, stateDir));
    const runs = createRuns({ bus, store: stores.runs, stateDir, limits: config.runLimits, log });
    opened.push(runs.close);
    return createWorkflowService({
      bus,
      runs,
      previews: createPreviews({ images: imageSource({ bus: parts, functions, held, log }), log }),
      library: stores.library,
      examples: readExamples(join(instance.packageDir, 'examples')),
      audit: stores.audit,
      memo: stores.memo,
      exportDirs: [...config.allowedDirs, stateDir],
      stateDir,
      unsavedFiles: () => embedded?.unsaved()?.work.entries.map(({ place }) => place) ?? [],
      log,
    });
  });

  const openServedEngine: App['openServedEngine'] = async (projectPath, sourceControl) => {
    const { openProject } = await import('./embedded/project/open.ts');
    const { createEngine } = await import('./embedded/create-engine.ts');
    const { waapiFunctions } = await import('./embedded/functions/catalog.ts');
    const project = projectPath === null ? null : await openProject(projectPath, { log });
    const functions = waapiFunctions(instanceInfo(instance, config.stateDir));
    const engine = createEngine({ openProject: project, functions, sourceControl, log });
    await attend(engine);
    opened.push(async () => {
      keep(engine);
      await engine.close();
    });
    return engine;
  };

  const closeAll = async (): Promise<void> => {
    for (const undo of opened.reverse()) await undo();
    for (const opening of engines.values()) await closeEngine(opening, keep);
  };

  return {
    toolNames,
    loadTools: async () => {
      const [{ allTools }, { commands }] = await Promise.all([
        import('./facades/mcp/tools.ts'),
        import('../tools/catalog.ts'),
      ]);
      const names = new Set(toolNames);
      return allTools(commands).filter((tool) => names.has(tool.source.name));
    },
    openBus,
    openService,
    openEngine,
    openServedEngine,
    keepUnsaved: () => {
      for (const engine of running) keep(engine);
    },
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}

/**
 * What a workflow may use: everything, unless the user named toolsets or tools; never what was excluded. Read-only is
 * answered by the bus, with its own code.
 */
async function chosenCommands({ choice }: Config): Promise<Pick<BusParts, 'commands' | 'excluded'>> {
  const { commands } = await import('../tools/catalog.ts');
  const isOpen = choice.toolsets === null ? choice.tools === null : choice.toolsets.includes(defaultSet);
  const widened = isOpen ? { ...choice, toolsets: ['all'] } : choice;
  const names = new Set(toolNamesFor(widened, false));
  return {
    commands: commands.filter(({ name }) => names.has(name)),
    excluded: commands.filter(({ name }) => !names.has(name)),
  };
}

/** Runs that an earlier process suspended: nobody but who asks for it goes on with them here. */
async function suspendedNotices({ runs }: Stores): Promise<readonly string[]> {
  return (await runs.suspended()).slice(0, 5).map(({ executionId, name, workflowId, wakeAtMs }) => {
    const isDue = wakeAtMs !== null && wakeAtMs <= Date.now();
    const until = new Date(wakeAtMs ?? 0).toISOString();
    const what = isDue ? `has been due since ${until}` : `is suspended until ${until}`;
    return `The run ${executionId} (${name ?? workflowId}) ${what}: workflow_resume goes on with it, workflow_cancel ends it.`;
  });
}

/** Wwise may see files elsewhere than this process does. */
async function pathMapOf({ paths }: Config): Promise<PathMap> {
  const { createPathMap } = await import('./wwise/files/path-map.ts');
  // Files are named by their real paths, so that folders behind links must be known by both.
  const table = paths.table.flatMap((pair) => {
    const real = existsSync(pair.local) ? realpathSync(pair.local) : pair.local;
    return real === pair.local ? [pair] : [pair, { ...pair, local: real }];
  });
  return createPathMap({ ...paths, table });
}

/** What the embedded engine knows about the files of its project. */
function filesOf(open: () => Promise<Engine>): ProjectFilesView {
  return {
    async unreadable(fresh) {
      const engine = await open();
      if (fresh) await engine.upToDate();
      return engine.unreadableFiles();
    },
    duplicates: async () => (await (await open()).upToDate())?.duplicateIds() ?? [],
  };
}

async function openStores(stateDir: string): Promise<Stores> {
  const { openSqliteStores } = await import('./stores/sqlite/sqlite-stores.ts');
  try {
    return openSqliteStores(stateDir);
  } catch (cause) {
    if (cause instanceof WwiseFlowError) throw cause;
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

async function startEngine(
  projectPath: string,
  { stateDir, choice }: Config,
  instance: Instance,
  log: Log,
): Promise<Engine> {
  const { openProject } = await import('./embedded/project/open.ts');
  const { createEngine } = await import('./embedded/create-engine.ts');
  const { waapiFunctions } = await import('./embedded/functions/catalog.ts');
  const project = await openProject(projectPath, { log, settle: !choice.readOnly });
  try {
    const functions = waapiFunctions(instanceInfo(instance, stateDir));
    return createEngine({ openProject: project, functions, log });
  } catch (failure) {
    project.close();
    throw failure;
  }
}

function instanceInfo({ version, packageDir }: Instance, stateDir: string): InstanceInfo {
  return { productVersion: version, installDir: packageDir, userDir: stateDir };
}

async function closeEngine(opening: Promise<Engine>, keep: (engine: Engine) => void): Promise<void> {
  const engine = await opening.catch(() => undefined);
  if (engine === undefined) return;
  keep(engine);
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
