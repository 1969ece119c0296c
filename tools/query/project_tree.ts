import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { responseFormat } from '../../src/core/answers/response-format.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { referenceIdOf, refOf, refReturns } from '../../src/wwise/objects/rows/object-row.ts';
import { type TreeNode, treePieces, treeText } from '../../src/wwise/objects/rows/tree-text.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const returns = [...refReturns, 'childrenCount', 'parent'];

/** Parents per query: keeps the WAQL text below 10 kB. */
const batchSize = 200;

export const projectTree = defineCommand({
  name: 'project_tree',
  title: 'Project tree',
  description: 'Show the tree below a root down to a depth, to learn how a project is built.',
  toolset: 'query',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Show the containers', input: { root: '\\Containers', depth: 3 } }],
  waapiCalls: 4,
  input: z.strictObject({
    root: objectDesignator('Default: the whole project.').default('\\'),
    depth: z.int().min(1).max(20).default(2).describe('Levels.'),
    response_format: responseFormat.describe('detailed: with GUIDs.'),
    limit: z.int().min(1).max(5_000).default(5_000).describe('Per page.'),
    cursor: pageInput.cursor,
  }),
  output: z.object({
    root: leanRef,
    tree: z
      .string()
      .optional()
      .describe('A line each, by depth: name (Type), +n: so many children below. Type: names | of leaves.'),
    objects: z.array(leanRef.extend({ depth: z.int(), childrenCount: z.int() })).optional(),
    ...pageOutput,
    ...unreadableOutput,
  }),
  async run(input, context) {
    const { root, depth } = input;
    const found = await findObject(root, context, { returns });
    const children = await levelsBelow(found.row, depth, context);
    const objects: { row: JsonObject; depth: number }[] = [];
    const open = [...(children.get(found.id) ?? [])].reverse().map((row) => ({ row, depth: 1 }));
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      objects.push(next);
      const below = children.get(refOf(next.row).id) ?? [];
      for (const row of [...below].reverse()) open.push({ row, depth: next.depth + 1 });
    }
    if (input.response_format === 'concise') {
      const pieces = treePieces(
        objects.map(({ row, ...position }) => ({ ...position, ...nodeOf(row, position.depth, depth) })),
      );
      const { items, ...rest } = page('project_tree', input, pieces, ({ text }) => text);
      return { root: refOf(found.row), tree: treeText(items), ...rest };
    }
    const shown = ({ row, depth: level }: { row: JsonObject; depth: number }) => ({
      ...refOf(row),
      depth: level,
      childrenCount: Number(row.childrenCount ?? 0),
    });
    const { items, ...rest } = page('project_tree', input, objects, shown);
    return { root: refOf(found.row), objects: items.map(shown), ...rest };
  },
});

/** Below the last level only the count of its children is known. */
function nodeOf(row: JsonObject, level: number, deepest: number): Omit<TreeNode, 'depth'> {
  const { name, type, path } = refOf(row);
  const count = Number(row.childrenCount ?? 0);
  return { name, type, path, hidden: level === deepest ? count : 0, isLeaf: count === 0 };
}

/** Children by the id of their parent, level by level: a query per level and 200 parents. */
async function levelsBelow(
  root: JsonObject,
  depth: number,
  context: CommandContext,
): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
  const children = new Map<string, JsonObject[]>();
  let parents = [root];
  for (let level = 0; level < depth && parents.length > 0; level += 1) {
    const ids = parents.filter(({ childrenCount }) => childrenCount !== 0).map((row) => refOf(row).id);
    parents = [];
    for (let start = 0; start < ids.length; start += batchSize) {
      const list = ids.slice(start, start + batchSize).map((id) => `"${id}"`);
      for (const row of await askRows(`$ ${list.join(', ')} select children`, returns, context)) {
        const parent = referenceIdOf(row.parent) ?? refOf(root).id;
        const siblings = children.get(parent);
        if (siblings === undefined) children.set(parent, [row]);
        else siblings.push(row);
        parents.push(row);
      }
    }
  }
  return children;
}
