import { childNamed, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import type { BlendAssignment, BlendEdge, SwitchAssignment } from '../model.ts';
import { refersTo } from './read-states.ts';

/** Assignments of a Switch Container, switch by switch in file order. */
export function readSwitchAssignments(
  index: ObjectIndex,
  container: ObjectNode,
): readonly SwitchAssignment[] {
  return groupings(container).flatMap((grouping) => {
    const stateOrSwitch = refersTo(index, childNamed(grouping, 'SwitchRef'));
    if (stateOrSwitch === null) return [];
    return (childNamed(grouping, 'ItemList')?.children ?? []).flatMap((item) => {
      const child = refersTo(index, item);
      return child === null ? [] : [{ child, stateOrSwitch }];
    });
  });
}

/** The Grouping elements of a Switch Container: one for each switch with children. */
export function groupings(container: ObjectNode): readonly WwuElement[] {
  const info = childNamed(container.element, 'GroupingInfo');
  return (info === undefined ? undefined : childNamed(info, 'GroupingList'))?.children ?? [];
}

export function readBlendTracks(index: ObjectIndex, container: ObjectNode): readonly ObjectNode[] {
  return (childNamed(container.element, 'BlendTrackList')?.children ?? []).flatMap(
    (track) => index.nodeOf(track) ?? [],
  );
}

export function readBlendAssignments(index: ObjectIndex, track: ObjectNode): readonly BlendAssignment[] {
  return (childNamed(track.element, 'BlendTrackAssocList')?.children ?? []).flatMap((entry) => {
    const child = refersTo(index, childNamed(entry, 'ItemRef'));
    const info = childNamed(entry, 'CrossfadingInfo');
    return child === null ? [] : [{ child, edges: [edge(info, 'Left'), edge(info, 'Right')] as const }];
  });
}

/** What the file leaves out: no fade, the shape a new assignment has, and a fade that ends at the edge. */
function edge(info: WwuElement | undefined, side: 'Left' | 'Right'): BlendEdge {
  const text = (name: string): string | undefined =>
    (info === undefined ? undefined : childNamed(info, `${side}${name}`))?.text ?? undefined;
  const edgePosition = Number(text('EdgePos') ?? 0);
  return {
    fadeMode: text('FadingMode') ?? 'None',
    fadeShape: text('FadingSegmentShape') ?? defaultFadeShape,
    edgePosition,
    fadePosition: Number(text('FadingPos') ?? edgePosition),
  };
}

/** The shape of a fade whose file names none: the documented answer for a new assignment shows it. */
export const defaultFadeShape = 'SCurve';
