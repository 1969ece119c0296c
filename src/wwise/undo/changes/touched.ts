import type { JsonObject } from '../../../core/json.ts';
import type { Cell } from './change.ts';

/** What a call is about to change. */
export interface Touched {
  readonly cells: readonly Cell[];
  /** Objects it made, by its answer, each with the GUIDs of what was made below it as far as that says. */
  readonly made?: ((answer: JsonObject) => readonly Made[]) | undefined;
}

export interface Made {
  readonly id: string;
  /** Left out: the answer does not say. */
  readonly below?: readonly string[];
}

/** A value of one platform also stops following the others. */
export function ofPlatform(cell: Cell, property: string): readonly Cell[] {
  if (cell.kind !== 'value' || cell.platform === '') return [cell];
  const { id, platform } = cell;
  return [
    cell,
    { kind: 'answer', id, uri: 'ak.wwise.core.object.isLinked', args: { object: id, property, platform } },
  ];
}
