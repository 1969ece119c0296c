import type { Log } from '../../core/log.ts';
import type { Waapi } from '../../wwise/connection/waapi.ts';
import type { PathRules } from '../../wwise/files/checked-path.ts';
import { readableFile, readableFolder } from '../../wwise/files/readable-file.ts';
import type { ProjectFactsCache } from '../../wwise/project-facts.ts';
import type { OthersAtWork } from '../../wwise/undo/others-at-work.ts';
import { type ProjectWatch, watchProject } from '../../wwise/undo/same-project.ts';
import { touchesProject, type UndoGate } from '../../wwise/undo/undo-gate.ts';
import { type StepParts, undoStep } from '../../wwise/undo/undo-step.ts';
import { type WatchedWaapi, watchWaapi } from '../../wwise/undo/watched-waapi.ts';
import type { DispatchOptions } from '../bus.ts';
import type { CommandContext } from '../command.ts';
import type { GatedWrite } from '../overrides/gated-writes.ts';
import { watchWrites } from '../overrides/watch-writes.ts';
import { refusingToWait } from './refusing-to-wait.ts';

/** The connection and the project as one attempt at some calls sees them. */
export interface Session {
  readonly context: CommandContext;
  readonly watched: WatchedWaapi;
  /** Told of values that have no effect unless an override is set, by whatever finds them written. */
  readonly wrote: (writes: readonly GatedWrite[]) => void;
  /** Those that nobody else is told of. */
  readonly writes: readonly GatedWrite[];
  /**
   * Work in which no change waits for its turn. Undefined, whatever became of the work, when one would have had to: it was
   * refused, so nothing was changed.
   */
  unlessWaiting<T>(work: () => Promise<T>): Promise<T | undefined>;
  /** Throws inside such work once a change was refused: what was done without it is no result. */
  checkTurn(): void;
  /** Waits for the turn, which it keeps until it is closed. */
  takeTurn(): Promise<void>;
  /** As `oneStep` of the context, for whoever knows what takes its changes back without an undo. */
  oneStep<T>(displayName: string, work: () => Promise<T>, reverting?: StepParts['reverting']): Promise<T>;
  /** Lets others change the project again. */
  close(): void;
}

/** One dispatch: it must not begin in one project and go on in another. */
export interface Sessions {
  readonly project: ProjectWatch;
  /** `isReading`: nothing of it changes the project. `guard`: awaited before each change, which it may refuse. */
  open(isReading: boolean, guard?: () => Promise<void>): Session;
}

export interface SessionParts {
  readonly waapi: Waapi;
  readonly facts: ProjectFactsCache;
  readonly gate: UndoGate;
  readonly others: OthersAtWork;
  readonly expectProject: string | null;
  /** What files may be read. */
  readonly rules: PathRules;
  /** Told of every file a command is about to read, by its real path. */
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

export function createSessions(parts: SessionParts, options: DispatchOptions): Sessions {
  const { waapi, facts, gate, expectProject } = parts;
  const signal = options.signal ?? new AbortController().signal;
  const project = watchProject(facts, waapi, expectProject);
  const isDirect = options.executionId === undefined;
  const priority = isDirect ? DIRECT_PRIORITY : undefined;
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
      const oneStep: Session['oneStep'] = async (displayName, work, reverting) => {
        // Whoever has the lock must not have to wait for others who want it.
        await watched.untilMayChange();
        const { log, others } = parts;
        return parts.oneAtATime(() => undoStep(displayName, watched, { log, others, reverting }, work));
      };
      const context = contextOf(oneStep, watchWrites(watched.waapi, wrote), project, signal, parts);
      const { unlessWaiting, checkTurn, takeTurn } = waiting;
      return {
        watched,
        context,
        oneStep,
        wrote,
        writes,
        unlessWaiting,
        checkTurn,
        takeTurn,
        close: own?.close ?? nothing,
      };
    },
  };
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
  oneStep: Session['oneStep'],
  waapi: Waapi,
  project: ProjectWatch,
  signal: AbortSignal,
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
    log,
  };
}
