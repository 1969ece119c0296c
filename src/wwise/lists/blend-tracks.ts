import { z } from 'zod';
import { asJsonArray, asJsonObject, asString, isJsonObject } from '../../core/json.ts';
import type { Claim } from '../claims/claim.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { lookUpObjects } from '../objects/finding/look-up-objects.ts';
import { namedTarget, namedTargetOf } from '../objects/rows/lean-ref.ts';
import { referenceIdOf, refOf } from '../objects/rows/object-row.ts';
import type { CommandContext } from '../wwise-command.ts';

/** A Blend Track with what plays on it and where it fades. */
export const blendTrack = z.object({
  id: z.string(),
  name: z.string(),
  gameParameter: namedTarget,
  crossfades: z.boolean(),
  assignments: z.array(
    z.object({
      child: z.object({ id: z.string(), name: z.string() }),
      from: z.number().nullable(),
      to: z.number().nullable(),
      fadeIn: z.string(),
      fadeOut: z.string(),
    }),
  ),
});

export type BlendTrack = z.output<typeof blendTrack>;

/** The Blend Tracks of a Blend Container. A query of its own for each track's assignments. */
export async function blendTracksOf(
  containerId: string,
  context: Pick<CommandContext, 'waapi'>,
): Promise<BlendTrack[]> {
  const rows = await askRows(
    `$ from type BlendTrack where owner.id = "${containerId}"`,
    ['id', 'name', '@LayerCrossFadeControlInput', '@EnableCrossFading'],
    context,
  );
  const tracks: BlendTrack[] = [];
  for (const row of rows) {
    const { id, name } = refOf(row);
    tracks.push({
      id,
      name,
      gameParameter: namedTargetOf(row['@LayerCrossFadeControlInput']),
      crossfades: row['@EnableCrossFading'] === true,
      assignments: await assignmentsOf(id, context),
    });
  }
  return tracks;
}

async function assignmentsOf(trackId: string, context: Pick<CommandContext, 'waapi'>) {
  const answer = await context.waapi.call('ak.wwise.core.blendContainer.getAssignments', { object: trackId });
  const rows = asJsonArray(answer.return).filter(isJsonObject);
  const ids = rows.flatMap(({ child }) => referenceIdOf(child) ?? []);
  const names = await lookUpObjects([...new Set(ids)], [], {}, context.waapi);
  return rows.map(({ child, edges }) => {
    const id = referenceIdOf(child) ?? '';
    const [left, right] = asJsonArray(edges).map(asJsonObject);
    return {
      child: { id, name: asString(names.get(id)?.name) ?? '' },
      from: numberOf(left?.edgePosition),
      to: numberOf(right?.edgePosition),
      fadeIn: asString(left?.fadeMode) ?? 'None',
      fadeOut: asString(right?.fadeMode) ?? 'None',
    };
  });
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** The claim that these children still play on a Blend Track, over these ranges. */
export function assignmentsHeld({ id, assignments }: BlendTrack): Claim {
  return {
    kind: 'call',
    uri: 'ak.wwise.core.blendContainer.getAssignments',
    args: { object: id },
    member: 'return',
    how: 'has',
    answer: assignments.map(({ child, from, to }) => ({
      child: child.id,
      ...(from === null || to === null ? {} : { edges: [{ edgePosition: from }, { edgePosition: to }] }),
    })),
  };
}
