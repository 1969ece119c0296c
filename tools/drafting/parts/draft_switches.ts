import type { JsonObject } from '../../../src/core/json.ts';
import { containerMade, type DraftFacts, eventNode, filesWhere, included } from './draft_facts.ts';
import type { Form } from './draft_form.ts';

/**
 * Switch Containers: the group they follow, each container, a Random Container in it for each Switch, and which plays at which.
 */
export function switchNodes(
  form: Form,
  { switchGroup, newSwitchGroup }: NonNullable<Form['container']>,
  facts: DraftFacts,
): JsonObject[] {
  const { hasGroups, bankName } = facts;
  const key = (more = ''): string =>
    `{${hasGroups ? '"group": t.group, ' : ''}"container": t.container${more}}`;
  const here = (one: string): string =>
    `${one}.container == item.container${hasGroups ? ` && ${one}.group == item.group` : ''}`;
  const group = newSwitchGroup === undefined ? (switchGroup ?? '') : '$from:switchGroup:$output:objectId';
  const itself = {
    ...(hasGroups ? { group: '{{ item.group }}' } : {}),
    container: '{{ item.container }}',
  };
  return [
    ...(newSwitchGroup === undefined ? [] : [groupMade(newSwitchGroup)]),
    {
      id: 'containers',
      type: 'forEach',
      data: {
        items: `{{ distinct(nodes.takes.items.map(t, ${key()})) }}`,
        nodes: containerMade({ kind: 'switch', switchGroup: group }, facts),
        edges: [],
        output: { ...itself, id: '$from:container:$output:objectId' },
      },
    },
    {
      id: 'variants',
      type: 'forEach',
      data: {
        items: `{{ distinct(nodes.takes.items.map(t, ${key(', "switch": t.switch')})) }}`,
        nodes: [
          {
            id: 'variant',
            type: 'createContainer',
            data: {
              kind: 'random',
              name: '{{ item.switch }}',
              parentPath: `{{ nodes.containers.items.filter(c, ${here('c')})[0].id }}`,
              onNameConflict: 'merge',
            },
          },
          {
            id: 'audio',
            type: 'importFiles',
            data: {
              parentPath: '$from:variant:$output:objectId',
              files: filesWhere(`${here('t')} && t.switch == item.switch`),
              language: form.language,
            },
          },
        ],
        edges: [],
        output: { ...itself, child: '$from:variant:$output:objectId', switch: '{{ item.switch }}' },
      },
    },
    {
      id: 'sounds',
      type: 'forEach',
      data: {
        items: '$from:containers:$output:items',
        nodes: [
          {
            id: 'assigned',
            type: 'assignSwitch',
            data: {
              objectId: '{{ item.id }}',
              assignments: `{{ nodes.variants.items.filter(v, ${here('v')}).map(v, {"child": v.child, "switch": v.switch}) }}`,
            },
          },
          ...(form.event === undefined ? [] : [eventNode(form.event, '{{ item.id }}')]),
        ],
        edges: [],
        output: { object: form.event === undefined ? '{{ item.id }}' : '$from:event:$output:objectId' },
      },
    },
    ...included(bankName),
  ];
}

function groupMade(name: string): JsonObject {
  const members = '{{ distinct(nodes.takes.items.map(t, t.switch)) }}';
  return { id: 'switchGroup', type: 'createSwitchGroup', data: { name, members, onNameConflict: 'merge' } };
}
