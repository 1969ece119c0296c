import type { JsonObject } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import type { Change } from './change.ts';

/** What the calls of an effect were kept as; undefined where they do without. */
export function keptIn(changes: readonly Change[]): readonly JsonObject[] | undefined {
  for (const { cell } of changes) if (cell.kind === 'kept') return cell.steps;
  return undefined;
}

/**
 * Reverts all that an effect did to the letter. `none`: it was not kept, or by another back-end than is open now. Else why it stays.
 */
export async function restoreKept(
  changes: readonly Change[],
  { restoring }: Waapi,
): Promise<'restored' | 'none' | { readonly why: string }> {
  const steps = keptIn(changes);
  if (steps === undefined || restoring === undefined) return 'none';
  if (await restoring.isBack(steps, { made: [], changed: [] })) return 'restored';
  const why = await restoring.restore(steps);
  return why === null ? 'restored' : { why };
}

interface Touching {
  readonly changes: readonly Change[] | undefined;
}

/** Whether all that each of these did is as it was before it; undefined where it was not kept. */
export async function whichAreBack(
  effects: readonly Touching[],
  { restoring }: Waapi,
): Promise<readonly (boolean | undefined)[]> {
  const made = new Set<string>();
  const changed = new Set<string>();
  const areBack: (boolean | undefined)[] = [];
  for (const { changes = [] } of effects) {
    const steps = keptIn(changes);
    const isAsked = restoring !== undefined && steps !== undefined;
    areBack.push(
      isAsked ? await restoring.isBack(steps, { made: [...made], changed: [...changed] }) : undefined,
    );
    for (const change of changes) {
      const { cell } = change;
      if ('id' in cell && cell.id !== undefined) changed.add(cell.id);
      for (const id of change.own ?? []) made.add(id);
    }
    if (isAsked) for (const id of restoring.touched(steps)) changed.add(id);
  }
  return areBack;
}
