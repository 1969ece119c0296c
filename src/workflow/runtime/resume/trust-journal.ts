import type { UndoableProject } from '../../../core/backend/undoable-project.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { type Failure, failure } from '../../../core/result.ts';
import type { Plan, PlanNode } from '../../compiler/plan.ts';
import { isChangingEffect, type NodeKind } from '../../nodes/node-kind.ts';
import type { JournalledNode } from '../journal/read-journal.ts';
import type { Replanned } from './replan.ts';

/** What a run that is taken up again knows: how it was planned, what is written down of it, and the project. */
export interface TakenUp {
  readonly plan: Plan;
  readonly journal: ReadonlyMap<string, JournalledNode>;
  readonly project: UndoableProject | undefined;
  readonly kinds: { find(name: string): Pick<NodeKind, 'isReadBack'> | undefined };
}

/**
 * What a run that goes on does with nodes of which the memo remembers nothing: asking it would do them again. Those that are
 * done are reused, unless all that they are recorded to have changed is as it was before: then nothing is left of it, as after
 * a project was closed without saving. One that was under way when the process ended fails, unless the project ended with it:
 * nobody knows whether it was done. Rejects when the project cannot be asked.
 */
export async function trustJournal(
  replanned: ReadonlyMap<string, Replanned>,
  { plan, journal, project, kinds }: TakenUp,
): Promise<ReadonlyMap<string, Replanned>> {
  const trusted = new Map(replanned);
  const asked = plan.nodes.filter(({ id }) => replanned.get(id)?.action === 'verify');
  const done = asked.flatMap(({ id }) => {
    const known = journal.get(id);
    if (known?.state !== 'done' || known.memo !== 'off') return [];
    return [{ id, changes: known.changed ? known.changes : [] }];
  });
  const isLost = done.length === 0 ? [] : await project?.areLost(done);
  for (const [at, { id }] of done.entries()) {
    const planned = trusted.get(id);
    if (planned !== undefined && isLost?.[at] !== true) trusted.set(id, { ...planned, action: 'reuse' });
  }
  if (project === undefined || project.knowsUndo) return trusted;
  for (const node of asked) {
    const planned = trusted.get(node.id);
    const isOpen = journal.get(node.id)?.state === 'running' && isChangingEffect(node.effect);
    if (planned === undefined || !isOpen || kinds.find(node.kind)?.isReadBack === true) continue;
    trusted.set(node.id, { ...planned, action: 'keep', failed: underWay(node) });
  }
  return trusted;
}

function underWay({ id, type }: PlanNode): Failure {
  return failure(
    new WwiseFlowError(
      'OUTCOME_UNKNOWN',
      `"${id}" (${type}) was under way when the process ended, and nothing shows it whether it was done.`,
      {
        hint: `Look in the project. Where it was not done, resume with force: ["${id}"]; where it was, with only: the nodes behind it.`,
        details: { node: id },
      },
    ),
  );
}
