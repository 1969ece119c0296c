import type { Json } from '../../../core/json.ts';
import { valueAt } from '../value-at.ts';
import type { Compiled } from './compilation.ts';
import { type Evaluation, evaluationError, spend, typeName } from './evaluation.ts';

/** A member that is written out: `.name`, `["name"]`, `[0]`. */
export interface Segment {
  readonly key: string;
  readonly offset: number;
  readonly end: number;
}

/** What stands below a value. */
export function walkMembers({ run, types }: Compiled, segments: readonly Segment[]): Compiled {
  if (segments.length === 0) return { run, types };
  const path = segments.map(({ key }) => key);
  return {
    types: undefined,
    run: (evaluation) => {
      spend(evaluation, segments.length, segments[0]?.offset ?? 0);
      const value = run(evaluation);
      const found = valueAt(value, path);
      if (found === undefined) refuseScalars(value, segments, evaluation);
      return found ?? null;
    },
  };
}

/** A member of what can have none is a mistake, whereas one that is missing is not. */
function refuseScalars(value: Json, segments: readonly Segment[], evaluation: Evaluation): void {
  let current: Json | undefined = value;
  for (const { key, offset } of segments) {
    if (current === undefined || current === null) return;
    const isIndex = /^\d+$/.test(key);
    if (Array.isArray(current) && !isIndex) {
      const message = `"${key}" is asked of a list.`;
      throw evaluationError(
        evaluation,
        offset,
        message,
        `Write [0].${key} for its first item, .map(x, x.${key}) for all.`,
      );
    }
    if (typeof current !== 'object') {
      const message = `"${key}" is asked of ${typeName(current)}, which has no members.`;
      throw evaluationError(
        evaluation,
        offset,
        message,
        'Look at what the node gave, and write the path to what is there.',
      );
    }
    current = valueAt(current, [key]);
  }
}
