import { z } from 'zod';
import { asJsonArray, asJsonObject, asString } from '../../core/json.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { namedTarget, namedTargetOf } from '../objects/rows/lean-ref.ts';
import { type FoundObject, referenceIdOf } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';
import { curveOutput, pointsOf } from './curve-points.ts';

/** One RTPC of an object: the property, what drives it and the curve between them. */
export const rtpc = z.object({
  id: z.string(),
  property: z.string(),
  controlInput: namedTarget,
  points: curveOutput,
});

export type Rtpc = z.output<typeof rtpc>;

/** What to ask of an object, to hand it to rtpcsOf. */
export const rtpcReturns: readonly string[] = ['@RTPC'];

/** The RTPCs of an object that was asked for rtpcReturns, in order. One more query when it has any. */
export async function rtpcsOf(object: FoundObject, context: Pick<CommandContext, 'waapi'>): Promise<Rtpc[]> {
  const ids = asJsonArray(object.row['@RTPC']).flatMap((item) => referenceIdOf(item) ?? []);
  if (ids.length === 0) return [];
  const rows = await askRows(
    `$ ${ids.map((id) => `"${id}"`).join(', ')}`,
    ['id', '@PropertyName', '@ControlInput', '@Curve'],
    context,
  );
  return rows.map((row) => ({
    id: (asString(row.id) ?? '').toUpperCase(),
    property: asString(row['@PropertyName']) ?? '',
    controlInput: namedTargetOf(row['@ControlInput']),
    points: pointsOf(asJsonObject(row['@Curve']).points),
  }));
}
