import { attribute } from '../wwu/tree.ts';
import type { ObjectNode } from './object-node.ts';
import { readFacts } from './reading/read-facts.ts';
import { readProperty } from './reading/read-properties.ts';
import { referenceElement } from './reading/read-references.ts';
import { aliasRootName } from './root-names.ts';
import { childNamed } from './sibling-names.ts';

/**
 * `\Containers\Default Work Unit\Footsteps`. An object outside the hierarchy (custom effect, RTPC, list item) shows below its
 * owner by name, or by type in brackets when it has none; an RTPC by what it drives and what drives it, as documented:
 * `[RTPC: Velocity Offset, Modulator Time (Custom)]`.
 */
export function pathOf(node: ObjectNode): string {
  const parts: string[] = [];
  for (let at: ObjectNode | null = node; at !== null; at = at.parent ?? at.owner) {
    if (at.type === 'Project') break;
    parts.push(at.parent === null && at.name === '' ? `[${labelOf(at)}]` : at.name);
  }
  return `\\${parts.reverse().join('\\')}`;
}

function labelOf(node: ObjectNode): string {
  if (node.type !== 'RTPC' || node.owner === null) return node.type;
  const property = String(readProperty(node, 'PropertyName', '') ?? '');
  const driven = readFacts(node.owner)?.property(property)?.displayName ?? property;
  const input = referenceElement(node, 'ControlInput')?.children[0];
  const source = input?.name === 'Custom' ? input.children[0] : input;
  const driver = source === undefined ? undefined : attribute(source, 'Name');
  return [`RTPC: ${driven}`, ...(driver === undefined ? [] : [driver])].join(', ');
}

/** The object a path leads to, without case; `\` is the project. Old and new names of the top folders both work. */
export function nodeAtPath(project: ObjectNode, path: string): ObjectNode | undefined {
  const [top, ...rest] = path.split('\\').slice(1);
  if (!path.startsWith('\\') || top === undefined) return undefined;
  if (top === '') return rest.length === 0 ? project : undefined;
  const alias = aliasRootName(top);
  let at = childNamed(project, top) ?? (alias === undefined ? undefined : childNamed(project, alias));
  for (const name of rest) {
    if (at === undefined) return undefined;
    at = childNamed(at, name);
  }
  return at;
}
