import type { Config } from './config/config.ts';
import type { Bus } from './core/dispatch/bus.ts';
import { WwiseFlowError } from './core/errors.ts';
import type { Log } from './core/log.ts';
import { DEFAULT_WORKSPACE } from './core/stores/stores.ts';
import type { Engine } from './embedded/engine.ts';
import type { OpenedProject } from './embedded/project/opened-project.ts';
import type { UnsavedKeeper } from './embedded/recovery/keep-unsaved.ts';
import { type ReleasableEngine, releasableEngine } from './embedded/releasable-engine.ts';
import { toolNamesFor } from './facades/mcp/tools/select-tools.ts';
import type { Tool } from './facades/mcp/tools/tool.ts';
import type { LoadedPlugin } from './plugins/loaded-plugin.ts';
import { instanceInfo, type ProgramInfo } from './program-info.ts';
import type { WorkflowService } from './workflow/service.ts';
import { alertsHere } from './workspace/alerts-here.ts';
import { namesInWorkflows } from './workspace/chosen-commands.ts';
import type { LaneGuard } from './workspace/guard-lane.ts';
import type { SharedAddress } from './workspace/join-project.ts';
import { createWorkspace, type RunObserver, type Workspace } from './workspace/open-workspace.ts';
import { pluginsOf } from './workspace/plugins-of.ts';
import { createElsewhere } from './workspace/run-elsewhere.ts';
import type { ServedProject } from './workspace/served-project.ts';
import { createStorage, type Storage } from './workspace/storage.ts';

export type { ProgramInfo } from './program-info.ts';

/** The program put together. Nothing is opened, connected or read before the first `openBus` or `openEngine`. */
export interface App {
  /** The names of the MCP tools of this start-up, in listing order. */
  readonly toolNames: readonly string[];
  /**
   * These tools, and what can be called without being listed. Loading them takes as long as everything else before the first
   * answer, so that comes after it.
   */
  loadTools(): Promise<readonly Tool[]>;
  /** Plug-ins were named: their tools are listed beside those above. */
  readonly hasPlugins: boolean;
  /** What plug-ins bring; loaded on first use. Rejects when one cannot be loaded; a later call tries again. */
  loadPlugins(): Promise<readonly LoadedPlugin[]>;
  /** The one bus, made on first use. Rejects when the state directory cannot be used; a later call tries again. */
  openBus(): Promise<Bus>;
  /** Runs, previews, the workflow library and what was done, over that bus. Fails and tries again as openBus does. */
  openService(): Promise<WorkflowService>;
  readonly project: Workspace['project'];
  readonly changes: Workspace['changes'];
  /** A workspace by its name; those above are the default one's. */
  openWorkspace(name: string): Workspace;
  /** Calls of the back-end that wait or run, of all workspaces. */
  queueLength(): number;
  /** From now on this one hears of calls and runs: to be said before the first use. */
  observe(observer: RunObserver): void;
  /** The embedded engine over a project file, opened once per file. */
  openEngine(projectPath: string): Promise<Engine>;
  /**
   * What a WAAPI server serves: an engine of its own, or the one of the process that has the project, until that ends; with null, a
   * client opens the project.
   */
  openServed(projectPath: string | null, sourceControl: 'git' | null): Promise<ServedProject>;
  /**
   * Writes the unsaved edits of embedded projects to recovery files, at once: for a process that may be ended before `close`
   * is through. Only servers do; the command line says itself what is unsaved.
   */
  keepUnsaved(): void;
  /** Where this start keeps what it knows. */
  readonly storage: Storage;
  /** Ends the connection and every engine, then the stores. Servers keep unsaved edits of an embedded project for the next start. */
  close(): Promise<void>;
}

/**
 * The composition root: the only place where everything is put together.
 * @throws WwiseFlowError INVALID_INPUT when the config names a toolset or tool that does not exist.
 */
export function createApp(config: Config, instance: ProgramInfo, log: Log, lane?: LaneGuard): App {
  const toolNames = toolNamesFor(config.choice, config.choice.profile);
  const engines = new Map<string, Promise<Engine>>();
  /** What close() must undo, last opened first. */
  const opened: (() => void | Promise<void>)[] = [];
  let closing: Promise<void> | undefined;

  const storage = createStorage(config, log);
  const elsewhere = createElsewhere(config, storage, log);
  /** What was given up last is closed by then. */
  let released: Promise<void> = Promise.resolve();
  const notices: string[] = [];
  const running: Engine[] = [];
  let keeper: UnsavedKeeper | undefined;
  /** A server has a project as long as its client wants. */
  const stays = config.subcommand.kind === 'mcp' || config.subcommand.kind === 'serve';
  const keep = (engine: Engine): void => keeper?.keep(engine);
  /** From now on its unsaved edits are kept; what earlier sessions left is reported. */
  const attend = async (engine: Engine): Promise<void> => {
    const { createKeeper } = await import('./embedded/recovery/keep-unsaved.ts');
    const { recoveryNotice } = await import('./embedded/recovery/create-recoveries.ts');
    keeper ??= createKeeper(config.stateDir, stays || config.subcommand.kind === 'waapi-server', log);
    running.push(engine);
    try {
      const notice = recoveryNotice(keeper.recoveriesOf(engine).list(), mayRecover(config));
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
    await released;
    const engine = releasableEngine(await startEngine(projectPath, config, instance, log), () =>
      performance.now(),
    );
    await attend(engine);
    const { shareProject, shareSoon } = await import('./workspace/share-project.ts');
    const as = { version: instance.version };
    // What is over at once is not worth a socket.
    const unshare = stays ? await shareProject(engine, as, log) : shareSoon(engine, as, log);
    opened.push(unshare);
    if (stays && config.idleMs > 0) await watchIdle(engine, projectPath, unshare);
    return engine;
  };
  const watchIdle = async (
    engine: ReleasableEngine,
    projectPath: string,
    unshare: () => Promise<void>,
  ): Promise<void> => {
    const { releaseWhenIdle } = await import('./workspace/release-when-idle.ts');
    const onRelease = (closed: Promise<void>): void => {
      engines.delete(projectPath);
      released = Promise.all([closed, unshare()]).then(
        () => undefined,
        (err: unknown) => log.warn({ err }, 'a project that nobody needs was not closed'),
      );
    };
    const { idleMs } = config;
    opened.push(releaseWhenIdle(engine, { idleMs, lookEveryMs: idleMs / 15, onRelease }, log));
  };
  const takeOver = async (engine: Engine, from: SharedAddress): Promise<void> => {
    const { takeUnsaved } = await import('./workspace/hand-over.ts');
    const { recoveryNotice } = await import('./embedded/recovery/create-recoveries.ts');
    const { projectPath } = engine;
    if (projectPath === null || takeUnsaved(from, config.stateDir, projectPath, log) === 0) return;
    const notice = keeper && recoveryNotice(keeper.recoveriesOf(engine).list(), mayRecover(config));
    if (notice !== undefined) notices.push(notice);
  };
  const openEngine = async (projectPath: string): Promise<Engine> => openProjectAt(projectPath);
  const withProjectOf = async <T>(
    projectPath: string,
    work: (project: OpenedProject) => Promise<T>,
  ): Promise<T> =>
    (await openEngine(projectPath)).whileStill(async (project) => {
      if (project !== null) return work(project);
      throw new WwiseFlowError('WAAPI_ERROR', 'No project is open.', {
        hint: 'Open a project, then try again.',
      });
    });

  let plugins: Promise<readonly LoadedPlugin[]> | undefined;
  const loadPlugins = (): Promise<readonly LoadedPlugin[]> => {
    const loading = plugins ?? pluginsOf(config, instance.packageDir);
    plugins = loading;
    loading.catch(() => {
      plugins = undefined;
    });
    return loading;
  };

  let observer: RunObserver | undefined;
  const workspaces = new Map<string, Workspace>();
  const openWorkspace = (name: string): Workspace => {
    const known = workspaces.get(name);
    const workspace =
      known ??
      createWorkspace({
        ...{ name, config, instance, openEngine, takeOver, withProjectOf, log },
        lane,
        openStores: (of) => storage.openStores(of, lane),
        openHooks: storage.openHooks,
        executedElsewhere: async (runs, stores) =>
          lane === undefined ? elsewhere.of(runs, stores) : undefined,
        loadPlugins,
        alerts: () => alertsHere(config, storage, observer?.requestP95Ms?.()),
        takeNotices: () => notices.splice(0),
        observer: () => observer,
        recoveriesOf: (engine) => keeper?.recoveriesOf(engine) ?? null,
      });
    workspaces.set(name, workspace);
    return workspace;
  };
  const { openBus, openService, project, changes } = openWorkspace(DEFAULT_WORKSPACE);

  const openServedEngine = async (
    projectPath: string | null,
    sourceControl: 'git' | null,
  ): Promise<Engine> => {
    const { openProject } = await import('./embedded/project/open-project.ts');
    const { createEngine } = await import('./embedded/create-engine.ts');
    const { embeddedFunctions } = await import('./embedded/functions/catalog.ts');
    const { allowedDirs } = config;
    const { forceNewer } = config.choice;
    const project =
      projectPath === null ? null : await openProject(projectPath, { log, allowedDirs, forceNewer });
    const functions = embeddedFunctions(instanceInfo(instance, config.stateDir));
    const engine = createEngine({ openProject: project, functions, sourceControl, allowedDirs, log });
    await attend(engine);
    opened.push(async () => {
      keep(engine);
      await engine.close();
    });
    return engine;
  };

  const openServed: App['openServed'] = async (projectPath, sourceControl) => {
    const { openServedProject } = await import('./workspace/served-project.ts');
    return openServedProject({
      openEngine: () => openServedEngine(projectPath, sourceControl),
      takeOver,
      onEnd: (end) => opened.push(end),
      ...{ version: instance.version, log },
    });
  };

  const closeAll = async (): Promise<void> => {
    for (const workspace of workspaces.values()) await workspace.close();
    for (const undo of opened.reverse()) await undo();
    for (const opening of engines.values()) await closeEngine(opening, keep);
    await elsewhere.close();
    await storage.close();
  };

  return {
    toolNames,
    hasPlugins: config.plugins.length > 0,
    loadPlugins,
    loadTools: async () => {
      const [{ allTools, pluginTools }, { commands }, { mergedTools }] = await Promise.all([
        import('./facades/mcp/tools/tools.ts'),
        import('../tools/catalog.ts'),
        import('../tools/merged/catalog.ts'),
      ]);
      // What a workflow may do can be called directly as well, where workflows are offered.
      const unlisted = toolNames.includes('workflow_run') ? namesInWorkflows(config.choice) : [];
      const names = new Set([...toolNames, ...unlisted]);
      const tools = allTools(commands, mergedTools).filter((tool) => names.has(tool.source.name));
      return [...tools, ...pluginTools(await loadPlugins(), config.choice.profile)];
    },
    ...{ openBus, openService, project, changes },
    openWorkspace,
    queueLength: () =>
      [...workspaces.values()].reduce((length, workspace) => length + workspace.queueLength(), 0),
    observe: (given) => {
      observer = given;
    },
    openEngine,
    openServed,
    storage,
    keepUnsaved: () => {
      for (const engine of running) keep(engine);
    },
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}

/** Whether project_recover can be called here, as a tool or a node. */
function mayRecover({ choice }: Config): boolean {
  return !choice.readOnly && namesInWorkflows(choice).has('project_recover');
}

async function startEngine(
  projectPath: string,
  { stateDir, choice, allowedDirs }: Config,
  instance: ProgramInfo,
  log: Log,
): Promise<Engine> {
  const { openProject } = await import('./embedded/project/open-project.ts');
  const { createEngine } = await import('./embedded/create-engine.ts');
  const { embeddedFunctions } = await import('./embedded/functions/catalog.ts');
  const project = await openProject(projectPath, {
    log,
    allowedDirs,
    settle: !choice.readOnly,
    forceNewer: choice.forceNewer,
  });
  try {
    const functions = embeddedFunctions(instanceInfo(instance, stateDir));
    return createEngine({ openProject: project, functions, allowedDirs, log });
  } catch (failure) {
    project.close();
    throw failure;
  }
}

async function closeEngine(opening: Promise<Engine>, keep: (engine: Engine) => void): Promise<void> {
  const engine = await opening.catch(() => undefined);
  if (engine === undefined) return;
  keep(engine);
  await engine.close();
}
