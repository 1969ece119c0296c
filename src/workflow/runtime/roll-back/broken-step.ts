import type { Bus } from '../../../core/dispatch/bus.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import { type Failure, failure } from '../../../core/result.ts';
import type { Values } from '../../expressions/resolve.ts';
import { kindsOf } from '../../nodes/catalog.ts';
import { type DoneNode, effectOf } from './roll-back.ts';

/** What became of a run's changes when the link broke while its undo group was open; node ids, in plan order. */
export type LeftBehind = {
  /** Found in the project. */
  readonly there: readonly string[];
  /** Not found: they were rolled back when the link broke. */
  readonly missing: readonly string[];
  /** Nothing in the project shows it. */
  readonly unknown: readonly string[];
};

/** Asks the project what is there of these nodes' changes. Never rejects: what cannot be asked is unknown. */
export async function leftBehind(done: readonly DoneNode[], values: Values, bus: Bus): Promise<LeftBehind> {
  const changing = done.filter(({ node, changed }) => changed && node.effect !== 'barrier');
  const checkable = changing.filter(({ node }) => kindsOf(bus).find(node.kind)?.isReadBack === true);
  const ids = (nodes: readonly DoneNode[]) => nodes.map(({ node }) => node.id);
  const silent = ids(changing.filter((one) => !checkable.includes(one)));
  try {
    const holding = (await bus.project?.hold(checkable.map((one) => effectOf(one, values)))) ?? [];
    return {
      there: ids(checkable.filter((_, index) => holding[index] === true)),
      missing: ids(checkable.filter((_, index) => holding[index] === false)),
      unknown: [...silent, ...ids(checkable.filter((_, index) => holding[index] === undefined))],
    };
  } catch {
    return { there: [], missing: [], unknown: ids(changing) };
  }
}

/** The result of a run in which nothing failed but the link. */
export function brokenRun(left: LeftBehind, answer: JsonObject): Failure {
  const { there, missing, unknown } = left;
  const parts = [
    `${there.length} of its changes are in the project`,
    ...(missing.length === 0 ? [] : [`${missing.length} are not (${missing.join(', ')})`]),
    ...(unknown.length === 0 ? [] : [`of ${unknown.length} that is not known (${unknown.join(', ')})`]),
  ];
  return failure(
    new WwiseFlowError(
      'OUTCOME_UNKNOWN',
      `The link broke while the undo step of the run was open: ${parts.join(', ')}.`,
      {
        hint: 'Resume the run with workflow_resume: what is there is kept, what is missing is done again. It will not be one undo step.',
        details: { ...answer, stopped: true, stopAt: null, undoStepBroken: left },
      },
    ),
  );
}
