import type { Value, ValueObject } from '../api/wire.ts';
import type { FlowDocument } from './document.ts';

/** A node under another name: edges and references follow. */
export function renamed(document: FlowDocument, from: string, to: string): FlowDocument {
  const follow = followName(from, to);
  return {
    ...document,
    nodes: document.nodes.map((node) => ({
      ...node,
      id: node.id === from ? to : node.id,
      data: followedMembers(node.data, follow),
    })),
    edges: document.edges.map((edge) => ({
      ...edge,
      source: edge.source === from ? to : edge.source,
      target: edge.target === from ? to : edge.target,
    })),
  };
}

/** What a value becomes when a node that it may read is called otherwise. */
export function followName(from: string, to: string): (text: string) => string {
  const name = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const references = new RegExp(`\\$from:${name}(?=:\\$)`, 'g');
  const members = new RegExp(`(?<![\\w.])nodes(?:\\.${name}(?![\\w-])|\\[(["'])${name}\\1\\])`, 'g');
  const inExpression = /^[A-Za-z_]\w*$/.test(to) ? `nodes.${to}` : `nodes[${JSON.stringify(to)}]`;
  return (text) =>
    text
      .replace(references, () => `$from:${to}`)
      .replace(/\{\{[\s\S]*?\}\}/g, (expression) => expression.replace(members, () => inExpression));
}

export function followedMembers(members: ValueObject, follow: (text: string) => string): ValueObject {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      member === undefined ? undefined : followed(member, follow),
    ]),
  );
}

function followed(value: Value, follow: (text: string) => string): Value {
  if (typeof value === 'string') return follow(value);
  if (Array.isArray(value)) return value.map((item) => followed(item, follow));
  return isMembers(value) ? followedMembers(value, follow) : value;
}

function isMembers(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
