import { z } from 'zod';
import { asJsonArray, asString, isJsonObject } from '../../core/json.ts';
import type { Claim } from '../claims/claim.ts';
import { lookUpObjects } from '../objects/finding/look-up-objects.ts';
import { leanRef } from '../objects/rows/lean-ref.ts';
import { objectField } from '../objects/rows/object-field.ts';
import { referenceIdOf, refOf } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';

const filterWord = z.enum(['events', 'structures', 'media']);

/** An input field with what a SoundBank shall include. */
export const inclusionsField = z
  .array(
    z.strictObject({
      object: objectField('Event, container, bus, folder or Work Unit.'),
      filter: z.array(filterWord).min(1).default(['events', 'structures', 'media']).describe('What of it.'),
    }),
  )
  .max(1_000);

/** Inclusions in an output. */
export const inclusionList = z.array(z.object({ object: leanRef, filter: z.array(z.string()) }));

/** The inclusions of a SoundBank as Wwise keeps them. */
export async function inclusionsOf(
  bankId: string,
  context: Pick<CommandContext, 'waapi'>,
): Promise<z.output<typeof inclusionList>> {
  const answer = await context.waapi.call('ak.wwise.core.soundbank.getInclusions', { soundbank: bankId });
  const entries = asJsonArray(answer.inclusions).filter(isJsonObject);
  const ids = entries.flatMap(({ object }) => referenceIdOf(object) ?? []);
  const rows = ids.length === 0 ? new Map() : await lookUpObjects([...new Set(ids)], [], {}, context.waapi);
  return entries.map(({ object, filter }) => {
    const id = referenceIdOf(object) ?? '';
    return {
      object: { ...refOf(rows.get(id) ?? {}), id },
      filter: asJsonArray(filter).flatMap((word) => asString(word) ?? []),
    };
  });
}

/** The claim that a SoundBank includes these, exactly these, or none of these. */
export function inclusionsHeld(
  bankId: string,
  inclusions: z.output<typeof inclusionList>,
  how: 'is' | 'has' | 'lacks' = 'has',
): Claim {
  return {
    kind: 'call',
    uri: 'ak.wwise.core.soundbank.getInclusions',
    args: { soundbank: bankId },
    member: 'inclusions',
    how,
    answer: inclusions.map(({ object, filter }) => ({ object: object.id, filter })),
  };
}
