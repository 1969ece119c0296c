import { bodyAt, withBodyAt } from '../graph/bodies.ts';
import { withNode } from '../graph/document.ts';
import { followedMembers, followName, renamed } from '../graph/rename.ts';
import { useFlow } from './flow-store.ts';

/** Calls a step that is drawn otherwise; edges, and what reads it there and around, follow. One step of the history. */
export function rename(from: string, to: string): void {
  const { root, inside, document, change, replace, enter } = useFlow.getState();
  const next = renamed(document, from, to);
  const holder = inside.at(-1);
  if (holder === undefined) {
    change(next, [to]);
    return;
  }
  // What a loop gives for each item may read its steps.
  const around = inside.slice(0, -1);
  const outer = bodyAt(withBodyAt(root, inside, next), around);
  const follow = followName(from, to);
  const followed = withNode(outer, holder, (node) => ({
    ...node,
    data: {
      ...node.data,
      ...(node.data.output === undefined ? {} : followedMembers({ output: node.data.output }, follow)),
    },
  }));
  replace(withBodyAt(root, around, followed));
  enter(inside, [to]);
}
