import type { ChangeRecord } from '../../../core/backend/change-record.ts';
import type { AppliedEffect, UndoableProject } from '../../../core/backend/undoable-project.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Plan, PlanNode } from '../../compiler/plan.ts';
import type { Values } from '../../expressions/resolve.ts';
import { restoreOriginals } from '../originals/restore-originals.ts';
import { resolveInput } from '../values/node-input.ts';

/** A node that changed the project, or had another effect, during a run. */
export interface DoneNode {
  readonly node: PlanNode;
  readonly output: JsonObject;
  /** What it changed; undefined where that was not recorded. */
  readonly changes: readonly ChangeRecord[] | undefined;
  /** False for a memo hit: it found its effect there and is left alone. */
  readonly changed: boolean;
  /** It failed, or was cut off, after it had changed something. */
  readonly isBrokenOff?: true | undefined;
  /** The process ended in the middle of one of its calls: of that one nothing is known. */
  readonly isCutOff?: boolean | undefined;
}

export type RollbackReport = {
  /** `undo`: as one step of the undo history. `inverse`: node by node. `nothing`: there was nothing to roll back. */
  readonly how: 'undo' | 'inverse' | 'nothing';
  readonly rolledBack: readonly string[];
  readonly notRolledBack: readonly { readonly node: string; readonly why: string }[];
  readonly removedFiles: readonly string[];
  readonly restoredFiles: readonly string[];
  /** True only when every node that changed the project was read back afterwards as it was before. */
  readonly verified: boolean;
};

export interface Rollback {
  readonly plan: Plan;
  readonly done: readonly DoneNode[];
  readonly values: Values;
  readonly undoable: UndoableProject | undefined;
  /** Where the run keeps copies of the Originals it overwrote. */
  readonly dir: string | undefined;
  /** Takes the run back as one step; false when that is not possible. */
  readonly undo: () => Promise<boolean>;
  /** Does the undone step again when it turns out to be somebody else's; left out where it cannot be. */
  readonly redo?: (() => Promise<void>) | undefined;
}

/** Rolls back what a run did, then asks the project whether it is gone. Rejects when the project cannot be asked. */
export async function rollBack(rollback: Rollback): Promise<RollbackReport> {
  const { plan, undoable, dir } = rollback;
  const changing = rollback.done.filter(
    ({ node, changed }) => changed && node.effect !== 'barrier' && node.effect !== 'read',
  );
  const effects = changing.map((done) => ({ ...done, effect: effectOf(done, rollback.values) }));
  const failedToUndo = new Map<string, string>();
  /** Nodes that were undone, as it is said, but whose effect cannot be read back. */
  const unseen = new Set<string>();
  let how: RollbackReport['how'] = 'nothing';
  if (undoable === undefined && effects.length > 0) {
    for (const { node } of effects) failedToUndo.set(node.id, 'There is no project to roll it back in.');
  } else if (undoable !== undefined && effects.length > 0) {
    const left = await leftByUndo(rollback, undoable, effects);
    how = left.isUndone ? 'undo' : 'inverse';
    // An undo reaches back to where the run was last taken up; what came before is rolled back one by one.
    const backwards = effects.filter(({ node }) => left.nodes.has(node.id)).toReversed();
    if (!left.isUndone && backwards.length === 0) how = 'nothing';
    const rollBackAll = async (some: readonly DoneEffect[]): Promise<void> => {
      const reasons = await undoable.rollBack(some.map(({ effect }) => effect));
      for (const [index, { node }] of some.entries()) {
        const why = reasons[index];
        if (typeof why === 'string') failedToUndo.set(node.id, why);
      }
    };
    if (backwards.length > 0) await rollBackAll(backwards);
    let look = await lookAt(undoable, effects);
    // What was done to an object that was deleted later came back with that.
    const cameBack = effects.filter(({ node }) => look.there.has(node.id) && !left.nodes.has(node.id));
    if (cameBack.length > 0 && backwards.length > 0) {
      await rollBackAll(cameBack.toReversed());
      look = await lookAt(undoable, effects);
    }
    const { whys, silent } = look;
    for (const [id, why] of whys) if (!failedToUndo.has(id)) failedToUndo.set(id, why);
    for (const id of silent) {
      if (failedToUndo.has(id)) continue;
      const isCut = changing.some(({ node, isBrokenOff }) => node.id === id && isBrokenOff === true);
      if (isCut)
        failedToUndo.set(id, left.isUndone ? `${undoneUnseen} It had failed halfway.` : brokenOffHalfway);
      else if (left.isUndone) unseen.add(id);
      else failedToUndo.set(id, 'Whether it is gone cannot be read back.');
    }
    for (const { node, isCutOff } of changing)
      if (isCutOff === true && !failedToUndo.has(node.id)) failedToUndo.set(node.id, cutOff);
  }
  const written = () =>
    changing.flatMap(({ node, output }) => undoable?.writtenFiles(node.kind, output) ?? []);
  const files =
    dir === undefined
      ? { removedFiles: [], restoredFiles: [], problems: [] }
      : await restoreOriginals(dir, written(), undoable);
  const irreversible = new Map((plan.irreversible ?? []).map(({ node, why }) => [node, why]));
  for (const { node, changed } of rollback.done) {
    const why = irreversible.get(node.id.replaceAll(/\[\d+\]\./g, '[].'));
    // What was marked beforehand but is gone all the same needs no mention.
    if (why === undefined || (node.effect !== 'barrier' && (!changed || !failedToUndo.has(node.id))))
      continue;
    failedToUndo.set(node.id, why);
  }
  const notRolledBack = plan.order.flatMap((node) => {
    const why = failedToUndo.get(node) ?? (unseen.has(node) ? undoneUnseen : undefined);
    return why === undefined ? [] : [{ node, why }];
  });
  return {
    how,
    rolledBack: changing.map(({ node }) => node.id).filter((id) => !failedToUndo.has(id) && !unseen.has(id)),
    notRolledBack: [...notRolledBack, ...files.problems.map((why) => ({ node: 'Originals', why }))],
    removedFiles: files.removedFiles,
    restoredFiles: files.restoredFiles,
    verified:
      rollback.done.every(({ node, changed }) => !changed || !failedToUndo.has(node.id)) &&
      files.problems.length === 0 &&
      unseen.size === 0,
  };
}

const undoneUnseen =
  'The run was undone as one step, but what this node did cannot be read back: look at it.';
const brokenOffHalfway = 'It failed after it had changed something: look at what is left of it.';

const cutOff =
  'Its calls were rolled back but for the one that was under way when the process ended: look at what that one left.';

interface DoneEffect extends DoneNode {
  readonly effect: AppliedEffect;
}

/** A node that failed after calls that changed something: where none of that was seen, it is not known what is left of it. */
export function seenOfBrokenOff(
  changes: readonly ChangeRecord[] | undefined,
): readonly ChangeRecord[] | undefined {
  return changes?.length === 0 ? undefined : changes;
}

/** What a node did, as the project can be asked about it. */
export function effectOf({ node, output, changes }: DoneNode, values: Values): AppliedEffect {
  return { command: node.kind, input: resolveInput(node, values), output, changes };
}

/**
 * Undoes the run as one step, where that is possible, and says what is still there. Some time after a run others may have
 * worked on the project: then the step is undone only while everything the run did is there, and done again when it turns
 * out to have been another one. Where nothing of the run can be read back, an undo might take somebody else's work: then
 * there is none.
 */
async function leftByUndo(
  { undo, redo }: Rollback,
  undoable: UndoableProject,
  effects: readonly DoneEffect[],
): Promise<{ readonly isUndone: boolean; readonly nodes: ReadonlySet<string> }> {
  const everything = new Set(effects.map(({ node }) => node.id));
  const looked = distinguishable(effects);
  const before = await lookAt(undoable, looked);
  const known = looked.map(({ node }) => node.id).filter((id) => !before.silent.has(id));
  if (redo !== undefined) {
    const gone = known.filter((id) => !before.there.has(id));
    if (gone.length > 0) return { isUndone: false, nodes: without(everything, gone) };
    if (known.length === 0) return { isUndone: false, nodes: everything };
  }
  if (!(await undo())) {
    // Part of it may be gone all the same: by an undo of the run's own, or because the group was closed by itself.
    const { there } = await lookAt(undoable, looked);
    const gone = known.filter((id) => !there.has(id));
    return { isUndone: false, nodes: without(everything, gone) };
  }
  const { there: left } = await lookAt(undoable, looked);
  if (redo === undefined || left.size === 0 || left.size < known.length)
    return { isUndone: true, nodes: left };
  await redo();
  return { isUndone: false, nodes: everything };
}

function without(nodes: ReadonlySet<string>, gone: readonly string[]): ReadonlySet<string> {
  const left = new Set(nodes);
  for (const id of gone) left.delete(id);
  return left;
}

interface Look {
  /** Nodes whose effect is still in the project. */
  readonly there: ReadonlySet<string>;
  /** What is not as before of each, as a sentence. */
  readonly whys: ReadonlyMap<string, string>;
  /** Nodes whose effect cannot be seen in the project. */
  readonly silent: ReadonlySet<string>;
}

/** Reads back what these nodes did. */
async function lookAt(undoable: UndoableProject, effects: readonly DoneEffect[]): Promise<Look> {
  const remaining = await undoable.remain(effects.map(({ effect }) => effect));
  const whys = new Map<string, string>();
  const silent = new Set<string>();
  for (const [at, { node }] of effects.entries()) {
    const why = remaining[at];
    if (why === undefined) silent.add(node.id);
    else if (why !== false) whys.set(node.id, why);
  }
  return { there: new Set(whys.keys()), whys, silent };
}

/** The effects that can be distinguished from how it was before: those that changed nothing in the end cannot. */
function distinguishable(effects: readonly DoneEffect[]): readonly DoneEffect[] {
  return effects.filter(({ changes }) => changes === undefined || changes.length > 0);
}
