import { z } from 'zod';
import { jsonSchema } from '../../../nodes/conditions/json-value.ts';
import type { NodeKind } from '../../../nodes/node-kind.ts';
import type { NodeShape } from '../../schema/node-shape.ts';
import { shapeOf } from '../../schema/node-shape.ts';
import { type Draft, type DraftNode, startNode } from '../draft.ts';

/**
 * Of the nodes around a loop puts those that its own nodes read before them: they give what they give and do nothing. The loop
 * itself, read from inside, gives the item and its index.
 */
export function standIns(draft: Draft): void {
  const { outer } = draft;
  if (outer === undefined) return;
  const wanted = new Set(draft.nodes.flatMap(namesRead));
  const found = [...wanted].flatMap((id) => (draft.indexById.has(id) ? [] : (standInFor(draft, id) ?? [])));
  if (found.length > 0) putBefore(draft, found);
}

function namesRead({ references }: DraftNode): string[] {
  return references.flatMap(({ target }) => {
    if (target.kind === 'output' || target.kind === 'error') return [target.node];
    return target.kind === 'expression' ? target.expression.reads.flatMap(({ node }) => node ?? []) : [];
  });
}

/** Undefined for what is no node around it either. */
function standInFor({ outer }: Draft, id: string): DraftNode | undefined {
  if (outer === undefined) return undefined;
  const { draft: around, node: loop } = outer;
  if (id === loop.id) return standIn(loop, itemShape(loop));
  const index = around.indexById.get(id);
  const known = index === undefined ? undefined : around.nodes[index];
  if (known !== undefined)
    return standIn(known, known.shape === undefined ? undefined : idleShape(known.shape));
  const further = standInFor(around, id);
  if (further === undefined) return undefined;
  putBefore(around, [further]);
  return standIn(further, further.shape);
}

function standIn(node: DraftNode, shape: NodeShape | undefined): DraftNode {
  const bare = {
    ...node,
    data: {},
    onError: undefined,
    retry: undefined,
    timeoutMs: undefined,
    when: undefined,
  };
  return { ...startNode(bare, 0), shape, isOutside: true };
}

/** Nodes are known by their indexes: nothing may have been written down by them yet. */
function putBefore(draft: Draft, found: readonly DraftNode[]): void {
  draft.nodes.unshift(...found);
  for (const [index, node] of draft.nodes.entries()) {
    node.index = index;
    draft.indexById.set(node.id, index);
  }
}

function idleShape({ kind, outputs }: NodeShape): NodeShape {
  return { kind: idle(kind, kind.output), fields: new Map(), required: [], outputs };
}

/** What a loop gives to its own nodes. */
function itemShape({ shape }: DraftNode): NodeShape | undefined {
  return shape === undefined ? undefined : shapeOf(idle(shape.kind, itemOutput));
}

const itemOutput = z.object({
  item: jsonSchema.describe('The item.'),
  index: z.number().describe('Its index, from 0.'),
});

function idle(kind: NodeKind, output: z.ZodType): NodeKind {
  return {
    ...{ type: kind.type, aliases: kind.aliases, title: kind.title, description: kind.description },
    ...{ toolset: kind.toolset, effect: 'none' as const, input: anything, output, ports: kind.ports },
    ...{ replay: kind.replay, waapiCalls: 0, isReadBack: false, run: kind.run },
  };
}

const anything = z.looseObject({});
/** Reads the output of a loop: takes anything. */
export const resultShape = (kind: NodeKind): NodeShape => ({
  kind: idle(kind, anything),
  fields: new Map(),
  required: [],
  outputs: [],
});
