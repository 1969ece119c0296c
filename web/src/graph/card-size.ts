import { type NodeHandle, Position } from '@xyflow/react';
import { wholeNode } from './ports.ts';

/** What stands on a card, line by line. */
interface Lines {
  readonly rows: readonly { readonly name: string }[];
  readonly outlets: readonly { readonly name: string }[];
  /** Undefined where it holds no steps. */
  readonly body: string | undefined;
  readonly steps: readonly unknown[];
}

export const cardWidth = 232;
const headHeight = 46;
const rowHeight = 22;
/** The line of a body that opens it, and what is around the lines. */
const openHeight = 46;
/** More steps than these are counted on the card. */
export const mostHeldSteps = 5;

/** How high a card is: known before it is drawn, so that neither layout nor drawing waits for measuring. */
export function cardHeight({ rows, outlets, body, steps }: Lines): number {
  const lines = rows.length + outlets.length;
  const held = Math.min(steps.length, mostHeldSteps) + (steps.length > mostHeldSteps ? 1 : 0);
  const bodyHeight = body === undefined ? 0 : held * rowHeight + openHeight;
  return headHeight + lines * rowHeight + (lines > 0 ? 10 : 0) + bodyHeight;
}

/** Where the ports of a card are, as card.css draws them: a wire finds its ends though a card is drawn small, without them. */
export function cardHandles({ rows, outlets }: Lines): NodeHandle[] {
  const at = (type: 'source' | 'target', id: string, y: number, size: number): NodeHandle => ({
    ...{ type, id, position: type === 'source' ? Position.Right : Position.Left },
    ...{ x: (type === 'source' ? cardWidth : 0) - size / 2, y: y - size / 2, width: size, height: size },
  });
  const firstRow = headHeight + 6 + rowHeight / 2;
  return [
    at('target', wholeNode.target, headHeight / 2 + 1, 13),
    at('source', wholeNode.source, headHeight / 2 + 1, 13),
    ...rows.map(({ name }, index) => at('target', name, firstRow + index * rowHeight, 9)),
    ...outlets.map(({ name }, index) => at('source', name, firstRow + (rows.length + index) * rowHeight, 9)),
  ];
}
