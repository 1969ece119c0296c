import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import { type ChangeRecorder, recordChanges } from '../../wwise/undo/changes/record-changes.ts';
import { revertingOf } from '../../wwise/undo/changes/reverting.ts';
import type { Dispatched } from '../audit-record.ts';
import type { AuditTrail } from '../audit-trail.ts';
import type { BatchItem, DispatchOptions } from '../bus.ts';
import type { AnyCommand, Effect } from '../command.ts';
import type { CallLimits } from '../fusion/carry-round.ts';
import { sharedCalls } from '../fusion/shared-calls.ts';
import { type SharedSlot, sharedSlot } from '../fusion/slot.ts';
import { groupOfRun, ownUndoGroup } from '../fusion/undo-group.ts';
import type { createKeyLock } from '../key-lock.ts';
import type { Memory } from '../memo/memory.ts';
import { noEffectNotices } from '../overrides/no-effect-notice.ts';
import { noEffectYet } from '../overrides/no-effect-yet.ts';
import { namingUnreadable, needsWholeProject, orUnread, refuseUnreadable } from '../rely-on-all.ts';
import { failure, type Result, success, withNotices } from '../result.ts';
import { admission, type Limits } from './admit.ts';
import { alone } from './alone.ts';
import { type Attempt, executeUnit } from './execute-unit.ts';
import { createInputFiles } from './input-files.ts';
import { createSessions, type Session, type SessionParts, type Sessions } from './session.ts';
import type { Slot } from './slot.ts';
import { createUnit, type Unit } from './unit.ts';

export interface DispatchParts {
  /** Throws UNKNOWN_COMMAND. */
  readonly find: (name: string) => AnyCommand;
  readonly sessions: SessionParts;
  readonly limits: Limits;
  readonly memory: Memory;
  readonly lock: ReturnType<typeof createKeyLock>;
  readonly callLimits: CallLimits;
  readonly trail: Pick<AuditTrail, 'record' | 'recorded'>;
  readonly log: Log;
}

/** Neither rejects: whatever goes wrong becomes a Failure. */
export interface Dispatch {
  one(item: BatchItem, options: DispatchOptions): Promise<Result>;
  /** A result for each item that was begun, by node id. */
  many(items: readonly BatchItem[], options: DispatchOptions): Promise<ReadonlyMap<string, Result>>;
}

/**
 * The one dispatch; a single call is a batch of one. Calls that can share their WAAPI calls do; when shared calls fail they are
 * taken back and the call at fault is looked for: by what Wwise said, else by halving. Everything before it is executed, and it
 * fails for itself. Items without a result were not begun.
 */
export function createDispatch(parts: DispatchParts): Dispatch {
  return {
    one: async (item, options) => {
      const [atMs, started] = [Date.now(), performance.now()];
      const result = await executeAlone(item, new Map(), createSessions(parts.sessions, options), parts);
      const durationMs = performance.now() - started;
      const { command: name } = item;
      return parts.trail.recorded({ name, input: item.resolve(none), options, result, atMs, durationMs });
    },
    many: async (items, options) => {
      const batch = createBatch(options, parts);
      const [only] = items;
      try {
        if (items.length === 1 && only !== undefined) await batch.alone(only);
        else await batch.together(items);
      } catch (thrown) {
        // Whatever a single call meets as well, it tells better.
        parts.log.debug({ reason: toWwiseFlowError(thrown).message }, 'Calls could not be batched');
      }
      return batch.results;
    },
  };
}

/** A single call reads no other one. */
const none = (): undefined => undefined;

function createBatch(options: DispatchOptions, parts: DispatchParts) {
  const sessions = createSessions(parts.sessions, options);
  const results = new Map<string, Result>();
  const outputs = new Map<string, JsonObject>();
  let runGroup = options.group;

  const note = async (
    ended: readonly (readonly [item: BatchItem, result: Result])[],
    began: Began,
  ): Promise<void> => {
    if (ended.length === 0) return;
    const tookMs = performance.now() - began.at;
    const dispatched = ended.map(([item, result]): Dispatched => {
      results.set(item.nodeId, result);
      if (result.ok) outputs.set(item.nodeId, result.data);
      const input = inputFor(item, outputs) ?? item.input;
      const { command: name } = item;
      return { name, input, options, result, atMs: began.atMs, durationMs: tookMs / ended.length };
    });
    await parts.trail.record(...dispatched);
  };

  const alone = async (item: BatchItem): Promise<Result> => {
    const began = { atMs: Date.now(), at: performance.now() };
    const result = await executeAlone(item, outputs, sessions, parts);
    await note([[item, result]], began);
    // The group of the run may now hold something that must stay.
    if (result.ok && result.memo !== 'hit') runGroup = undefined;
    return result;
  };

  const attempt = async (slots: readonly SharedSlot[]): Promise<Attempt<SharedSlot>> => {
    const began = { atMs: Date.now(), at: performance.now() };
    const session = sessions.open(false);
    const { context } = session;
    try {
      // What these give counts only once all of them are done.
      const unit = unitOf(slots, new Map(outputs), session, parts);
      const group =
        runGroup === undefined
          ? ownUndoGroup(`${slots.length} nodes`, context.waapi, parts.log, parts.sessions.others)
          : groupOfRun(runGroup, parts.log);
      const strategy = sharedCalls(unit, group, parts.callLimits);
      const work = () => executeUnit(unit, strategy);
      const ended = runGroup === undefined ? await parts.sessions.oneAtATime(work) : await work();
      if (ended.kind === 'done') {
        const changed = ended.finished.filter(({ memo }) => memo !== 'hit');
        for (const { slot } of changed) slot.item.onChanged?.(unit.changes.get(slot));
        if (changed.length > 0) runGroup = undefined;
        await note(
          ended.finished.map(({ slot, data, memo, key }) => [slot.item, success(data, memo, key)]),
          began,
        );
      } else if (ended.kind === 'unknown') {
        const lost = failure(lostOutcome(ended.error));
        const begun = slots.filter((slot) => ended.begun.has(slot));
        for (const { item } of begun) item.onChanged?.(undefined);
        await note(
          begun.map(({ item }) => [item, lost]),
          began,
        );
      }
      return ended;
    } finally {
      session.close();
    }
  };

  /** True when all of them were executed. */
  const execute = async (slots: readonly SharedSlot[]): Promise<boolean> => {
    const [first] = slots;
    if (first === undefined) return true;
    if (slots.length === 1) return (await alone(first.item)).ok;
    const ended = await attempt(slots);
    if (ended.kind === 'done') return true;
    if (ended.kind === 'unknown' || concernsAll(ended.error)) return false;
    const { at } = ended;
    const culprit = at === undefined ? undefined : slots[at];
    parts.log.info(
      { calls: slots.length, culprit: culprit?.item.nodeId ?? null, reason: ended.error.message },
      'Batched calls were taken back and are executed in parts.',
    );
    if (at === undefined || culprit === undefined) {
      const middle = slots.length >> 1;
      return (await execute(slots.slice(0, middle))) && (await execute(slots.slice(middle)));
    }
    return (
      (await execute(slots.slice(0, at))) &&
      (await alone(culprit.item)).ok &&
      (await execute(slots.slice(at + 1)))
    );
  };

  const together = async (items: readonly BatchItem[]): Promise<void> => {
    const facts = await sessions.project.project();
    if (facts.year < FIRST_YEAR) return;
    const slots = items.flatMap((item) => sharedSlot(item, parts.find(item.command), facts) ?? []);
    if (slots.length === items.length) await execute(slots);
  };

  return { results, alone, together };
}

interface Began {
  /** Milliseconds since 1970, and by the clock that measures. */
  readonly atMs: number;
  readonly at: number;
}

/** The first version whose object.set takes what is batched. */
const FIRST_YEAR = 2022;

async function executeAlone(
  item: BatchItem,
  outputs: Map<string, JsonObject>,
  sessions: Sessions,
  parts: DispatchParts,
): Promise<Result> {
  try {
    const slot = { item, command: parts.find(item.command) };
    const { command } = slot;
    const { projectFiles } = parts.sessions.kept;
    let input: JsonObject = {};
    // A file may have stopped being readable since the call was admitted.
    const guard = async (): Promise<void> => {
      if (needsWholeProject(command, input)) await refuseUnreadable(command, projectFiles, false);
    };
    const opened = sessions.open(command.effect === 'read', guard);
    const recorder = recorderFor(slot, opened);
    const session: Session = recorder === undefined ? opened : recorded(opened, recorder);
    let isWhole = false;
    try {
      const unit = unitOf([slot], outputs, session, parts);
      const call = await unit.admit(
        slot,
        item.resolve((node) => outputs.get(node)),
      );
      input = call.input;
      const { key: memoKey } = call;
      let attempt: Unit | undefined = unit;
      const work = () => {
        // Whoever had the key meanwhile may have done it: another attempt asks the memo anew.
        const current = attempt ?? unitOf([slot], outputs, session, parts);
        attempt = undefined;
        return executeUnit(current, alone(current, call));
      };
      const ended = memoKey === null ? await work() : await underKey(memoKey, session, parts.lock, work);
      if (ended.kind !== 'done') throw ended.error;
      isWhole = true;
      const [{ data, memo, key } = { data: {}, memo: 'off' as const, key: null }] = ended.finished;
      const answer = await namingUnreadable(command, data, projectFiles);
      return withNotices(success(answer, memo, key), await noticesOf(session, parts.log));
    } finally {
      if (session.watched.changedProject()) item.onChanged?.(await recorder?.finish(isWhole));
      session.close();
    }
  } catch (thrown) {
    const { kept, facts } = parts.sessions;
    const error = await orUnread(toWwiseFlowError(thrown), kept.projectFiles, () => facts.get());
    if (error.code === 'INTERNAL') parts.log.error({ command: item.command, err: thrown }, error.message);
    return failure(error);
  }
}

/** Work with the key to itself. It is given back while the turn to change the project is waited for: see Turn. */
async function underKey<T>(
  key: string,
  session: Session,
  lock: DispatchParts['lock'],
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    const done = await lock(key, () => session.unlessWaiting(work));
    if (done !== undefined) return done;
    await session.takeTurn();
  }
}

/** The session as a command uses it whose changes are watched. */
function recorded(session: Session, recorder: ChangeRecorder): Session {
  const { context, watched } = session;
  const reverting = async () => revertingOf([{ changes: await recorder.finish(false) }], watched.waapi);
  const oneStep: Session['context']['oneStep'] = (displayName, work) =>
    session.oneStep(displayName, work, reverting);
  return { ...session, context: { ...context, waapi: recorder.waapi, oneStep } };
}

/** Watches what a command changes, where somebody wants to know. */
function recorderFor({ item, command }: Slot, { context }: Session): ChangeRecorder | undefined {
  if (item.onChanged === undefined || !changing.has(command.effect)) return undefined;
  return recordChanges(context, { onImport: (files) => item.onImport?.(files) ?? Promise.resolve() });
}

const changing: ReadonlySet<Effect> = new Set(['create', 'update', 'destroy']);

/** What has no effect yet. A notice too few is better than a failure of what was done. */
async function noticesOf({ writes, context }: Session, log: Log): Promise<readonly string[]> {
  if (writes.length === 0) return [];
  try {
    return noEffectNotices(await noEffectYet(writes, context.waapi));
  } catch (err) {
    log.debug({ err }, 'Whether all values have an effect could not be asked');
    return [];
  }
}

function unitOf<S extends Slot>(
  slots: readonly S[],
  outputs: Map<string, JsonObject>,
  session: Session,
  { limits, memory }: DispatchParts,
): Unit<S> {
  const { context } = session;
  const files = createInputFiles(context);
  const admit = admission(limits, context, files);
  return createUnit(slots, { session, memory: memory.attempt(context), files, admit, outputs });
}

/** Undefined when a reference cannot be resolved: the runner tells which. */
function inputFor(item: BatchItem, outputs: ReadonlyMap<string, JsonObject>): unknown {
  try {
    return item.resolve((node) => outputs.get(node));
  } catch {
    return undefined;
  }
}

/** Halving would not help: no call can be made. */
function concernsAll({ code }: WwiseFlowError): boolean {
  return ['WAAPI_UNAVAILABLE', 'WAAPI_LOCKED', 'WAAPI_TIMEOUT', 'CANCELLED'].includes(code);
}

function lostOutcome(error: WwiseFlowError): WwiseFlowError {
  if (error.code === 'OUTCOME_UNKNOWN') return error;
  return new WwiseFlowError(
    'OUTCOME_UNKNOWN',
    `What the shared calls began could not be taken back: ${error.message}`,
    {
      hint: 'Look at the objects in Wwise before running the workflow again; what took effect is then found and kept.',
      details: { ...error.details, cause: error.code },
      cause: error,
    },
  );
}
