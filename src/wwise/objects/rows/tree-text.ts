/** An object of a tree, in the order of the tree. */
export interface TreeNode {
  readonly name: string;
  readonly type: string;
  readonly path: string;
  /** 1: directly below the root. */
  readonly depth: number;
  /** Children that are not in the tree. */
  readonly hidden: number;
  readonly isLeaf: boolean;
}

/** What one object adds to the text of a tree. */
export interface TreePiece {
  readonly text: string;
  /** The same where it begins a text: what goes on a line of others then has a line of its own, below its path. */
  readonly first: string;
}

/**
 * A tree as indented text, object by object: `Ground (SwitchContainer)` on a line each, one more space for each level, `+3` where
 * children are left out. Leaves of one type that follow each other share a line: `Sound: A | B`. No name has a `|` or a line end.
 */
export function treePieces(nodes: readonly TreeNode[]): readonly TreePiece[] {
  return nodes.map((node, at) => {
    const { name, type, path, depth, hidden, isLeaf } = node;
    const indent = ' '.repeat(depth - 1);
    const above = path.slice(0, Math.max(path.lastIndexOf('\\'), 1));
    const line = isLeaf ? `${type}: ${name}` : `${name} (${type})${hidden > 0 ? ` +${hidden}` : ''}`;
    const first = depth === 1 ? line : `${above}\n${indent}${line}`;
    const previous = nodes[at - 1];
    const goesOn = isLeaf && previous?.isLeaf === true && previous.type === type && previous.depth === depth;
    return { text: goesOn ? ` | ${name}` : `\n${indent}${line}`, first };
  });
}

/** The text of a part of a tree. */
export function treeText(pieces: readonly TreePiece[]): string {
  const [head, ...others] = pieces;
  return head === undefined ? '' : [head.first, ...others.map(({ text }) => text)].join('');
}
