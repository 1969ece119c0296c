import { expect, it } from 'vitest';
import { changedSections } from '../../../../src/embedded/project/compare/compare-sections.ts';
import { element } from '../../../../src/embedded/wwu/tree.ts';

const ref = (tag: string, name: string, id: string) =>
  element(tag, { Name: name, ID: `{${id.repeat(36).slice(0, 36)}}` });
const grouping = (name: string, id: string, child: string) =>
  element('Grouping', {}, [
    ref('SwitchRef', name, id),
    element('ItemList', {}, [ref('ItemRef', child, 'C')]),
  ]);
const sound = (...groupings: ReturnType<typeof grouping>[]) =>
  element('SwitchContainer', {}, [element('GroupingList', {}, groupings)]);

it('the entries of a list that differ are shown by name, those that stay are left out', () => {
  const before = sound(grouping('Wood', 'A', 'Step'), grouping('Stone', 'B', 'Step'));
  const after = sound(grouping('Wood', 'A', 'Step'), grouping('Grass', 'D', 'Step'));
  expect(changedSections(before, after)).toEqual([
    { property: 'GroupingList', old: ['Stone: Step'], new: ['Grass: Step'] },
  ]);
});

it('the copy of a name that moves with a rename is no change of the object that holds it', () => {
  expect(
    changedSections(sound(grouping('Wood', 'A', 'Step')), sound(grouping('Planks', 'A', 'Step'))),
  ).toEqual([]);
});
