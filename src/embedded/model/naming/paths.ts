import type { ObjectNode } from '../index/object-node.ts';
import { type SwitchChildContexts, switchChildContextType } from '../structure/switch-child-context.ts';
import { memberAt, segmentOf } from './path-segments.ts';
import { aliasRootName, isMainBusName } from './root-names.ts';
import { childByName } from './sibling-names.ts';

/** `\Containers\Default Work Unit\Footsteps`; given back to nodeAtPath it is this object and no other. */
export function pathOf(node: ObjectNode): string {
  const parts: string[] = [];
  for (let at: ObjectNode | null = node; at !== null; at = at.parent ?? at.owner) {
    if (at.type === 'Project') break;
    parts.push(segmentOf(at));
  }
  return `\\${parts.reverse().join('\\')}`;
}

/**
 * The object a path leads to, without case; `\` is the project. Old and new names of the top folders both work, and so do
 * those of the main bus, whatever the project calls it and wherever it lies. An empty part names nothing, so that a
 * backslash too many never means the object above it.
 */
export function nodeAtPath(
  project: ObjectNode,
  path: string,
  contexts?: Pick<SwitchChildContexts, 'of'>,
  mainBus?: ObjectNode,
): ObjectNode | undefined {
  const [top, ...rest] = path.split('\\').slice(1);
  if (!path.startsWith('\\') || top === undefined) return undefined;
  if (top === '') return rest.length === 0 ? project : undefined;
  const alias = aliasRootName(top);
  let at = memberAt(project, top) ?? (alias === undefined ? undefined : childByName(project, alias));
  for (const segment of rest) {
    if (at === undefined || segment === '') return undefined;
    at = memberAt(at, segment) ?? contextAt(at, segment, contexts) ?? mainBusAt(at, segment, mainBus);
  }
  return at;
}

/** No object of that name is there: then the name stands for the main bus, in the hierarchy of the busses. */
function mainBusAt(
  node: ObjectNode,
  segment: string,
  mainBus: ObjectNode | undefined,
): ObjectNode | undefined {
  if (mainBus === undefined || !isMainBusName(segment)) return undefined;
  const isAbove = node.type === 'WorkUnit' || node.type === 'Folder';
  return isAbove && topOf(node) === topOf(mainBus) ? mainBus : undefined;
}

function topOf(node: ObjectNode): ObjectNode {
  let at = node;
  while (at.parent !== null && at.parent.type !== 'Project') at = at.parent;
  return at;
}

/** The settings a Switch Container keeps for a child are made into an object on demand: no element holds them under the child. */
function contextAt(
  child: ObjectNode,
  segment: string,
  contexts: Pick<SwitchChildContexts, 'of'> | undefined,
): ObjectNode | undefined {
  const isAsked = segment.toLowerCase() === `[${switchChildContextType}]`.toLowerCase();
  return isAsked ? (contexts?.of(child) ?? undefined) : undefined;
}
