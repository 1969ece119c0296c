import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { MemoStore } from '../../core/stores/memo-store.ts';
import type { ProjectFacts } from '../../wwise/project-facts.ts';
import type { Dispatched } from '../audit-record.ts';
import type { Bus, DispatchOptions, FusedItem } from '../bus.ts';
import type { AnyCommand, CommandContext } from '../command.ts';
import { failure, type Result, success } from '../result.ts';
import type { CallLimits } from './carry-round.ts';
import { type Attempt, carryUnit } from './carry-unit.ts';
import { type Slot, slotOf } from './slot.ts';
import { groupOfRun, ownUndoGroup } from './undo-group.ts';
import { createUnitMemo } from './unit-memo.ts';

export interface FusedParts {
  readonly find: (name: string) => AnyCommand | undefined;
  readonly dispatch: Bus['dispatch'];
  readonly memo: MemoStore;
  /** A context whose changes are announced as these options want it. */
  contextOf(options: DispatchOptions): CommandContext;
  /** True when nothing forbids changes to this project; otherwise the ordinary way tells why. */
  mayChange(facts: ProjectFacts): boolean;
  /** The output as the command's schema describes it. */
  checked(command: AnyCommand, output: unknown): JsonObject;
  /** Writes the dispatches of nodes into the audit. */
  record(...dispatches: readonly Dispatched[]): void;
  /** The project was changed. */
  changed(): void;
  /** One unit with an undo group of its own at a time. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  readonly limits: CallLimits;
  readonly log: Log;
}

/** The first version whose object.set takes what is fused. */
const FIRST_YEAR = 2022;

/**
 * Carries out many commands in shared calls, with a result for each as its own dispatch would give it. When the shared calls
 * fail they are taken back and the node at fault is looked for: by what Wwise said, else by halving. Everything before it is
 * carried out, and it fails for itself. Nodes without a result were not begun.
 */
export function createFusedDispatch(parts: FusedParts): NonNullable<Bus['dispatchFused']> {
  return async (items, options) => {
    const results = new Map<string, Result>();
    try {
      await dispatchUnit(items, options, parts, results);
    } catch (thrown) {
      // Whatever the ordinary way meets as well, it tells better.
      parts.log.debug({ reason: toWwiseFlowError(thrown).message }, 'Nodes could not be fused');
    }
    return results;
  };
}

async function dispatchUnit(
  items: readonly FusedItem[],
  options: DispatchOptions,
  parts: FusedParts,
  results: Map<string, Result>,
): Promise<void> {
  const context = parts.contextOf(options);
  const facts = await context.project();
  if (facts.year < FIRST_YEAR || !parts.mayChange(facts)) return;
  const slots = slotsOf(items, facts, parts);
  if (slots === undefined) return;
  const outputs = new Map<string, JsonObject>();
  let restart = options.takeBack;

  const note = (ended: readonly (readonly [slot: Slot, result: Result])[], tookMs: number): void => {
    const durationMs = tookMs / ended.length;
    const dispatched = ended.map(([{ item }, result]): Dispatched => {
      results.set(item.nodeId, result);
      if (result.ok) outputs.set(item.nodeId, result.data);
      const input = inputFor(item, outputs) ?? item.input;
      return {
        name: item.command,
        input,
        options,
        result,
        atMs: Date.now() - Math.round(tookMs),
        durationMs,
      };
    });
    if (dispatched.length > 0) parts.record(...dispatched);
  };

  const attempt = async (some: readonly Slot[]): Promise<Attempt> => {
    const started = performance.now();
    const group =
      restart === undefined
        ? ownUndoGroup(`${some.length} nodes`, context.waapi, parts.log)
        : groupOfRun(restart, parts.log);
    const memo = createUnitMemo(parts.memo, context, facts);
    const checked = (slot: Slot, output: unknown) => parts.checked(slot.command, output);
    const work = () => carryUnit(some, { context, memo, group, limits: parts.limits, outputs, checked });
    const ended = restart === undefined ? await parts.alone(work) : await work();
    const tookMs = performance.now() - started;
    if (ended.kind === 'done') {
      for (const { slot, memo: state } of ended.finished) if (state !== 'hit') slot.item.onChanged?.();
      if (ended.finished.some(({ memo: state }) => state !== 'hit')) {
        // The group of the run now holds something that must stay.
        restart = undefined;
        parts.changed();
      }
      note(
        ended.finished.map(({ slot, data, memo: state, key }) => [slot, success(data, state, key)]),
        tookMs,
      );
    } else if (ended.kind === 'unknown') {
      const lost = failure(lostOutcome(ended.error));
      for (const slot of ended.begun) slot.item.onChanged?.();
      note(
        some.filter((slot) => ended.begun.has(slot)).map((slot) => [slot, lost]),
        tookMs,
      );
    }
    return ended;
  };

  /** The ordinary way; it writes its own audit. */
  const alone = async ({ item, command }: Slot): Promise<boolean> => {
    const input = inputFor(item, outputs);
    if (input === undefined) return false;
    const { scope, forceRerun } = item;
    const { takeBack: _takeBack, ...rest } = options;
    const onIntent = (before: Json): void => item.onIntent?.(before);
    const onChanged = (): void => item.onChanged?.();
    const own = { ...rest, scope, forceRerun, onIntent, onChanged };
    const result = await parts.dispatch(command.name, input, own);
    results.set(item.nodeId, result);
    if (result.ok) outputs.set(item.nodeId, result.data);
    if (result.ok && result.memo !== 'hit') restart = undefined;
    return result.ok;
  };

  /** True when all of them were carried out. */
  const carry = async (some: readonly Slot[]): Promise<boolean> => {
    const [first] = some;
    if (first === undefined) return true;
    if (some.length === 1) return alone(first);
    const ended = await attempt(some);
    if (ended.kind === 'done') return true;
    if (ended.kind === 'unknown' || concernsAll(ended.error)) return false;
    const { at } = ended;
    const culprit = at === undefined ? undefined : some[at];
    parts.log.info(
      { nodes: some.length, culprit: culprit?.item.nodeId ?? null, reason: ended.error.message },
      'Fused nodes were taken back and are carried out in parts.',
    );
    if (at === undefined || culprit === undefined) {
      const middle = some.length >> 1;
      return (await carry(some.slice(0, middle))) && (await carry(some.slice(middle)));
    }
    return (await carry(some.slice(0, at))) && (await alone(culprit)) && (await carry(some.slice(at + 1)));
  };

  await carry(slots);
}

/** Undefined when one of them cannot be fused after all. */
function slotsOf(
  items: readonly FusedItem[],
  facts: ProjectFacts,
  { find }: FusedParts,
): readonly Slot[] | undefined {
  const slots: Slot[] = [];
  for (const item of items) {
    const command = find(item.command);
    const fusion = command?.fusion;
    if (command === undefined || fusion === undefined || fusion.accepts?.(item.input) === false)
      return undefined;
    slots.push(slotOf(item, command, fusion, facts));
  }
  return slots;
}

/** Undefined when a reference cannot be resolved: the runner tells which. */
function inputFor(item: FusedItem, outputs: ReadonlyMap<string, JsonObject>): JsonObject | undefined {
  try {
    return asJsonObject(item.resolve((node) => outputs.get(node)));
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
