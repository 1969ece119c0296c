import { resolve } from 'node:path';
import type { JsonObject } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import type { Recoveries } from '../core/recoveries.ts';
import type { AuditStore } from '../core/stores/audit-store.ts';
import type { MemoStore } from '../core/stores/memo-store.ts';
import { createCallSchemas } from '../wwise/calls/call-schemas.ts';
import { createTopicBuffers } from '../wwise/connection/topic-buffers.ts';
import type { Waapi } from '../wwise/connection/waapi.ts';
import type { ProjectDirs } from '../wwise/files/checked-path.ts';
import { type GateRules, gatePaths } from '../wwise/files/gate-paths.ts';
import type { ProjectFilesView } from '../wwise/files/project-files.ts';
import { createLoadLog } from '../wwise/log/load-log.ts';
import { createKnownMembers } from '../wwise/objects/known-members.ts';
import { createProjectFacts, projectDirsOf } from '../wwise/project-facts.ts';
import { watchOthers } from '../wwise/undo/others-at-work.ts';
import { countChanges, createProjectDoor } from '../wwise/undo/project-door.ts';
import { createUndoGate } from '../wwise/undo/undo-gate.ts';
import { createAuditTrail } from './audit-trail.ts';
import type { Bus } from './bus.ts';
import type { AnyCommand } from './command.ts';
import { createDispatch } from './dispatch/dispatch.ts';
import { createInputFiles } from './dispatch/input-files.ts';
import { keyOfProbe } from './dispatch/key-of-probe.ts';
import { onlyItem } from './dispatch/only-item.ts';
import { createSessions, type SessionParts } from './dispatch/session.ts';
import { commandsByName, requireCommand } from './find-command.ts';
import { type CallLimits, defaultCallLimits } from './fusion/carry-round.ts';
import { createKeyLock } from './key-lock.ts';
import { createMemory } from './memo/memory.ts';
import { noEffectYet } from './overrides/no-effect-yet.ts';

export interface BusParts {
  readonly commands: readonly AnyCommand[];
  /** Commands that exist but that the user left out at the start: only named, in errors. */
  readonly excluded?: readonly AnyCommand[] | undefined;
  readonly waapi: Waapi;
  readonly memo: MemoStore;
  readonly audit: AuditStore;
  /** What files may be read and written, and where from. */
  readonly files: {
    readonly allowedDirs: readonly string[];
    /** What relative paths count from: where the program was started. */
    readonly startDir: string;
    /** The folders of the project where they are not those Wwise says, as for an image of it. */
    readonly projectDirs?: ProjectDirs | undefined;
    /** False where nothing is to be written outside the project. Default: true. */
    readonly mayWrite?: boolean | undefined;
    /** A path as Wwise writes it, as this machine does; others as they are. Default: all as they are. */
    readonly toLocal?: ((path: string) => string) | undefined;
    /** Told of every file a command is about to read, by its real path. */
    readonly onRead?: ((path: string) => void) | undefined;
  };
  /** Refuses every command that is not a read. */
  readonly readOnly: boolean;
  /** Name or GUID of the only project that may be changed. */
  readonly expectProject: string | null;
  /** How much of a fused unit goes into one call. Default: what Wwise takes easily. */
  readonly callLimits?: CallLimits | undefined;
  /** The WwiseConsole program, where one is known. */
  readonly consolePath?: string | null | undefined;
  /** What the backend has to say beside its answers; each once. Default: nothing. */
  readonly takeNotices?: (() => readonly string[]) | undefined;
  /** Awaited before each dispatch: what happened to the project so far is known to the backend then. */
  readonly hearNews?: (() => Promise<void>) | undefined;
  /** Looks at every file of the project before a remembered result is believed. Default: the backend looks by itself. */
  readonly lookAtFiles?: (() => Promise<void>) | undefined;
  /** What the backend knows about the files of the project. Default: what Wwise logged when it loaded them. */
  readonly projectFiles?: ProjectFilesView | undefined;
  /** Unsaved edits of earlier sessions, where the backend keeps them. Default: none are kept. */
  readonly recoveries?: (() => Recoveries | null) | undefined;
  readonly log: Log;
}

/** The one dispatcher over these commands. It closes nothing it was given. */
export function createBus({
  commands,
  excluded = [],
  waapi: connection,
  memo,
  audit,
  files,
  readOnly,
  expectProject,
  callLimits = defaultCallLimits,
  consolePath = null,
  takeNotices = () => [],
  hearNews,
  lookAtFiles,
  projectFiles: knownFiles,
  recoveries = () => null,
  log,
}: BusParts): Bus {
  const rules: GateRules = {
    allowedDirs: files.allowedDirs,
    startDir: files.startDir,
    toLocal: files.toLocal,
    projectDirs: async () => files.projectDirs ?? projectDirsOf(() => facts.get()),
    mayWrite: files.mayWrite ?? true,
  };
  const { waapi: heard, others } = watchOthers(gatePaths(connection, rules));
  const { waapi, count: changeCount } = countChanges(heard);
  const byName = commandsByName(commands);
  const leftOut = commandsByName(excluded);
  const loadLog = createLoadLog(waapi, log);
  const facts = createProjectFacts(waapi, log, knownFiles === undefined ? loadLog : {});
  const projectFiles = knownFiles ?? loadLog.view(() => facts.get());
  const trail = createAuditTrail(audit, (name) => byName.get(name), log);
  const members = createKnownMembers();
  const memory = createMemory(memo, log, members);
  const lock = createKeyLock();
  const gate = createUndoGate();
  const here = files.toLocal ?? ((path: string) => path);
  const kept = {
    topics: createTopicBuffers(waapi),
    callSchemas: createCallSchemas(),
    members,
    projectFiles,
    consolePath,
    recoveries,
  };
  const find = (name: string): AnyCommand => requireCommand(byName, name, leftOut);

  const sessions: SessionParts = {
    waapi,
    facts,
    gate,
    others,
    expectProject,
    rules,
    onRead: files.onRead,
    lookAtFiles,
    oneAtATime: (work) => lock('undo step', work),
    kept,
    log,
  };
  const limits = { readOnly, expectProject };
  const dispatching = createDispatch({ find, sessions, limits, memory, lock, callLimits, trail, log });

  return {
    commands,
    find: (name) => byName.get(name),
    findExcluded: (name) => leftOut.get(name),
    async dispatch(name, input, options = {}) {
      if (hearNews !== undefined) await hearNews();
      const result = await dispatching.one(onlyItem(name, input, options), options);
      // A run takes no calls that it does not need.
      if (knownFiles === undefined && result.ok && options.executionId === undefined) await loadLog.look();
      return result;
    },
    async dispatchBatch(items, options) {
      if (hearNews !== undefined) await hearNews();
      return dispatching.many(items, options);
    },
    async prefetch(probes, { signal } = {}) {
      const { context } = createSessions(sessions, { signal }).open(true);
      if (hearNews !== undefined) await hearNews();
      const inputs = createInputFiles(context);
      const keys: string[] = [];
      const outputs = new Map<string, JsonObject>();
      for (const probe of probes) {
        const [key] = await keyOfProbe(probe, outputs, find, context, inputs);
        if (key === undefined) continue;
        keys.push(key);
        const data = probe.node === undefined ? undefined : await memory.stored(key);
        if (probe.node !== undefined && data !== undefined) outputs.set(probe.node.id, data);
      }
      await memory.prefetch(keys, context);
    },
    noEffectYet: (writes, { signal } = {}) =>
      noEffectYet(writes, createSessions(sessions, { signal }).open(true).context.waapi),
    lookAtFiles,
    takeNotices: () => [...takeNotices(), ...trail.takeUnreported()],
    unreadableFiles: () => projectFiles.unreadable(true),
    get waapiCallCount() {
      return waapi.callCount;
    },
    project: createProjectDoor({
      waapi,
      facts: () => facts.get(),
      find: (name) => byName.get(name),
      changeCount,
      gate,
      others,
      lookAtFiles,
      localPath: (path) => resolve(files.startDir, here(path)),
      projectFiles,
    }),
  };
}
