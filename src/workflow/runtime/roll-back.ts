import { asJsonArray, asString, type JsonObject } from '../../core/json.ts';
import type { Change } from '../../wwise/undo/changes/change.ts';
import type { Effect } from '../../wwise/undo/changes/take-back.ts';
import type { ProjectDoor } from '../../wwise/undo/project-door.ts';
import type { Plan, PlanNode } from '../compiler/plan.ts';
import type { Values } from '../expressions/resolve.ts';
import { resolveInput } from './node-input.ts';
import { restoreOriginals } from './restore-originals.ts';

/** A node that changed the project, or had another effect, during a run. */
export interface DoneNode {
  readonly node: PlanNode;
  readonly output: JsonObject;
  /** What it changed; undefined where that was not recorded. */
  readonly changes: readonly Change[] | undefined;
  /** False for a memo hit: it found its effect there and is left alone. */
  readonly changed: boolean;
  /** It failed, or was cut off, after it had changed something. */
  readonly isBrokenOff?: true | undefined;
}

export type RollbackReport = {
  /** `undo`: as one step of Wwise's history. `inverse`: node by node. `nothing`: there was nothing to take back. */
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
  readonly door: ProjectDoor | undefined;
  /** Where the run keeps its artifacts. */
  readonly dir: string | undefined;
  /** Takes the run back as one step; false when that is not possible. */
  readonly undo: () => Promise<boolean>;
  /** Does the undone step again when it turns out to be somebody else's; left out where it cannot be. */
  readonly redo?: (() => Promise<void>) | undefined;
}

/** Takes back what a run did, then asks the project whether it is gone. Rejects when the project cannot be asked. */
export async function rollBack(rollback: Rollback): Promise<RollbackReport> {
  const { plan, door, dir } = rollback;
  const changing = rollback.done.filter(
    ({ node, changed }) => changed && node.effect !== 'barrier' && node.effect !== 'read',
  );
  const effects = changing.map((done) => ({ ...done, effect: effectOf(done, rollback.values) }));
  const failedToUndo = new Map<string, string>();
  /** Nodes that Wwise says it undid, but whose effect cannot be read back. */
  const unseen = new Set<string>();
  let how: RollbackReport['how'] = 'nothing';
  if (door === undefined && effects.length > 0) {
    for (const { node } of effects) failedToUndo.set(node.id, 'There is no project to take it back in.');
  } else if (door !== undefined && effects.length > 0) {
    const left = await leftByUndo(rollback, door, effects);
    how = left.isUndone ? 'undo' : 'inverse';
    // An undo reaches back to where the run was last taken up; what came before is taken back one by one.
    const backwards = effects.filter(({ node }) => left.nodes.has(node.id)).toReversed();
    if (!left.isUndone && backwards.length === 0) how = 'nothing';
    if (backwards.length > 0) {
      const reasons = await door.takeBack(backwards.map(({ effect }) => effect));
      for (const [index, { node }] of backwards.entries()) {
        const why = reasons[index];
        if (typeof why === 'string') failedToUndo.set(node.id, why);
      }
    }
    const { whys, silent } = await lookAt(door, effects);
    for (const [id, why] of whys) if (!failedToUndo.has(id)) failedToUndo.set(id, why);
    for (const id of silent) {
      if (failedToUndo.has(id)) continue;
      const isCut = changing.some(({ node, isBrokenOff }) => node.id === id && isBrokenOff === true);
      if (isCut)
        failedToUndo.set(id, left.isUndone ? `${undoneUnseen} It had failed halfway.` : brokenOffHalfway);
      else if (left.isUndone) unseen.add(id);
      else failedToUndo.set(id, 'Whether it is gone cannot be read back.');
    }
  }
  const files =
    dir === undefined
      ? { removedFiles: [], restoredFiles: [], problems: [] }
      : await restoreOriginals(dir, changing.flatMap(filesOf), door);
  const irreversible = new Map((plan.irreversible ?? []).map(({ node, why }) => [node, why]));
  for (const { node, changed } of rollback.done) {
    const why = irreversible.get(node.id);
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
  'Wwise undid the run as one step, but what this node did cannot be read back: look at it.';
const brokenOffHalfway = 'It failed after it had changed something: look at what is left of it.';

interface DoneEffect extends DoneNode {
  readonly effect: Effect;
}

/** A node that failed after calls that changed something: where none of that was seen, nothing tells what is left of it. */
export function seenOfBrokenOff(changes: readonly Change[] | undefined): readonly Change[] | undefined {
  return changes?.length === 0 ? undefined : changes;
}

/** What a node did, as the project can be asked about it. */
export function effectOf({ node, output, changes }: DoneNode, values: Values): Effect {
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
  door: ProjectDoor,
  effects: readonly DoneEffect[],
): Promise<{ readonly isUndone: boolean; readonly nodes: ReadonlySet<string> }> {
  const everything = new Set(effects.map(({ node }) => node.id));
  const looked = telling(effects);
  const before = await lookAt(door, looked);
  const known = looked.map(({ node }) => node.id).filter((id) => !before.silent.has(id));
  if (redo !== undefined) {
    const gone = known.filter((id) => !before.there.has(id));
    if (gone.length > 0) return { isUndone: false, nodes: without(everything, gone) };
    if (known.length === 0) return { isUndone: false, nodes: everything };
  }
  if (!(await undo())) {
    // Part of it may be gone all the same: by an undo of the run's own, or because Wwise closed the group.
    const { there } = await lookAt(door, looked);
    const gone = known.filter((id) => !there.has(id));
    return { isUndone: false, nodes: without(everything, gone) };
  }
  const { there: left } = await lookAt(door, looked);
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
  /** Nodes of whose effect nothing tells. */
  readonly silent: ReadonlySet<string>;
}

/** Reads back what these nodes did. */
async function lookAt(door: ProjectDoor, effects: readonly DoneEffect[]): Promise<Look> {
  const remaining = await door.remain(effects.map(({ effect }) => effect));
  const whys = new Map<string, string>();
  const silent = new Set<string>();
  for (const [at, { node }] of effects.entries()) {
    const why = remaining[at];
    if (why === undefined) silent.add(node.id);
    else if (why !== false) whys.set(node.id, why);
  }
  return { there: new Set(whys.keys()), whys, silent };
}

/** The effects that can be told apart from how it was before: those that changed nothing in the end cannot. */
function telling(effects: readonly DoneEffect[]): readonly DoneEffect[] {
  return effects.filter(({ changes }) => changes === undefined || changes.length > 0);
}

function filesOf({ output }: DoneNode): readonly string[] {
  return asJsonArray(output.files).flatMap((path) => asString(path) ?? []);
}
