import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { type Failure, failure, type Result } from '../../../core/result.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import type { Values } from '../../expressions/resolve.ts';
import { heldFlow, promised } from '../attempt/contracts.ts';
import { verifyAhead } from '../attempt/verify-ahead.ts';
import type { SkipReason } from '../journal/skip-reason.ts';
import type { RunFrame } from '../run-frame.ts';
import type { Ledger } from '../schedule/ledger.ts';
import type { PlanUnit, Schedule } from '../schedule/schedule.ts';
import { collectLoop, whyBroken } from './collect-loop.ts';
import { openLoop } from './open-loop.ts';
import { type Iterations, unroll } from './unroll.ts';

/** The loops of a run: opened when their turn comes, closed when all their nodes have ended. */
export interface Loops {
  isOpen(node: PlanNode): boolean;
  /** Puts the nodes of its items before the loop; gives what keeps it from that. Never rejects. */
  open(unit: PlanUnit, loop: PlanNode): Promise<Failure | undefined>;
  /** Why an open loop whose nodes have ended gives nothing. */
  brokenBy(loop: PlanNode): SkipReason | Failure | undefined;
  /** What it gives. Never rejects. */
  close(loop: PlanNode): Promise<Result>;
  /** What it said to the person who follows the run. */
  saidBy(loop: PlanNode): readonly string[];
}

export function createLoops(frame: RunFrame, values: Values, ledger: Ledger, schedule: Schedule): Loops {
  const { live, journal, outputs } = frame;
  const opened = new Map<string, Iterations>();
  const said = new Map<string, string>();
  return {
    isOpen: ({ id }) => opened.has(id),
    open: async (unit, loop) => {
      const { body } = loop;
      try {
        heldFlow(loop, values, frame);
      } catch (thrown) {
        return failure(toWwiseFlowError(thrown));
      }
      const given = await openLoop(loop, values, frame);
      if ('ok' in given || body === undefined) return 'ok' in given ? given : undefined;
      const { items, notice } = given;
      if (notice !== undefined) {
        said.set(loop.id, notice);
        frame.emit({ event: 'node.message', executionId: frame.executionId, nodeId: loop.id, text: notice });
      }
      try {
        const nodeCount = live.count + items.length * body.nodes.length;
        if (nodeCount > MOST_NODES) throw tooManyNodes(loop, nodeCount);
        const iterations = unroll(loop, body, { count: items.length, items });
        const kept = await outputs.keep(`${loop.id}[]`, { items: [...items] });
        journal.unrolled(loop, items.length, kept);
        await journal.flush();
        opened.set(loop.id, iterations);
        live.open(loop, iterations.nodes);
        await verifyAhead(frame, iterations.nodes);
        schedule.open(unit, iterations.nodes, body);
        return undefined;
      } catch (thrown) {
        return failure(toWwiseFlowError(thrown));
      }
    },
    brokenBy: (loop) => {
      const iterations = opened.get(loop.id);
      const why = iterations === undefined ? undefined : whyBroken(loop, iterations, ledger);
      return why === undefined || loop.onError === undefined ? why : asFailure(loop, why, ledger);
    },
    close: async (loop) => {
      const iterations = opened.get(loop.id);
      if (iterations === undefined || loop.body === undefined) return failure(notOpen(loop));
      return promised(loop, await collectLoop(loop.body, iterations, values, ledger, outputs));
    },
    saidBy: ({ id }) => {
      const notice = said.get(id);
      return notice === undefined ? [] : [notice];
    },
  };
}

/** Each node of each item has its row: more of them in one run would take the memory of the whole process. */
const MOST_NODES = 200_000;

function tooManyNodes({ id }: PlanNode, nodeCount: number): WwiseFlowError {
  const [count, most] = [nodeCount, MOST_NODES].map((some) => some.toLocaleString('en'));
  return new WwiseFlowError(
    'INVALID_INPUT',
    `With the items of this loop the run would have ${count} nodes; ${most} are the most.`,
    {
      hint: 'Give it a "limit", or go over parts of the list in several runs.',
      details: { node: id, nodeCount, mostNodes: MOST_NODES },
    },
  );
}

/** A loop with a policy of its own about failures fails as the first of its nodes did. */
function asFailure(loop: PlanNode, why: SkipReason, { rows }: Ledger): Failure {
  const source = why.reason === 'source-missing' ? why.source : loop.id;
  const row = rows.get(source);
  if (row?.ok !== false) return failure(notOpen(loop));
  const { code, error, hint } = row;
  return failure(new WwiseFlowError(code, `${source}: ${error}`, { hint, details: { node: source } }));
}

function notOpen({ id }: PlanNode): WwiseFlowError {
  return new WwiseFlowError('INTERNAL', `The nodes of the loop "${id}" did not all end.`, {
    hint: 'Resume the run.',
    details: { node: id },
  });
}
