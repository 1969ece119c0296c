import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';
import { type FindOptions, findObject, findObjects } from '../../objects/finding/find-object.ts';
import { type FoundObject, refOf } from '../../objects/rows/object-row.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { memberKey } from '../changes/claimed-keys.ts';
import { isRouting, routing } from '../changes/routing.ts';
import { type Batch, type BatchView, type Piece, settingCalls } from './batch.ts';
import { asMembers, type MemberSet, memberOf, setMembers } from './member-set.ts';

/** What all inputs that set members have. */
export interface MembersInput {
  /** The object, by its designator. */
  readonly objectId: string;
  /** Only this platform's values; such an input shares no calls. */
  readonly platform?: string | undefined;
}

/** The one description of a command that sets members of an object; see setsMembers. */
export interface MembersOf<I extends MembersInput, O> {
  /** Properties and references that are set, or `notes`. `raw`: references may still stand where a value will be. */
  members(raw: JsonObject): readonly string[];
  /** False for an input that cannot share calls with others. */
  shares?(raw: JsonObject): boolean;
  /** More return expressions the output needs. */
  readonly returns?: readonly string[];
  /** Other objects the change is about. */
  targets?(raw: JsonObject): readonly string[];
  /** The object and the targets as they are before, where executed alone; default: one query for all. */
  look?(
    input: I,
    returns: readonly string[],
    context: CommandContext,
  ): Promise<readonly [FoundObject, ...FoundObject[]]>;
  /** The input as Wwise takes it, where that takes a look: such an input does not share calls. */
  asTaken?(input: I, before: FoundObject, context: CommandContext): Promise<I>;
  /** Whether the row shows that the object has the members; where it does not, more looks are needed, which go alone. */
  shows?(input: I, before: FoundObject): boolean;
  /** Throws for an object or a target that will not do. */
  change(input: I, before: FoundObject, targets: readonly FoundObject[]): MembersChange<O>;
  /** Throws where a look at more than the object says better than the output why it is not as asked for. */
  check?(input: I, before: FoundObject, row: JsonObject, context: CommandContext): Promise<void>;
  /** What is to be said when Wwise refused the change. */
  refused?(
    error: WwiseFlowError,
    input: I,
    view: { readonly before: FoundObject; readonly targets: readonly FoundObject[] },
    context: CommandContext,
  ): Promise<WwiseFlowError> | WwiseFlowError;
}

export interface MembersChange<O> {
  readonly sets: readonly MemberSet[];
  /** What the undo step is called where it takes several calls. */
  readonly step?: string;
  /** From the row of the object as it was read back. Throws when that does not show what was asked for. */
  output(row: JsonObject): O;
}

/** Everything of a command that sets members of an object and gives it back as `object`, from one description: how it is done alone, and with others. */
export function setsMembers<I extends MembersInput, O>(description: MembersOf<I, O>) {
  const returnsFor = (raw: JsonObject): readonly string[] => [
    ...description.members(raw).map(expressionOf),
    ...(description.returns ?? []),
  ];
  return {
    run: async (input: I, context: CommandContext): Promise<O> => {
      const raw = asJsonObject(input);
      const returns = returnsFor(raw);
      const { platform } = input;
      const look = description.look ?? lookTogether(description);
      const [before, ...targets] = await look(input, returns, context);
      const taken = (await description.asTaken?.(input, before, context)) ?? input;
      const change = description.change(taken, before, targets);
      const step = change.step ?? `Set ${before.name}`;
      const asked = { returns, platform };
      const shown = await setMembers(before, change.sets, step, context, asked).catch(
        async (thrown: unknown) => {
          const error = toWwiseFlowError(thrown);
          throw (await description.refused?.(error, taken, { before, targets }, context)) ?? error;
        },
      );
      const row = shown ?? (await readBack(before, change.sets, asked, context));
      await description.check?.(taken, before, row, context);
      return change.output(row);
    },
    batch: sharing(description, returnsFor),
  };
}

async function readBack(
  before: FoundObject,
  sets: readonly MemberSet[],
  asked: FindOptions,
  context: CommandContext,
): Promise<JsonObject> {
  const found = await findObject(before.id, context, asked).catch((thrown: unknown) => {
    throw setButUnread(toWwiseFlowError(thrown), before, sets.map(memberOf));
  });
  return found.row;
}

/** The change was answered and only reading it back failed: whoever reads the error must know that. */
function setButUnread(error: WwiseFlowError, { row, path }: FoundObject, members: readonly string[]) {
  const said = `${members.join(', ')} of "${path}" was set, but could not be read back`;
  return new WwiseFlowError(error.code, `${said}: ${error.message}`, {
    hint: 'Look at the object before you set it again: what Wwise stored is not known.',
    details: { ...error.details, object: refOf(row), set: [...members] },
    cause: error,
  });
}

function lookTogether<I extends MembersInput, O>({ targets }: MembersOf<I, O>) {
  return async (
    input: I,
    returns: readonly string[],
    context: CommandContext,
  ): Promise<readonly [FoundObject, ...FoundObject[]]> => {
    const { objectId, platform } = input;
    const wanted = [objectId, ...(targets?.(asJsonObject(input)) ?? [])];
    const [object, ...others] = await findObjects(wanted, context, { returns, platform });
    if (object === undefined) throw new Error(`"${objectId}" was not found.`);
    return [object, ...others];
  };
}

function sharing<I extends MembersInput, O>(
  description: MembersOf<I, O>,
  returns: (raw: JsonObject) => readonly string[],
): Batch<I, O> {
  const targetsOf = (raw: JsonObject): readonly string[] => description.targets?.(raw) ?? [];
  return {
    calls: settingCalls,
    accepts: (raw) => raw.platform === undefined && description.shares?.(raw) !== false,
    lanes: (raw) => {
      const objectId = asString(raw.objectId) ?? '';
      return description.members(raw).map((member) => ({
        kind: `@${member.toLowerCase()}`,
        // What an object plays through is decided by those above it too.
        ...(isRouting(member) ? {} : { of: objectId }),
      }));
    },
    names: (raw) => ({ objects: [asString(raw.objectId) ?? '', ...targetsOf(raw)] }),
    returns,
    sameObject: { input: 'objectId', outputs: ['object.id'] },
    prepare: (input, view) => {
      const object = view.find(input.objectId);
      const targets = targetsOf(asJsonObject(input)).map((each) => view.find(each));
      if (object === undefined || !targets.every(isFound)) return undefined;
      if (description.shows?.(input, object) === false)
        throw new Error('Whether it has the member is not shown.');
      return pieceOf(description.change(input, object, targets), object, view);
    },
  };
}

function pieceOf<O>({ sets, output }: MembersChange<O>, object: FoundObject, view: BatchView): Piece<O> {
  const members = sets.map(memberOf);
  const routed = members.some(isRouting) ? routing(object.path) : undefined;
  return {
    change: { kind: 'members', objectId: object.id, members: asMembers(sets) },
    before: null,
    holds: [
      ...members.map((member) => [memberKey(object.id, member), view.nodeId] as const),
      ...(routed?.holds ?? []),
    ],
    ...(routed === undefined ? {} : { avoids: routed.avoids, spreads: true }),
    output: ({ row }) => output(row),
  };
}

function expressionOf(member: string): string {
  return member === 'notes' ? member : `@${member}`;
}

/** A member as an input names it. */
export function tidyMember(name: Json | undefined): string {
  return (asString(name) ?? '').trim().replace(/^@/, '');
}

function isFound(object: FoundObject | undefined): object is FoundObject {
  return object !== undefined;
}
