import { attribute } from '../../wwu/tree.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { readFacts } from '../reading/read-facts.ts';
import { readProperty } from '../reading/read-properties.ts';
import { referenceElement } from '../reading/read-references.ts';

/**
 * What an object is called in a path, below the object it belongs to: its name; without one what it does, in brackets:
 * `[Play - Footsteps]` for an Action, `[RTPC: Voice Volume, RPM]`, the type for all others, as in `[MusicPlaylistItem]`.
 * One that would be called like another before it gets the next free number: `[Play - Footsteps] #2`. Children come before
 * other members, each in the order of the file. A backslash or double quote, which no path and no query can hold, shows as `_`.
 */
export function segmentOf(node: ObjectNode): string {
  const { parent } = node;
  if (parent !== null && isChild(node, parent)) {
    if (parent.hasPlainChildren) return node.name;
    return unusualSegments(parent).ofChildren.get(node) ?? plainSegment(node);
  }
  const holder = parent ?? node.owner;
  return (holder === null ? undefined : unusualSegments(holder).ofInner().get(node)) ?? plainSegment(node);
}

/** The child or other member that is called so, without case. */
export function memberAt(holder: ObjectNode, segment: string): ObjectNode | undefined {
  const wanted = segment.toLowerCase();
  const plain = holder.hasPlainChildren ? holder.childrenCalled(wanted)?.[0] : undefined;
  if (plain !== undefined) return plain;
  // Programs ask whether a name is free: with very many children that must not take a look at each.
  if (holder.hasPlainChildren && holder.inner.length === 0) return undefined;
  const { ofChildren, ofInner } = unusualSegments(holder);
  const find = (
    nodes: readonly ObjectNode[],
    unusual: ReadonlyMap<ObjectNode, string>,
  ): ObjectNode | undefined => nodes.find((node) => node.name.toLowerCase() === wanted && !unusual.has(node));
  const child = find(holder.children, ofChildren) ?? keyOf(ofChildren, wanted);
  return child ?? keyOf(ofInner(), wanted) ?? find(holder.inner, ofInner());
}

/** Whether it stands among the children, not elsewhere in what its parent holds. */
function isChild({ type, element }: ObjectNode, parent: ObjectNode): boolean {
  if (type === 'WorkUnit' || parent.folderChildren !== null) return true;
  return element.parent?.name === 'ChildrenList' && element.parent.parent === parent.element;
}

function keyOf(segments: ReadonlyMap<ObjectNode, string>, wanted: string): ObjectNode | undefined {
  for (const [node, text] of segments) if (text.toLowerCase() === wanted) return node;
  return undefined;
}

/** The few members whose segment is not their name. */
interface Unusual {
  readonly ofChildren: ReadonlyMap<ObjectNode, string>;
  /** Of all others; they come behind the children, and many questions are answered without them. */
  ofInner(): ReadonlyMap<ObjectNode, string>;
}

/** Remembered until something changes. */
function unusualSegments(holder: ObjectNode): Unusual {
  const known = remembered.get(holder);
  if (known?.revision === holder.revision) return known.unusual;
  const unusual = lookForUnusual(holder);
  remembered.set(holder, { revision: holder.revision, unusual });
  return unusual;
}

function lookForUnusual(holder: ObjectNode): Unusual {
  let ofInner: ReadonlyMap<ObjectNode, string> | undefined;
  return {
    ofChildren: unusualOf(new Set(holder.children)),
    ofInner() {
      if (ofInner === undefined) {
        const children = new Set(holder.children);
        const all = unusualOf(new Set([...children, ...holder.inner]));
        ofInner = new Map([...all].filter(([node]) => !children.has(node)));
      }
      return ofInner;
    },
  };
}

function unusualOf(nodes: ReadonlySet<ObjectNode>): ReadonlyMap<ObjectNode, string> {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const segments = new Map<ObjectNode, string>();
  for (const node of nodes) {
    const plain = plainSegment(node);
    const key = plain.toLowerCase();
    let text = plain;
    let number = counts.get(key) ?? 1;
    while (taken.has(text.toLowerCase())) {
      number++;
      text = `${plain} #${number}`;
    }
    counts.set(key, number);
    taken.add(text.toLowerCase());
    if (text !== node.name) segments.set(node, text);
  }
  return segments.size === 0 ? none : segments;
}

const none: ReadonlyMap<ObjectNode, string> = new Map();
const remembered = new WeakMap<ObjectNode, { readonly revision: number; readonly unusual: Unusual }>();

function plainSegment(node: ObjectNode): string {
  const text = node.name === '' ? `[${labelOf(node)}]` : node.name;
  return notInPaths.test(text) ? text.replaceAll(allNotInPaths, '_') : text;
}

const notInPaths = /[\\"\r\n]/;
const allNotInPaths = new RegExp(notInPaths, 'g');

function labelOf(node: ObjectNode): string {
  if (node.type === 'Action') return actionLabel(node);
  return node.type === 'RTPC' && node.owner !== null ? curveLabel(node, node.owner) : node.type;
}

/** What the Action does and to what, as Wwise shows it: `Play - Footsteps`. */
function actionLabel(node: ObjectNode): string {
  const number = Number(readProperty(node, 'ActionType', ''));
  const choice = readFacts(node)
    ?.property('ActionType')
    ?.enum?.find(({ value }) => value === number);
  const does = choice?.label.split('/').at(-1)?.replace(/^-+/, '') ?? node.type;
  const target = referenceElement(node, 'Target')?.children[0];
  const name = target === undefined ? '' : (attribute(target, 'Name') ?? '');
  return name === '' ? does : `${does} - ${name}`;
}

/** What is driven and what drives it, as documented: `RTPC: Velocity Offset, Modulator Time (Custom)`. */
function curveLabel(node: ObjectNode, owner: ObjectNode): string {
  const property = String(readProperty(node, 'PropertyName', '') ?? '');
  const driven = readFacts(owner)?.property(property)?.displayName ?? property;
  const input = referenceElement(node, 'ControlInput')?.children[0];
  const source = input?.name === 'Custom' ? input.children[0] : input;
  const driver = source === undefined ? undefined : attribute(source, 'Name');
  return [`RTPC: ${driven}`, ...(driver === undefined ? [] : [driver])].join(', ');
}
