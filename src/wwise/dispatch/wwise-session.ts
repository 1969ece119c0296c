import type { BackendSession } from '../../core/backend/backend-session.ts';
import type { GatedWrite } from '../../core/backend/no-effect-yet.ts';
import type { DispatchOptions } from '../../core/dispatch/bus.ts';
import type { PathRules } from '../../core/files/checked-path.ts';
import type { Log } from '../../core/log.ts';
import { setAgain } from '../claims/mend.ts';
import { verifyClaims } from '../claims/verify-claims.ts';
import type { Waapi } from '../connection/waapi.ts';
import { readableFile, readableFolder } from '../files/readable-file.ts';
import { gatedClaims } from '../overrides/gated-claims.ts';
import { noEffectNotices } from '../overrides/no-effect-notice.ts';
import { noEffectYet } from '../overrides/no-effect-yet.ts';
import { watchWrites } from '../overrides/watch-writes.ts';
import type { ProjectFactsCache } from '../project-facts.ts';
import type { OthersAtWork } from '../undo/others-at-work.ts';
import { type ProjectWatch, watchProject } from '../undo/same-project.ts';
import { touchesProject, type UndoGate } from '../undo/undo-gate.ts';
import { type StepParts, undoStep } from '../undo/undo-step.ts';
import { type WatchedWaapi, watchWaapi } from '../undo/watched-waapi.ts';
import type { CommandContext } from '../wwise-command.ts';
import { refusingToWait } from './refusing-to-wait.ts';

/** The connection and the project as one attempt at some calls sees them. */
export interface WwiseSession extends BackendSession {
  readonly context: CommandContext;
  readonly watched: WatchedWaapi;
  /** As `oneStep` of the context, for whoever knows what takes its changes back without an undo. */
  oneStep<T>(displayName: string, work: () => Promise<T>, reverting?: StepParts['reverting']): Promise<T>;
}

/** One dispatch: it must not begin in one project and go on in another. */
export interface WwiseSessions {
  readonly project: ProjectWatch;
  /** `isReading`: nothing of it changes the project. `guard`: awaited before each change, which it may refuse. */
  open(isReading: boolean, guard?: () => Promise<void>): WwiseSession;
}

export interface SessionParts {
  readonly waapi: Waapi;
  readonly facts: ProjectFactsCache;
  readonly gate: UndoGate;
  readonly others: OthersAtWork;
  readonly expectProject: string | null;
  /** What files may be read. */
  readonly rules: PathRules;
  /** Called with every file a command is about to read, by its real path. */
  readonly onRead: ((path: string) => void) | undefined;
  readonly lookAtFiles: (() => Promise<void>) | undefined;
  /** One undo step that is not a run's at a time. */
  readonly oneAtATime: <T>(work: () => Promise<T>) => Promise<T>;
  readonly kept: Pick<
    CommandContext,
    'topics' | 'callSchemas' | 'members' | 'projectFiles' | 'consolePath' | 'recoveries'
  >;
  readonly log: Log;
}

/** Calls of runs have 0: somebody may be waiting for a direct call, which goes ahead of what a run has queued. */
const DIRECT_PRIORITY = 1;

export function openSessions(parts: SessionParts, options: DispatchOptions): WwiseSessions {
  const { waapi, facts, gate, expectProject } = parts;
  const signal = options.signal ?? new AbortController().signal;
  const project = watchProject(facts, waapi, expectProject);
  const isDirect = options.executionId === undefined;
  const priority = isDirect ? DIRECT_PRIORITY : undefined;
  const isConfirmed = !isDirect || options.isConfirmed === true;
  const { sameProject } = project;
  return {
    project,
    open: (isReading, guard) => {
      // A run orders its own changes; any other one must not become part of a run's undo step.
      const own = isDirect && !isReading ? ownTurn(gate, options.signal) : undefined;
      const inTurn = own === undefined ? options.beforeChange : own.beforeChange;
      const waiting = refusingToWait(own ?? options.turn, (uri) => !isDirect || touchesProject(uri));
      const beforeChange = checked([...waiting.checks, ...(guard === undefined ? [] : [guard])], inTurn);
      const watched = watchWaapi(waapi, {
        signal,
        priority,
        onLinkLost: facts.invalidate,
        beforeChange,
        sameProject,
      });
      const writes: GatedWrite[] = [];
      const wrote = options.onGatedWrites ?? ((some: readonly GatedWrite[]) => void writes.push(...some));
      const oneStep: WwiseSession['oneStep'] = async (displayName, work, reverting) => {
        // Whoever has the lock must not have to wait for others who want it.
        await watched.untilMayChange();
        const { log, others } = parts;
        return parts.oneAtATime(() => undoStep(displayName, watched, { log, others, reverting }, work));
      };
      const context = contextOf(
        oneStep,
        isReading ? watched.waapi : watchWrites(watched.waapi, wrote),
        project,
        { signal, isConfirmed },
        parts,
      );
      const { unlessWaiting, checkTurn, takeTurn } = waiting;
      return {
        watched,
        context,
        changedSomething: watched.changedSomething,
        changedProject: watched.changedProject,
        oneStep,
        unlessWaiting,
        checkTurn,
        takeTurn,
        verify: (groups) => verifyClaims(groups, context),
        setAgain: (calls) => setAgain(calls, context),
        foundDone: (claims) => wrote(gatedClaims(claims)),
        notices: () => noticesOf(writes, context.waapi, parts.log),
        close: own?.close ?? nothing,
      };
    },
  };
}

/** What has no effect yet. A notice too few is better than a failure of what was done. */
async function noticesOf(writes: readonly GatedWrite[], waapi: Waapi, log: Log): Promise<readonly string[]> {
  if (writes.length === 0) return [];
  try {
    return noEffectNotices(await noEffectYet(writes, waapi));
  } catch (err) {
    log.debug({ err }, 'Whether all values have an effect could not be asked');
    return [];
  }
}

const nothing = (): void => {};

function checked(
  checks: readonly ((uri: string) => Promise<void> | void)[],
  inTurn: ((uri: string) => Promise<number | undefined>) | undefined,
): ((uri: string) => Promise<number | undefined>) | undefined {
  if (checks.length === 0) return inTurn;
  return async (uri) => {
    for (const check of checks) await check(uri);
    return inTurn?.(uri);
  };
}

/** Takes the turn at the first change, and gives it back. */
function ownTurn(gate: UndoGate, signal: AbortSignal | undefined) {
  let leave: (() => void) | undefined;
  let entering: Promise<() => void> | undefined;
  const take = async (): Promise<void> => {
    if (leave !== undefined) return;
    entering ??= gate.enter(signal);
    leave = await entering;
  };
  return {
    takeNow: (): boolean => {
      if (entering === undefined) leave ??= gate.enterNow();
      return leave !== undefined;
    },
    take,
    beforeChange: async (uri: string): Promise<undefined> => {
      if (touchesProject(uri)) await take();
    },
    close: (): void => leave?.(),
  };
}

function contextOf(
  oneStep: WwiseSession['oneStep'],
  waapi: Waapi,
  project: ProjectWatch,
  { signal, isConfirmed }: Pick<CommandContext, 'signal' | 'isConfirmed'>,
  { rules, onRead, lookAtFiles, kept, log }: SessionParts,
): CommandContext {
  const { topics, callSchemas, members, projectFiles, consolePath, recoveries } = kept;
  return {
    waapi,
    project: () => project.project(),
    lookAtFiles,
    readableFile: async (path) => {
      const real = await readableFile(path, rules);
      onRead?.(real);
      return real;
    },
    readableFolder: (path) => readableFolder(path, rules),
    oneStep: (displayName, work) => oneStep(displayName, work),
    topics,
    callSchemas,
    members,
    projectFiles,
    consolePath,
    recoveries,
    signal,
    isConfirmed,
    log,
  };
}
