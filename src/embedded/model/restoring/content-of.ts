import { createHash } from 'node:crypto';
import { type WwuElement, walk } from '../../wwu/tree.ts';
import { elementKind } from '../index/element-kind.ts';
import { isOnlyAHolder } from '../structure/sections.ts';
import { elementsPerStep } from '../writing/edit-step.ts';

/** Names what an element holds: the names that references repeat, and the Work Units of their targets, do not count. In steps. */
export function* contentOf(root: WwuElement): Generator<void, string> {
  const hash = createHash('sha256');
  let seen = 0;
  for (const node of walk(root)) {
    hash.update(`${seen === 0 ? '[' : ','}${JSON.stringify([...rowOf(node), node.children.length])}`, 'utf8');
    if (++seen % elementsPerStep === 0) yield;
  }
  return hash.update(']').digest('hex').slice(0, digits);
}

/** The same without the objects in it, and without lists that are empty without those. */
export function ownContentOf(root: WwuElement): string {
  return nameOf(ownRows(root));
}

function ownRows(node: WwuElement): readonly unknown[] {
  const below = node.children.flatMap((child) => {
    if (elementKind(child) === 'definition') return [];
    const rows = ownRows(child);
    return rows.length === 1 && isOnlyAHolder(child) ? [] : [rows];
  });
  return [rowOf(node), ...below];
}

function rowOf(node: WwuElement): readonly unknown[] {
  const isReference = elementKind(node) === 'reference';
  const own = node.attributes.flatMap(({ name, value }) =>
    isReference && copied.has(name) ? [] : [[name, value]],
  );
  return [node.name, own, node.text];
}

function nameOf(rows: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(rows), 'utf8').digest('hex').slice(0, digits);
}

const copied: ReadonlySet<string> = new Set(['Name', 'WorkUnitID']);
const digits = 24;

/** A list that was left empty and went. */
export function isHollow(node: WwuElement): boolean {
  return node.children.length === 0 && node.text === null && isOnlyAHolder(node);
}
