import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asString, type JsonObject } from '../../../core/json.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { wwiseWords } from '../rows/wwise-words.ts';

export interface SetOptions {
  /** What the call is to achieve, for messages: `add an RTPC to "\Containers\Boom"`. */
  readonly aim: string;
  /** What happens to lists: new items are appended (the default) or replace all. */
  readonly listMode?: 'append' | 'replaceAll';
  readonly returns?: readonly string[];
}

/**
 * One ak.wwise.core.object.set: one undo step, all or nothing. Throws what the connection throws, with the aim in the
 * words of a plain WAAPI_ERROR; WAAPI_ERROR too before 2022.1, which does not have the function.
 */
export async function callObjectSet(
  changes: readonly JsonObject[],
  context: Pick<CommandContext, 'waapi' | 'project'>,
  { aim, listMode, returns = ['id', 'name', 'type', 'path'] }: SetOptions,
): Promise<JsonObject> {
  const { year } = await context.project();
  if (year < 2022) {
    throw new WwiseFlowError(
      'WAAPI_ERROR',
      `Wwise ${year} cannot ${aim} in one call: object.set came with 2022.1.`,
      {
        hint: 'Use a newer Wwise, or set_property and set_reference one by one.',
        details: { year },
      },
    );
  }
  return explaining(aim, () =>
    context.waapi.call(
      'ak.wwise.core.object.set',
      { objects: changes, ...(listMode === undefined ? {} : { listMode }) },
      { return: [...returns] },
    ),
  );
}

/** Whether the function exists, but only in the Wwise application. */
function isElsewhere({ message, details }: WwiseFlowError): boolean {
  return details?.uri === 'ak.wwise.unavailable' && message.includes('not available for this type');
}

/** Runs calls whose plain WAAPI_ERROR shall say what was wanted. */
export async function explaining<T>(aim: string, work: () => Promise<T>, hint?: string): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw explained(toWwiseFlowError(thrown), aim, hint);
  }
}

/** The error with what was wanted, where it is a plain WAAPI_ERROR of a call. */
export function explained(error: WwiseFlowError, aim: string, hint?: string): WwiseFlowError {
  if (error.code === 'UNKNOWN_PROPERTY') return withCandidates(error, aim);
  if (error.code !== 'WAAPI_ERROR') return error;
  return new WwiseFlowError('WAAPI_ERROR', `Wwise did not ${aim}: ${wwiseWords(error)}`, {
    hint: isElsewhere(error)
      ? 'This takes the Wwise application with the project open: connect to it with --wwise.'
      : (hint ?? 'Correct what Wwise names, then try again; nothing was changed by this call.'),
    details: error.details,
    cause: error,
  });
}

/** A wrong name with the nearest right ones, where this Wwise names them. */
function withCandidates(error: WwiseFlowError, aim: string): WwiseFlowError {
  const { property, candidates } = error.details ?? {};
  const names = asJsonArray(candidates).flatMap((name) => asString(name) ?? []);
  const guess = didYouMean(asString(property) ?? '', names);
  return new WwiseFlowError(error.code, `Wwise did not ${aim}: ${wwiseWords(error)}${guess}`, {
    hint: names.length > 0 ? 'Use one of details.candidates.' : 'Find the right name with describe_type.',
    details: error.details,
    cause: error,
  });
}
