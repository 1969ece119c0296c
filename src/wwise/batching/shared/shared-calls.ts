import type { SharingStrategy } from '../../../core/dispatch/dispatch-backend.ts';
import { type Blame, Culprit } from '../../../core/dispatch/execute/culprit.ts';
import type { PreparedCall } from '../../../core/dispatch/execute/strategy.ts';
import type { Unit } from '../../../core/dispatch/unit.ts';
import { checkedOutput } from '../../../core/dispatch/untyped-command.ts';
import type { JsonObject } from '../../../core/json.ts';
import { withCall } from '../../connection/with-call.ts';
import type { WwiseSession } from '../../dispatch/wwise-session.ts';
import type { Change } from '../../undo/changes/change.ts';
import { revertingOf } from '../../undo/changes/reverting.ts';
import { type BrokenStep, changesLeft } from '../changes/changes-left.ts';
import { changesOfPiece, objectBefore } from '../changes/changes-of-piece.ts';
import type { Aftermath, Piece } from '../description/batch.ts';
import { type Answered, type CallLimits, executeStep, StepFailure } from './execute-step.ts';
import { createKnownObjects } from './known-objects.ts';
import { checkFiles, verifyUnitAhead } from './look-ahead.ts';
import { prepareStep, readySlots } from './prepare-step.ts';
import { type SharedSlot, willBeMade } from './shared-slot.ts';
import type { SharedUnit } from './shared-unit.ts';
import { together } from './together.ts';
import type { RollBack } from './undo-group.ts';

/**
 * Many calls in few WAAPI calls: each step takes all whose input is known, in as few as they fit into. What a later call reads
 * of an earlier one it reads from what Wwise answered.
 */
export function sharedCalls(
  unit: Unit<SharedSlot, WwiseSession>,
  group: RollBack,
  limits: CallLimits,
): SharingStrategy<SharedSlot> {
  let looking: Promise<SharedUnit> | undefined;
  let broken: BrokenStep | undefined;
  const executed: SharedSlot[] = [];
  const changes = new Map<SharedSlot, readonly Change[] | undefined>();
  const shared = (): Promise<SharedUnit> => {
    looking ??= lookAhead(unit);
    return looking;
  };
  return {
    ready: async (pending) => readySlots(pending, await shared()),
    prepare: async (pending, ready, answers) => prepareStep(pending, ready, answers, await shared()),
    execute: async (prepared) => {
      const onBegin = (step: BrokenStep): void => {
        broken = step;
      };
      const outputs = await runStep(prepared, await shared(), limits, changes, onBegin);
      broken = undefined;
      executed.push(...prepared.map(({ call }) => call.slot));
      return outputs;
    },
    reportStep: async (prepared) => {
      await Promise.all(
        prepared.map(({ call: { slot } }) => slot.item.onProgress?.(changes.get(slot) ?? [])),
      );
    },
    group: {
      ...group,
      rollBack: () => {
        const seen = executed.map((slot) => changes.get(slot));
        return group.rollBack(() => reverting(unit.session, seen, broken));
      },
    },
    changesOf: (slot) => changes.get(slot),
  };
}

/** What rolls back these calls, and a step that failed after them, by setting right what they changed. */
async function reverting(
  { watched }: WwiseSession,
  executed: readonly (readonly Change[] | undefined)[],
  broken: BrokenStep | undefined,
): Promise<(() => Promise<boolean>) | undefined> {
  const waapi = withCall(watched.waapi, (uri, args, options, control) =>
    watched.waapi.call(uri, args, options, { ...control, signal: undefined }),
  );
  const last = broken === undefined ? [] : await changesLeft(broken, waapi);
  const all = [...executed, last];
  return revertingOf(
    all.map((one) => ({ changes: one })),
    waapi,
  );
}

/** Checks the files and the memo entries of a unit. Nothing is changed yet; rejects with the Culprit whose file will not do. */
async function lookAhead(unit: Unit<SharedSlot, WwiseSession>): Promise<SharedUnit> {
  const { slots, finished, session } = unit;
  const { context } = session;
  const facts = await context.project();
  const returns = [...new Set(slots.flatMap((slot) => slot.returns))];
  const indexOf = new Map(slots.map((slot, index) => [slot.item, index]));
  const blame: Blame = ({ item }, cause) => new Culprit(indexOf.get(item) ?? 0, cause);
  await checkFiles(unit, blame);
  return {
    unit,
    pieces: new Map(),
    facts,
    returns,
    known: createKnownObjects(context, returns, facts.year),
    constant: await verifyUnitAhead(unit),
    isToCome: willBeMade(slots, finished, facts.year),
    blame,
  };
}

async function runStep(
  prepared: readonly PreparedCall<SharedSlot>[],
  { known, returns, unit, blame, pieces: pieceOf }: SharedUnit,
  limits: CallLimits,
  changes: Map<SharedSlot, readonly Change[] | undefined>,
  onBegin: (step: BrokenStep) => void,
): Promise<readonly JsonObject[]> {
  const slotAt = (at: number): SharedSlot | undefined => prepared[at]?.call.slot;
  try {
    const pieces = prepared.flatMap(({ call }) => pieceOf.get(call) ?? []);
    const befores = pieces.map((piece) => objectBefore(piece, known));
    const answered: Answered = { ids: [], made: new Set() };
    onBegin({ pieces, befores, answered });
    const seen = await executeStep(pieces, known, returns, limits, unit.session.context, answered);
    return await together([...seen.entries()], async ([at, after]) => {
      const slot = slotAt(at);
      const output = await outputOf(pieces[at], after).catch((thrown: unknown) => {
        throw slot === undefined ? thrown : blame(slot, thrown);
      });
      if (output === undefined || slot === undefined) throw new StepFailure(at, 'It did not take effect.');
      const piece = pieces[at];
      if (piece !== undefined) changes.set(slot, changesOfPiece(piece, befores[at], after));
      return checkedOutput(slot.command, output);
    });
  } catch (thrown) {
    const slot = thrown instanceof StepFailure ? slotAt(thrown.at) : undefined;
    throw slot === undefined ? thrown : blame(slot, thrown);
  }
}

async function outputOf(piece: Piece | undefined, after: Aftermath): Promise<unknown> {
  return piece?.output(after);
}
