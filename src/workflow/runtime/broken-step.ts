import type { Bus } from '../../bus/bus.ts';
import { type Failure, failure } from '../../bus/result.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Values } from '../expressions/resolve.ts';
import { kindsOf } from '../nodes/catalog.ts';
import { type DoneNode, effectOf } from './roll-back.ts';

/** What became of a run's changes when the link broke while its undo group was open; node ids, in plan order. */
export type LeftBehind = {
  /** Found in the project. */
  readonly there: readonly string[];
  /** Not found: Wwise took them back when the link broke. */
  readonly missing: readonly string[];
  /** Nothing tells. */
  readonly unknown: readonly string[];
};

/** Asks the project what is there of these nodes' changes. Never rejects: what cannot be asked is unknown. */
export async function leftBehind(done: readonly DoneNode[], values: Values, bus: Bus): Promise<LeftBehind> {
  const changing = done.filter(({ node, changed }) => changed && node.effect !== 'barrier');
  const telling = changing.filter(({ node }) => kindsOf(bus).find(node.kind)?.isReadBack === true);
  const ids = (nodes: readonly DoneNode[]) => nodes.map(({ node }) => node.id);
  const silent = ids(changing.filter((one) => !telling.includes(one)));
  try {
    const holding = (await bus.project?.hold(telling.map((one) => effectOf(one, values)))) ?? [];
    return {
      there: ids(telling.filter((_, index) => holding[index] === true)),
      missing: ids(telling.filter((_, index) => holding[index] === false)),
      unknown: [...silent, ...ids(telling.filter((_, index) => holding[index] === undefined))],
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
      `The link to Wwise broke while the undo step of the run was open: ${parts.join(', ')}.`,
      {
        hint: 'Resume the run with workflow_resume: what is there is kept, what is missing is done again. It will not be one undo step.',
        details: { ...answer, stopped: true, stopAt: null, undoStepBroken: left },
      },
    ),
  );
}
