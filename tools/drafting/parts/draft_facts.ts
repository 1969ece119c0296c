import type { Json, JsonObject } from '../../../src/core/json.ts';
import type { Naming } from './draft_naming.ts';
import { questionName } from './draft_questions.ts';

/** What nodes of a draft read of its form. */
export interface DraftFacts {
  readonly naming: Naming;
  readonly hasGroups: boolean;
  readonly parent: string;
  readonly bus: string | undefined;
  readonly bankName: string | undefined;
  readonly properties: Readonly<Record<string, Json>>;
}

/** The container of an item with its values and its bus: a node each. */
export function containerMade(
  more: JsonObject,
  { hasGroups, parent, bus, properties }: DraftFacts,
): JsonObject[] {
  const made = '$from:container:$output:objectId';
  return [
    {
      id: 'container',
      type: 'createContainer',
      data: {
        ...more,
        name: '{{ item.container }}',
        parentPath: hasGroups ? '{{ nodes.groups.items.filter(g, g.group == item.group)[0].id }}' : parent,
        onNameConflict: 'merge',
      },
    },
    ...Object.entries(properties).map(([property, value]) => ({
      id: `set_${questionName(property)}`,
      type: 'setProperty',
      data: { objectId: made, property, value },
    })),
    ...(bus === undefined
      ? []
      : [{ id: 'routed', type: 'setOutputBus', data: { objectId: made, busPath: bus } }]),
  ];
}

/** The Event of a container. */
export function eventNode(event: string, targetPath: string): JsonObject {
  const name = event.replaceAll('{name}', '{{ item.container }}').replaceAll('{group}', '{{ item.group }}');
  return { id: 'event', type: 'createEvent', data: { name, targetPath, onNameConflict: 'merge' } };
}

/** The takes that fit, as files to import. */
export function filesWhere(condition: string | undefined): string {
  const those = condition === undefined ? '' : `.filter(t, ${condition})`;
  return `{{ nodes.takes.items${those}.map(t, {"filePath": t.path, "name": t.name}) }}`;
}

/** What the last step made, in the SoundBank. */
export function included(bankName: string | undefined): JsonObject[] {
  if (bankName === undefined) return [];
  const data = { objectId: '$from:bank:$output:objectId', inclusions: '$from:sounds:$output:items' };
  return [{ id: 'included', type: 'setInclusions', data }];
}
