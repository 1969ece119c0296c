import { z } from 'zod';
import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, asString, type Json } from '../../core/json.ts';
import { jsonRecord } from '../../core/json-record.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { findObject } from '../objects/finding/find-object.ts';
import { lookUpObjects } from '../objects/finding/look-up-objects.ts';
import { namedTargetOf } from '../objects/rows/lean-ref.ts';
import { type FoundObject, referenceIdOf, refOf } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';

/** Values of an object in one State. The id is that of the CustomState: an object that set_property takes, too. */
export const stateValues = z.object({
  id: z.string(),
  state: z.string(),
  values: z.record(z.string(), z.json()),
});

export type StateValues = z.output<typeof stateValues>;

/** What is in the States tab of an object; null where this Wwise does not say. */
export const statesOutput = {
  stateGroups: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
  properties: z.array(z.string()).nullable(),
  values: z.array(stateValues).nullable().describe('By State path; null before Wwise 2025.1.'),
};

/** What an object found with statesReturns follows, what States change, and what they make of it. */
export async function statesOf({ id, row }: FoundObject, context: Pick<CommandContext, 'waapi' | 'project'>) {
  const properties = Array.isArray(row.stateProperties)
    ? asJsonArray(row.stateProperties).flatMap((name) => asString(name) ?? [])
    : null;
  return {
    stateGroups: Array.isArray(row.stateGroups)
      ? asJsonArray(row.stateGroups).flatMap((group) => namedTargetOf(group) ?? [])
      : null,
    properties,
    values: await valuesOf(id, properties ?? [], context),
  };
}

/** What to ask of an object, to hand it to statesOf. */
export const statesReturns: readonly string[] = ['stateGroups', 'stateProperties'];

/** Finds an object that follows States. Throws UNKNOWN_PROPERTY for a type that cannot. */
export async function findStateful(designator: string, context: CommandContext): Promise<FoundObject> {
  const found = await findObject(designator, context, { returns: statesReturns });
  const { year } = await context.project();
  if (found.row.stateGroups !== undefined || year < firstTellingGroups) return found;
  throw new WwiseFlowError('UNKNOWN_PROPERTY', `${found.type} "${found.path}" follows no States.`, {
    hint: 'Give a Sound, container, bus, music object or effect ShareSet.',
    details: { object: refOf(found.row) },
  });
}

/** The accessors `stateGroups` and `stateProperties` came with it. */
const firstTellingGroups = 2023;

async function valuesOf(
  id: string,
  properties: readonly string[],
  context: Pick<CommandContext, 'waapi' | 'project'>,
): Promise<StateValues[] | null> {
  const returns = ['id', 'originalState', ...properties.map((name) => `@${name}`)];
  const rows = await askRows(`$ "${id}" select customStates`, returns, context).catch((thrown: unknown) => {
    const error = toWwiseFlowError(thrown);
    // Before 2025.1 Wwise does not know the accessor.
    if (error.code === 'WAAPI_ERROR' || error.code === 'INVALID_QUERY') return null;
    throw error;
  });
  if (rows === null) return null;
  const ids = rows.flatMap((row) => referenceIdOf(row.originalState) ?? []);
  const states = ids.length === 0 ? new Map() : await lookUpObjects([...new Set(ids)], [], {}, context.waapi);
  return rows.map((row) => {
    const stateId = referenceIdOf(row.originalState) ?? '';
    const present = properties.flatMap((name): [string, Json][] => {
      const value = row[`@${name}`];
      return value === undefined ? [] : [[name, value]];
    });
    return {
      id: refOf(row).id,
      state: refOf(states.get(stateId) ?? {}).path || stateId,
      values: jsonRecord.parse(Object.fromEntries(present)),
    };
  });
}
