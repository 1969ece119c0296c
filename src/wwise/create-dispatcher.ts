import { resolve } from 'node:path';
import type { Profile } from '../core/access/profile.ts';
import { createAuditTrail } from '../core/audit/audit-trail.ts';
import type { ProjectFilesView } from '../core/backend/project-files.ts';
import type { Recoveries } from '../core/backend/recoveries.ts';
import type { AnyCommand } from '../core/command.ts';
import { countResults } from '../core/dispatch/activity.ts';
import type { Bus } from '../core/dispatch/bus.ts';
import { createDispatch } from '../core/dispatch/dispatch.ts';
import { createKeyLock } from '../core/dispatch/execute/key-lock.ts';
import { onlyItem } from '../core/dispatch/execute/only-item.ts';
import { commandsByName, requireCommand, toolsByName } from '../core/dispatch/find-command.ts';
import { underPresentNames } from '../core/dispatch/input/former-inputs.ts';
import { withoutConfirmation } from '../core/dispatch/input/without-confirmation.ts';
import { keyOfProbe } from '../core/dispatch/key-of-probe.ts';
import { toWwiseFlowError } from '../core/errors.ts';
import type { ProjectDirs } from '../core/files/checked-path.ts';
import { createInputFiles } from '../core/files/input-files.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import { createMemory } from '../core/memo/memory.ts';
import { type MeantCall, type MergedTool, meantBy } from '../core/merged-tool.ts';
import { failure } from '../core/result.ts';
import type { AuditStore } from '../core/stores/audit-store.ts';
import type { MemoStore } from '../core/stores/memo-store.ts';
import { inSpan } from '../core/tracing.ts';
import { watchOverwrites } from './audio/importing/watch-overwrites.ts';
import { type CallLimits, defaultCallLimits } from './batching/shared/execute-step.ts';
import { createCallSchemas } from './calls/call-schemas.ts';
import { numberedClaims } from './claims/numbered-claims.ts';
import { createTopicBuffers } from './connection/topic-buffers.ts';
import type { Waapi } from './connection/waapi.ts';
import { rememberBeforeSave } from './dispatch/remember-before-save.ts';
import { wwiseBackend } from './dispatch/wwise-backend.ts';
import { type GateRules, gatePaths } from './files/gate-paths.ts';
import { createLoadLog } from './log/load-log.ts';
import { namedGuids } from './objects/finding/named-guids.ts';
import { createKnownMembers } from './objects/types/known-members.ts';
import { noEffectNotices } from './overrides/no-effect-notice.ts';
import { noEffectYet } from './overrides/no-effect-yet.ts';
import { createProjectFacts, projectDirsOf } from './project-facts.ts';
import { watchOthers } from './undo/others-at-work.ts';
import { createUndoGate } from './undo/undo-gate.ts';
import { countChanges, createUndoableProject } from './undo/undoable-project.ts';

export interface BusParts {
  readonly commands: readonly AnyCommand[];
  /** Commands that exist but that the user left out at the start: only named, in errors. */
  readonly excluded?: readonly AnyCommand[] | undefined;
  /** Tools that stand for several of the commands. Default: none. */
  readonly merged?: readonly MergedTool[] | undefined;
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
    /** Called with every file a command is about to read, by its real path. */
    readonly onRead?: ((path: string) => void) | undefined;
  };
  /** Refuses every command that is not a read. */
  readonly readOnly: boolean;
  /** Who calls; refuses what that profile does not include. Default: `admin`, everything. */
  readonly profile?: Profile | undefined;
  /** Name or GUID of the only project that may be changed. */
  readonly expectProject: string | null;
  /** How much of a batched unit goes into one call. Default: what Wwise takes easily. */
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
export function createDispatcher({
  commands,
  excluded = [],
  merged = [],
  waapi: connection,
  memo,
  audit,
  files,
  readOnly,
  profile = 'admin',
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
  const overwrites = watchOverwrites(connection, () => facts.get(), log);
  const { waapi: heard, others } = watchOthers(gatePaths(overwrites.waapi, rules));
  const { waapi, count: changeCount } = countChanges(rememberBeforeSave(heard, memo, log));
  const byName = commandsByName(commands);
  const leftOut = commandsByName(excluded);
  const loadLog = createLoadLog(waapi, log);
  const facts = createProjectFacts(waapi, log, knownFiles === undefined ? loadLog : {});
  const projectFiles = knownFiles ?? loadLog.view(() => facts.get());
  const trail = createAuditTrail(audit, (name) => byName.get(name), namedGuids, log);
  const members = createKnownMembers();
  const memory = createMemory(memo, log, (claims) => numberedClaims(claims, members));
  const counts = countResults();
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

  const backend = wwiseBackend({
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
    callLimits,
    log,
  });
  const limits = { readOnly, profile, expectProject };
  const dispatch = createDispatch({ find, backend, limits, memory, lock, trail, log });

  const mergedByName = toolsByName(merged);
  const meant = (name: string, input: unknown): MeantCall | undefined => {
    const tool = mergedByName.get(name);
    return tool === undefined ? undefined : meantBy(tool, input, (one) => byName.get(one));
  };
  /** The call by the names that command and inputs have now. */
  const named = (name: string, input: unknown) => {
    try {
      const { command, input: given } = meant(name, input) ?? { command: name, input };
      return {
        name: command,
        input: isJsonObject(given) ? underPresentNames(byName.get(command), given) : given,
      };
    } catch (thrown) {
      return { failed: failure(toWwiseFlowError(thrown)) };
    }
  };

  return {
    commands,
    find: (name) => byName.get(name),
    meant,
    findExcluded: (name) => leftOut.get(name),
    profile,
    async dispatch(name, input, options = {}) {
      if (hearNews !== undefined) await hearNews();
      const calls = named(name, input);
      if ('failed' in calls) return calls.failed;
      const { input: asked, isConfirmed } = withoutConfirmation(byName.get(calls.name), calls.input);
      const given = isConfirmed ? { ...options, isConfirmed } : options;
      const facts = {
        'wwiseflow.caller': options.caller ?? '',
        'wwiseflow.execution_id': options.executionId ?? '',
      };
      const results = await inSpan(`command ${calls.name}`, facts, () =>
        dispatch([onlyItem(calls.name, asked, given)], given),
      );
      const result = results.get('') ?? failure(toWwiseFlowError(new Error(`${name} gave no result.`)));
      counts.count(name, result);
      // A run takes no calls that it does not need.
      if (knownFiles === undefined && result.ok && options.executionId === undefined) await loadLog.look();
      return result;
    },
    async dispatchBatch(items, options) {
      if (hearNews !== undefined) await hearNews();
      const facts = {
        'wwiseflow.execution_id': options.executionId ?? '',
        'wwiseflow.commands': items.length,
      };
      const results = await inSpan('commands', facts, () => dispatch(items, options));
      for (const { nodeId, command } of items) {
        const result = results.get(nodeId);
        if (result !== undefined) counts.count(command, result);
      }
      return results;
    },
    async prefetch(probes, { signal } = {}) {
      const { context, verify } = backend.sessions({ signal }).open(true);
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
      await memory.prefetch(keys, verify);
    },
    noEffectYet: async (writes, { signal } = {}) => {
      const found = await noEffectYet(writes, backend.sessions({ signal }).open(true).context.waapi);
      return { found, notices: noEffectNotices(found) };
    },
    lookAtFiles,
    takeNotices: () => [...takeNotices(), ...overwrites.takeNotices(), ...trail.takeUnreported()],
    unreadableFiles: () => projectFiles.unreadable(true),
    health: () => projectFiles.health(false),
    activity: () => {
      const { address, isLinked = false, linkCount = 0, queueLength = 0, callCount } = connection;
      const { memo: states, lastErrors } = counts;
      const reconnects = Math.max(0, linkCount - 1 - (isLinked ? 0 : 1));
      return { address, isLinked, reconnects, queueLength, callCount, memo: states, lastErrors };
    },
    projectDirs: rules.projectDirs,
    get callCount() {
      return waapi.callCount;
    },
    project: createUndoableProject({
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
