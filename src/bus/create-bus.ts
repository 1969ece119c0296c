import { resolve } from 'node:path';
import { toWwiseFlowError, WwiseFlowError } from '../core/errors.ts';
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
import { readableFile, readableFolder } from '../wwise/files/readable-file.ts';
import { createProjectFacts, projectDirsOf } from '../wwise/project-facts.ts';
import { countChanges, createProjectDoor } from '../wwise/undo/project-door.ts';
import { checkProject, type ProjectWatch, watchProject } from '../wwise/undo/same-project.ts';
import { createUndoGate, touchesProject } from '../wwise/undo/undo-gate.ts';
import { undoStep } from '../wwise/undo/undo-step.ts';
import { type WatchedWaapi, watchWaapi } from '../wwise/undo/watched-waapi.ts';
import { createAuditTrail } from './audit-trail.ts';
import type { Bus, DispatchOptions, MemoProbe } from './bus.ts';
import type { AnyCommand, CommandContext } from './command.ts';
import { commandsByName, requireCommand } from './find-command.ts';
import { type CallLimits, defaultCallLimits } from './fusion/carry-round.ts';
import { createFusedDispatch } from './fusion/dispatch-fused.ts';
import { createKeyLock } from './key-lock.ts';
import { createMemo } from './memo/memo.ts';
import { isMemoised, keyOfCall } from './memo/memoised-command.ts';
import { gatedClaims } from './overrides/gated-claims.ts';
import type { GatedWrite } from './overrides/gated-writes.ts';
import { noEffectNotices } from './overrides/no-effect-notice.ts';
import { noEffectYet } from './overrides/no-effect-yet.ts';
import { watchWrites } from './overrides/watch-writes.ts';
import { parseInput } from './parse-input.ts';
import { failure, type Result, success, withNotices } from './result.ts';
import { checkedOutput, claimsOf, lookBefore, runCommand, settleCommand } from './untyped-command.ts';

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
  /** Files of the open project that could not be read, where the backend knows. Default: only what Wwise logged tells. */
  readonly unreadableFiles?: (() => readonly { readonly filePath: string }[]) | undefined;
  /** Unsaved edits of earlier sessions, where the backend keeps them. Default: none are kept. */
  readonly recoveries?: (() => Recoveries | null) | undefined;
  readonly log: Log;
}

/** Calls of runs have 0. */
const DIRECT_PRIORITY = 1;

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
  unreadableFiles = () => [],
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
  const { waapi, count: changeCount } = countChanges(gatePaths(connection, rules));
  const byName = commandsByName(commands);
  const leftOut = commandsByName(excluded);
  const facts = createProjectFacts(waapi, log);
  const trail = createAuditTrail(audit, (name) => byName.get(name), log);
  const memory = createMemo(memo, log);
  const lock = createKeyLock();
  const gate = createUndoGate();
  const topics = createTopicBuffers(waapi);
  const callSchemas = createCallSchemas();
  const here = files.toLocal ?? ((path: string) => path);

  const find = (name: string): AnyCommand => requireCommand(byName, name, leftOut);

  /** The connection and the project as one dispatch sees them. */
  const watch = (
    signal: AbortSignal,
    beforeChange?: (uri: string) => Promise<number | undefined>,
    priority?: number,
    onGatedWrites?: (writes: readonly GatedWrite[]) => void,
  ) => {
    const project = watchProject(facts, waapi, expectProject);
    const onLinkLost = facts.invalidate;
    const { sameProject } = project;
    const watched = watchWaapi(waapi, { signal, priority, onLinkLost, beforeChange, sameProject });
    const context = contextOf(watched, project, signal);
    return {
      watched,
      project,
      context:
        onGatedWrites === undefined
          ? context
          : { ...context, waapi: watchWrites(watched.waapi, onGatedWrites) },
    };
  };

  const contextOf = (watched: WatchedWaapi, project: ProjectWatch, signal: AbortSignal): CommandContext => ({
    waapi: watched.waapi,
    project: () => project.project(),
    lookAtFiles,
    readableFile: async (path) => {
      const real = await readableFile(path, rules);
      files.onRead?.(real);
      return real;
    },
    readableFolder: (path) => readableFolder(path, rules),
    oneStep: async (displayName, work) => {
      // Whoever has the lock must not have to wait for others who want it.
      await watched.untilMayChange();
      return lock('undo step', () => undoStep(displayName, watched, log, work));
    },
    topics,
    callSchemas,
    consolePath,
    recoveries,
    signal,
    log,
  });

  const perform = async (command: AnyCommand, raw: unknown, options: DispatchOptions): Promise<Result> => {
    // A run orders its own changes; any other one must not become part of a run's undo step.
    if (options.executionId !== undefined || command.effect === 'read')
      return performIn(command, raw, options);
    let leave: (() => void) | undefined;
    let entering: Promise<() => void> | undefined;
    const beforeChange = async (uri: string): Promise<undefined> => {
      if (!touchesProject(uri)) return;
      entering ??= gate.enter(options.signal);
      leave = await entering;
    };
    try {
      return await performIn(command, raw, { ...options, beforeChange });
    } finally {
      leave?.();
    }
  };

  type PerformOptions = Omit<DispatchOptions, 'beforeChange'> & {
    readonly beforeChange?: ((uri: string) => Promise<number | undefined>) | undefined;
  };

  const performIn = async (command: AnyCommand, raw: unknown, options: PerformOptions): Promise<Result> => {
    if (readOnly && command.effect !== 'read') throw refusedReadOnly(command);
    const input = parseInput(command, raw);
    const signal = options.signal ?? new AbortController().signal;
    if (signal.aborted) throw cancelled(command);
    // Somebody may be waiting for a direct call: it goes ahead of what a run has queued.
    const priority = options.executionId === undefined ? DIRECT_PRIORITY : undefined;
    const writes: GatedWrite[] = [];
    const onGatedWrites = options.onGatedWrites ?? ((some) => writes.push(...some));
    const { watched, project, context } = watch(signal, options.beforeChange, priority, onGatedWrites);
    const noticed = async (result: Result): Promise<Result> =>
      withNotices(result, await noticesOf(writes, context));
    if (command.effect !== 'read' && expectProject !== null)
      checkProject(await project.project(), expectProject);
    const run = (asked: JsonObject) =>
      runCommand(command, asked, context).finally(() => {
        if (watched.changedProject()) options.onChanged?.();
      });
    if (!isMemoised(command)) return noticed(success(await run(input)));
    const key = await keyOfCall(command, input, options.scope, context);
    const { data, memo: state } = await lock(key, () =>
      memory.perform({
        command,
        input,
        key,
        forceRerun: options.forceRerun ?? false,
        context,
        run,
        before: async () => {
          const before = await lookBefore(command, input, context);
          options.onIntent?.(before);
          return before;
        },
        settle: async (before) => {
          const settled = await settleCommand(command, input, before, context);
          // The effect that was cut off took place: whoever asks for it again has it from here on.
          if (settled !== null) options.onChanged?.();
          return settled;
        },
        achieved: (output) => claimsOf(command, input, output),
        changedSomething: watched.changedSomething,
      }),
    );
    // What a hit found done is as it was asked for, and may have no effect all the same.
    if (state === 'hit') onGatedWrites(gatedClaims(claimsOf(command, input, data)));
    return noticed(success(data, state, key));
  };

  /** A notice too few is better than a failure of what was done. */
  const noticesOf = async (writes: readonly GatedWrite[], context: CommandContext) => {
    if (writes.length === 0) return [];
    try {
      return noEffectNotices(await noEffectYet(writes, context.waapi));
    } catch (err) {
      log.debug({ err }, 'Whether all values have an effect could not be asked');
      return [];
    }
  };

  const dispatch: Bus['dispatch'] = async (name, input, options = {}) => {
    const startedAtMs = Date.now();
    const started = performance.now();
    let result: Result;
    if (hearNews !== undefined) await hearNews();
    try {
      result = await perform(find(name), input, options);
    } catch (thrown) {
      const error = toWwiseFlowError(thrown);
      if (error.code === 'INTERNAL') log.error({ command: name, err: thrown }, error.message);
      result = failure(error);
    }
    const durationMs = performance.now() - started;
    return trail.recorded({ name, input, options, result, atMs: startedAtMs, durationMs });
  };

  const dispatchFused = createFusedDispatch({
    find: (name) => byName.get(name),
    dispatch,
    memo,
    contextOf: ({ signal = new AbortController().signal, beforeChange, onGatedWrites }) =>
      watch(signal, beforeChange, undefined, onGatedWrites).context,
    mayChange: (project) => {
      if (readOnly) return false;
      if (expectProject !== null) checkProject(project, expectProject);
      return true;
    },
    checked: checkedOutput,
    record: trail.record,
    changed: memory.changed,
    alone: (work) => lock('undo step', work),
    limits: callLimits,
    log,
  });

  /** The key of a probe, or nothing for one that will not be a memo hit anyway. */
  const keyOfProbe = async (probe: MemoProbe, context: CommandContext): Promise<string[]> => {
    try {
      const command = find(probe.command);
      if (!isMemoised(command)) return [];
      return [await keyOfCall(command, parseInput(command, probe.input), probe.scope, context)];
    } catch (thrown) {
      const error = toWwiseFlowError(thrown);
      if (['WAAPI_UNAVAILABLE', 'WAAPI_LOCKED', 'WAAPI_TIMEOUT', 'CANCELLED'].includes(error.code))
        throw error;
      return [];
    }
  };

  const prefetch: Bus['prefetch'] = async (probes, control = {}) => {
    const signal = control.signal ?? new AbortController().signal;
    const { context } = watch(signal);
    if (hearNews !== undefined) await hearNews();
    const keys: string[] = [];
    for (const probe of probes) keys.push(...(await keyOfProbe(probe, context)));
    await memory.prefetch(keys, context);
  };

  return {
    commands,
    find: (name) => byName.get(name),
    findExcluded: (name) => leftOut.get(name),
    dispatch,
    async dispatchFused(items, options) {
      if (hearNews !== undefined) await hearNews();
      return dispatchFused(items, options);
    },
    prefetch,
    noEffectYet: (writes, control = {}) =>
      noEffectYet(writes, watch(control.signal ?? new AbortController().signal).context.waapi),
    takeNotices: () => [...takeNotices(), ...trail.takeUnreported()],
    get waapiCallCount() {
      return waapi.callCount;
    },
    project: createProjectDoor({
      waapi,
      facts: () => facts.get(),
      find: (name) => byName.get(name),
      changeCount,
      gate,
      localPath: (path) => resolve(files.startDir, here(path)),
      unreadableFiles,
    }),
  };
}

function refusedReadOnly(command: AnyCommand): WwiseFlowError {
  return new WwiseFlowError(
    'READ_ONLY',
    `${command.name} would change the project, and the server was started read-only.`,
    {
      hint: 'Use reading commands only, or start the server without --read-only.',
      details: { command: command.name, effect: command.effect },
    },
  );
}

function cancelled(command: AnyCommand): WwiseFlowError {
  return new WwiseFlowError('CANCELLED', `${command.name} was cancelled before it began.`, {
    hint: 'Nothing was changed: call again when it is wanted.',
    details: { command: command.name },
  });
}
