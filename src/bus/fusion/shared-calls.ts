import type { JsonObject } from '../../core/json.ts';
import { withCall } from '../../wwise/connection/with-call.ts';
import { revertingOf } from '../../wwise/undo/changes/reverting.ts';
import type { PlacedCall, Strategy, Unit } from '../dispatch/unit.ts';
import { checkedOutput } from '../untyped-command.ts';
import { type Answered, type CallLimits, carryRound, RoundFailure } from './carry-round.ts';
import { type BrokenRound, changesLeft } from './changes-left.ts';
import { changesOfPiece, objectBefore } from './changes-of-piece.ts';
import { type Blame, Culprit } from './culprit.ts';
import type { Aftermath, Piece } from './fusion.ts';
import { createKnownObjects } from './known-objects.ts';
import { checkFiles, verifyAhead } from './look-ahead.ts';
import { placeRound, readySlots } from './place-round.ts';
import type { SharedUnit } from './shared-unit.ts';
import { type SharedSlot, willBeMade } from './slot.ts';
import { together } from './together.ts';
import type { TakeBack } from './undo-group.ts';

/**
 * Many calls in few WAAPI calls: each round takes all whose input is known, in as few as they fit into. What a later call reads
 * of an earlier one it reads from what Wwise answered.
 */
export function sharedCalls(
  unit: Unit<SharedSlot>,
  group: TakeBack,
  limits: CallLimits,
): Strategy<SharedSlot> {
  let looking: Promise<SharedUnit> | undefined;
  let broken: BrokenRound | undefined;
  const executed: SharedSlot[] = [];
  const shared = (): Promise<SharedUnit> => {
    looking ??= lookAhead(unit);
    return looking;
  };
  return {
    ready: async (pending) => readySlots(pending, await shared()),
    place: async (pending, ready, answers) => placeRound(pending, ready, answers, await shared()),
    execute: async (placed) => {
      const outputs = await executeRound(placed, await shared(), limits, (round) => {
        broken = round;
      });
      broken = undefined;
      executed.push(...placed.map(({ call }) => call.slot));
      return outputs;
    },
    group: {
      ...group,
      takeBack: () => group.takeBack(() => reverting(unit, executed, broken)),
    },
  };
}

/** What takes back these calls, and a round that failed after them, by setting right what they changed. */
async function reverting(
  { changes, session: { watched } }: Unit<SharedSlot>,
  executed: readonly SharedSlot[],
  broken: BrokenRound | undefined,
): Promise<(() => Promise<boolean>) | undefined> {
  const waapi = withCall(watched.waapi, (uri, args, options, control) =>
    watched.waapi.call(uri, args, options, { ...control, signal: undefined }),
  );
  const last = broken === undefined ? [] : await changesLeft(broken, waapi);
  const all = [...executed.map((slot) => changes.get(slot)), last];
  return revertingOf(
    all.map((one) => ({ changes: one })),
    waapi,
  );
}

/** Checks the files and the memo entries of a unit. Nothing is changed yet; rejects with the Culprit whose file will not do. */
async function lookAhead(unit: Unit<SharedSlot>): Promise<SharedUnit> {
  const { slots, finished, session } = unit;
  const { context } = session;
  const facts = await context.project();
  const returns = [...new Set(slots.flatMap((slot) => slot.returns))];
  const indexOf = new Map(slots.map((slot, index) => [slot.item, index]));
  const blame: Blame = ({ item }, cause) => new Culprit(indexOf.get(item) ?? 0, cause);
  await checkFiles(unit, blame);
  return {
    unit,
    facts,
    returns,
    known: createKnownObjects(context, returns, facts.year),
    constant: await verifyAhead(unit),
    isToCome: willBeMade(slots, finished, facts.year),
    blame,
  };
}

async function executeRound(
  placed: readonly PlacedCall<SharedSlot>[],
  { known, returns, unit, blame }: SharedUnit,
  limits: CallLimits,
  onBegin: (round: BrokenRound) => void,
): Promise<readonly JsonObject[]> {
  const slotAt = (at: number): SharedSlot | undefined => placed[at]?.call.slot;
  try {
    const pieces = placed.flatMap(({ piece }) => piece ?? []);
    const befores = pieces.map((piece) => objectBefore(piece, known));
    const answered: Answered = { ids: [], made: new Set() };
    onBegin({ pieces, befores, answered });
    const seen = await carryRound(pieces, known, returns, limits, unit.session.context, answered);
    return await together([...seen.entries()], async ([at, after]) => {
      const slot = slotAt(at);
      const output = await outputOf(pieces[at], after).catch((thrown: unknown) => {
        throw slot === undefined ? thrown : blame(slot, thrown);
      });
      if (output === undefined || slot === undefined) throw new RoundFailure(at, 'It did not take effect.');
      const piece = pieces[at];
      if (piece !== undefined) unit.changes.set(slot, changesOfPiece(piece, befores[at], after));
      return checkedOutput(slot.command, output);
    });
  } catch (thrown) {
    const slot = thrown instanceof RoundFailure ? slotAt(thrown.at) : undefined;
    throw slot === undefined ? thrown : blame(slot, thrown);
  }
}

async function outputOf(piece: Piece | undefined, after: Aftermath): Promise<unknown> {
  return piece?.output(after);
}
