import type { Config } from '../config/config.ts';
import type { Recoveries } from '../core/backend/recoveries.ts';
import type { Bus } from '../core/dispatch/bus.ts';
import { WwiseFlowError } from '../core/errors.ts';
import type { Alert } from '../core/health/thresholds.ts';
import type { Log } from '../core/log.ts';
import type { ArtifactStore } from '../core/stores/artifact-store.ts';
import type { HookStore } from '../core/stores/hook-store.ts';
import type { Stores } from '../core/stores/stores.ts';
import type { Engine, EngineSession } from '../embedded/engine.ts';
import type { OpenedProject } from '../embedded/project/opened-project.ts';
import type { ProjectReader } from '../facades/mcp/resources/project-reader.ts';
import type { WorkspaceChanges } from '../facades/mcp/subscriptions/workspace-changes.ts';
import type { LoadedPlugin } from '../plugins/loaded-plugin.ts';
import { instanceInfo, type ProgramInfo } from '../program-info.ts';
import { exampleFolders, readExamples } from '../read-examples.ts';
import type { ExecutedElsewhere, RunEvent, Runs, WorkflowService } from '../workflow/service.ts';
import type { WaapiBackend } from '../wwise/connection/backend.ts';
import type { BusParts } from '../wwise/create-dispatcher.ts';
import { chosenCommands } from './chosen-commands.ts';
import { databasesFor } from './databases-for.ts';
import { filesOfEngine } from './files-of-engine.ts';
import { guarded, type LaneGuard } from './guard-lane.ts';
import type { SharedAddress } from './join-project.ts';
import { type Observer, observed } from './observe-backend.ts';
import type { HeldProject } from './open-image.ts';
import { pathMapOf } from './path-map-of.ts';
import { versionWith } from './plugins-of.ts';
import { changesHere } from './reading/follow-changes.ts';
import { createProjectReader } from './reading/project-reader.ts';
import { remoteOf, servicesOf } from './remote-of.ts';
import { secretOf } from './secret-of.ts';
import { suspendedNotices } from './suspended-notices.ts';

/** One workspace: its own stores, and its own session with Wwise, as another program would have one. */
export interface Workspace {
  /** The one bus, made on first use. Rejects when the state directory cannot be used; a later call tries again. */
  openBus(): Promise<Bus>;
  /** Runs, previews, the workflow library and what was done, over that bus. Fails and tries again as openBus does. */
  openService(): Promise<WorkflowService>;
  /** What its runs left. */
  openArtifacts(): Promise<ArtifactStore>;
  /** Calls of the back-end that wait or run. */
  queueLength(): number;
  /** The open project, to read. */
  readonly project: ProjectReader;
  readonly changes: WorkspaceChanges;
  close(): Promise<void>;
}

/** Who is to hear of calls of the back-end and of runs. */
export interface RunObserver extends Observer {
  onRunEvent(event: RunEvent): void;
  /** How long requests took lately, at the 95th percentile; undefined: nobody asks over HTTP. */
  requestP95Ms?(): number | undefined;
}

export interface WorkspaceParts {
  readonly name: string;
  readonly config: Config;
  readonly instance: ProgramInfo;
  /** The stores of the workspace of this name. */
  openStores(name: string): Promise<Stores>;
  openHooks(): Promise<HookStore>;
  /** How runs are executed by other processes; undefined: by this one. */
  executedElsewhere(runs: Runs, stores: Stores): Promise<ExecutedElsewhere | undefined>;
  /** Of a worker: what it has to hold for anything to be changed. */
  readonly lane?: LaneGuard | undefined;
  /** The embedded engine over a project file, opened once per file. */
  openEngine(projectPath: string): Promise<Engine>;
  /** Keeps what the process that had the project left unsaved, and has it said. */
  takeOver(engine: Engine, from: SharedAddress): Promise<void>;
  withProjectOf<T>(projectPath: string, work: (project: OpenedProject) => Promise<T>): Promise<T>;
  /** What earlier sessions left unsaved. */
  recoveriesOf(engine: Engine): Recoveries | null;
  /** Who hears of calls and runs; undefined: nobody. */
  observer(): RunObserver | undefined;
  /** What plug-ins bring; loaded on first use. */
  loadPlugins(): Promise<readonly LoadedPlugin[]>;
  /** What somebody should look at. */
  alerts(): Promise<readonly Alert[]>;
  /** What every workspace is to hear of; each once. */
  takeNotices(): readonly string[];
  readonly log: Log;
}

/** Nothing is opened, connected or read before the first use. */
export function createWorkspace(shared: WorkspaceParts): Workspace {
  const { name, config, instance, openEngine, withProjectOf, log } = shared;
  const opened: (() => void | Promise<void>)[] = [];
  /** What is to be said of runs that wait, by executionId, once. */
  const suspended = new Map<string, string>();
  const takeSuspended = (): readonly string[] => {
    const notices = [...suspended.values()];
    suspended.clear();
    return notices;
  };

  const changes = changesHere(async () => (await openParts()).bus.waapi, log);
  let queueLength = (): number => 0;
  let embedded: Engine | undefined;
  let held: Pick<EngineSession, 'takeNotices' | 'hearNews'> | undefined;
  /** The session with the process that has the project, while it is another one. */
  let joined: WaapiBackend | undefined;
  /** Where the project was shared with this process last, until this process has it. */
  let joinedAt: SharedAddress | undefined;
  /** The engine over the project in this process; or where the one is that has the project and shares it. */
  const engineOrOther = async (projectPath: string): Promise<Engine | SharedAddress> => {
    const { openOrFind } = await import('./join-project.ts');
    const found = await openOrFind(() => openEngine(projectPath));
    if ('path' in found) return found;
    if (joinedAt !== undefined) await shared.takeOver(found, joinedAt);
    joinedAt = undefined;
    return found;
  };
  const engineHere = async (): Promise<Engine | null> => {
    if (config.target.kind === 'wwise' || joined?.isOpen === true) return null;
    const found = await engineOrOther(config.target.filePath);
    return 'path' in found ? null : found;
  };
  const openBackend = async (): Promise<WaapiBackend> => {
    const plain = await openPlain();
    const backend = changes.heard(shared.lane === undefined ? plain : guarded(plain, shared.lane));
    const observer = shared.observer();
    return observer === undefined ? backend : observed(backend, observer);
  };
  const openPlain = async (): Promise<WaapiBackend> => {
    if (config.target.kind === 'wwise') {
      const { connectWaapi } = await import('../wwise/connection/connect.ts');
      return connectWaapi(config.target.url);
    }
    const { inProcessBackend } = await import('../embedded/in-process-backend.ts');
    const found = await engineOrOther(config.target.filePath);
    if ('path' in found) {
      const { joinProject } = await import('./join-project.ts');
      [embedded, held] = [undefined, undefined];
      joined = await joinProject(found, instance.version, log);
      joinedAt = found;
      return joined;
    }
    [embedded, joined] = [found, undefined];
    const backend = inProcessBackend(found);
    held = backend;
    return backend;
  };

  const openParts = once(async (): Promise<{ bus: BusParts; stores: Stores }> => {
    const { createConnection } = await import('../wwise/connection/connection.ts');
    const { inProcessLimitsMs } = await import('../wwise/connection/time-limits.ts');
    const { createLoadLog } = await import('../wwise/log/load-log.ts');
    const { translatePaths } = await import('../wwise/files/translate-paths.ts');
    const stores = await shared.openStores(name);
    const address = config.target.kind === 'wwise' ? config.target.address : config.target.filePath;
    const { timeLimitsMs: given } = config.limits;
    const timeLimitsMs = config.target.kind === 'wwise' ? given : inProcessLimitsMs(given);
    const connection = createConnection({ open: openBackend, address, log, ...config.limits, timeLimitsMs });
    const paths = config.target.kind === 'wwise' ? await pathMapOf(config) : null;
    const waapi = paths === null ? connection : translatePaths(connection, paths);
    queueLength = () => connection.queueLength ?? 0;
    opened.push(stores.close);
    for (const [id, notice] of await suspendedNotices(stores, config)) suspended.set(id, notice);
    opened.push(waapi.close);
    const { target } = config;
    const filesHere =
      target.kind === 'wwise'
        ? undefined
        : filesOfEngine(
            engineHere,
            createLoadLog(waapi, log).view(async () => undefined),
          );
    const bus: BusParts = {
      ...(await chosenCommands(config, await shared.loadPlugins())),
      waapi,
      memo: stores.memo,
      audit: stores.audit,
      files: {
        allowedDirs: await allowedDirsOf(config, name),
        startDir: config.startDir,
        toLocal: paths?.toLocal,
      },
      readOnly: config.choice.readOnly,
      profile: config.choice.profile,
      expectProject: config.expectProject,
      consolePath: config.consolePath,
      takeNotices: () => [...shared.takeNotices(), ...takeSuspended(), ...(held?.takeNotices() ?? [])],
      recoveries: () => (embedded === undefined ? null : shared.recoveriesOf(embedded)),
      hearNews: async () => held?.hearNews(),
      lookAtFiles: async () => {
        await (await engineHere())?.upToDate();
      },
      projectFiles: filesHere,
      log,
    };
    return { bus, stores };
  });

  const pluginKinds = async () => (await shared.loadPlugins()).flatMap(({ kinds }) => kinds);

  const openBus = once(async (): Promise<Bus> => {
    const { createDispatcher } = await import('../wwise/create-dispatcher.ts');
    const { addKinds } = await import('../workflow/nodes/catalog.ts');
    const bus = createDispatcher((await openParts()).bus);
    addKinds(bus, await pluginKinds());
    return bus;
  });

  const openService = once(async (): Promise<WorkflowService> => {
    const { embeddedFunctions } = await import('../embedded/functions/catalog.ts');
    const { imageSource } = await import('./open-image.ts');
    const { toolsets } = await import('../../tools/toolsets.ts');
    const { createWorkflowService } = await import('../workflow/create-service.ts');
    const { createPlanCache } = await import('../workflow/library/plan-cache.ts');
    const { createPreviews } = await import('../workflow/preview/preview.ts');
    const { createRuns } = await import('../workflow/runtime/runs.ts');
    const { createSessions } = await import('../workflow/runtime/sessions/sessions.ts');
    const { systemClock } = await import('../workflow/runtime/clock.ts');
    const { createOutside } = await import('../outside/create-outside.ts');
    const { readableFile, readableFolder } = await import('../wwise/files/readable-file.ts');
    const { nearestValidName } = await import('../embedded/model/naming/name-rules.ts');
    const { createDialogues } = await import('../workflow/dialogue/dialogue-engine.ts');
    const { createSaidObjects } = await import('../wwise/objects/finding/said-objects.ts');
    const { bus: parts, stores } = await openParts();
    const bus = await openBus();
    const { target, stateDir } = config;
    const heldHere = async (): Promise<HeldProject | null> =>
      target.kind === 'wwise' || (await engineHere()) === null
        ? null
        : (work) => withProjectOf(target.filePath, work);
    const outside = createOutside({
      rules: { ...parts.files, projectDirs: bus.projectDirs },
      ...{ readableFile, readableFolder, databases: databasesFor(config, name) },
    });
    const functions = embeddedFunctions(instanceInfo(instance, stateDir));
    const unsavedFiles = () => embedded?.unsaved()?.work.entries.map(({ place }) => place) ?? [];
    const remote = await remoteOf(shared, stores);
    const sessions = createSessions({ ...stores, clock: systemClock, log });
    let elsewhere: ExecutedElsewhere | undefined;
    const runs: Runs = createRuns({
      resumeAnswered:
        shared.lane === undefined && config.redis !== null
          ? async (...resumed) => (elsewhere ?? runs).resume(...resumed)
          : undefined,
      bus,
      store: stores.runs,
      sessions,
      artifacts: stores.artifacts,
      stateDir,
      unsavedFiles,
      // A worker may be killed at any moment: what it did has to be in the files before it counts as done.
      confirmEnd:
        shared.lane === undefined || target.kind === 'wwise'
          ? undefined
          : () => saveUnsaved(bus, unsavedFiles),
      expressions: { cleanName: nearestValidName, secret: secretOf(config, name) },
      outside,
      remote,
      dialogues: createDialogues(createSaidObjects(parts.waapi)),
      limits: config.runLimits,
      onEvent: (event) => {
        changes.noteRun();
        shared.observer()?.onRunEvent(event);
      },
      onClaimed: (executionId) => suspended.delete(executionId),
      log,
    });
    opened.push(sessions.flush, runs.close);
    elsewhere = await shared.executedElsewhere(runs, stores);
    return createWorkflowService({
      alerts: shared.alerts,
      ...{ bus, elsewhere, runs, workspace: name },
      services: servicesOf(config, name, remote, elsewhere !== undefined),
      previews: createPreviews({
        images: imageSource({ bus: parts, kinds: await pluginKinds(), functions, held: heldHere, log }),
        cleanName: nearestValidName,
        presets: remote.presets,
        outside,
        log,
      }),
      library: stores.library,
      artifacts: stores.artifacts,
      sessions: stores.sessions,
      plans: createPlanCache({
        ...{ store: stores.plans, log },
        version: versionWith(instance.version, await shared.loadPlugins()),
      }),
      presets: remote.presets,
      secret: remote.secret,
      examples: readExamples(exampleFolders(config, instance.packageDir), log),
      audit: stores.audit,
      memo: stores.memo,
      purposes: {
        ...Object.fromEntries(Object.entries(toolsets).map(([name, { purpose }]) => [name, purpose])),
        ...Object.fromEntries(
          (await shared.loadPlugins()).map(({ name, description }) => [name, description]),
        ),
      },
      exportDirs: [...config.allowedDirs, stateDir],
      stateDir,
      unsavedFiles,
      log,
    });
  });

  return {
    openBus,
    openService,
    project: createProjectReader(openBus, config),
    changes,
    queueLength: () => queueLength(),
    openArtifacts: async () => (await openParts()).stores.artifacts,
    async close() {
      for (const undo of opened.splice(0).reverse()) await undo();
    },
  };
}

/** Saves the project where it has unsaved edits. Rejects with what the save says. */
async function saveUnsaved(bus: Bus, unsavedFiles: () => readonly string[]): Promise<void> {
  const saving = bus.commands.find(({ savesProject }) => savesProject === true);
  if (saving === undefined || unsavedFiles().length === 0) return;
  const saved = await bus.dispatch(saving.name, {}, { caller: 'worker' });
  if (!saved.ok)
    throw new WwiseFlowError(saved.code, saved.error, { hint: saved.hint, details: saved.details });
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

/** What callers of a server send is theirs to read. */
async function allowedDirsOf(
  { subcommand, allowedDirs, stateDir }: Config,
  workspace: string,
): Promise<readonly string[]> {
  if (subcommand.kind !== 'serve') return allowedDirs;
  const { uploadDir } = await import('../facades/http/server/uploads.ts');
  return [...allowedDirs, uploadDir(stateDir, workspace)];
}
