import { describe, expect, it } from 'vitest';
import {
  guid,
  textsOf,
  type WorkUnits,
  withWorkUnits,
  workUnitId,
} from '../../../harness/written-project.ts';

const group = { id: guid(1), alive: guid(2), dead: guid(3) };
const ground = { id: guid(4), wood: guid(5) };

const groups: WorkUnits = {
  'States/Default Work Unit.wwu': `<StateGroup Name="Life" ID="${group.id}"><ChildrenList><State Name="None" ID="${guid(6)}"/><State Name="Alive" ID="${group.alive}"/><State Name="Dead" ID="${group.dead}"/></ChildrenList><TransitionList><Transition><StartState Name="Alive" ID="${group.alive}"/><EndState Name="Dead" ID="${group.dead}"/><Time>3</Time><IsShared>false</IsShared></Transition></TransitionList></StateGroup>`,
  'Switches/Default Work Unit.wwu': `<SwitchGroup Name="Ground" ID="${ground.id}"><ChildrenList><Switch Name="Wood" ID="${ground.wood}"/></ChildrenList></SwitchGroup>`,
};
const [states, switches] = Object.keys(groups).map((_, place) => workUnitId(place));

type Target = readonly [name: string, id: string, workUnit: string | undefined];
const life: Target = ['Life', group.id, states];
const alive: Target = ['Alive', group.alive, states];
const onGround: Target = ['Ground', ground.id, switches];
const onWood: Target = ['Wood', ground.wood, switches];

/** A dialogue event with the rows `Alive, Wood` and `any life, Wood`, as that schema writes them. */
function dialogue(schema: number): string {
  const rows = [
    [alive, onWood],
    [life, onWood],
  ];
  const event = `DialogueEvent Name="Talk" ID="${guid(10)}"`;
  if (schema < 119) {
    const named = (tag: string, [name, id]: Target) => `<${tag} Name="${name}" ID="${id}"/>`;
    const entries = rows.map(
      (path) => `<Entry><Path>${path.map((value) => named('PathElementRef', value)).join('')}</Path></Entry>`,
    );
    return `<${event}><ArgumentList>${[life, onGround].map((value) => named('ArgumentRef', value)).join('')}</ArgumentList><EntryList>${entries.join('')}</EntryList></DialogueEvent>`;
  }
  const link = ([name, id, workUnit]: Target, as = '') =>
    `<Reference${as === '' ? '' : ` Name="${as}"`}><ObjectRef Name="${name}" ID="${id}" WorkUnitID="${workUnit}"/></Reference>`;
  let next = 20;
  const item = (value: Target, slot: string, reference: string, plugin: number) =>
    schema < 131
      ? link(value)
      : `<PluginInnerObject Name="" ID="${guid(next++)}" PluginName="${slot}" CompanyID="0" PluginID="${plugin}"><ReferenceList>${link(value, reference)}</ReferenceList></PluginInnerObject>`;
  const list = (name: string, items: readonly string[]) =>
    `<ObjectList Name="${name}">${items.join('')}</ObjectList>`;
  const entries = rows.map((path) => {
    const values = path.map((value) => item(value, 'EntryPathSlot', 'EntryPathObject', 88));
    const row = `<MultiSwitchEntry Name="" ID="${guid(next++)}"><ObjectLists>${list('EntryPath', values)}</ObjectLists></MultiSwitchEntry>`;
    return schema < 131 ? `<Reference><Local>${row}</Local></Reference>` : row;
  });
  const arguments_ = [life, onGround].map((value) => item(value, 'ArgumentsSlot', 'Argument', 84));
  return `<${event}><ObjectLists>${list('Arguments', arguments_)}${list('Entries', entries)}</ObjectLists></DialogueEvent>`;
}

describe.each([80, 97, 110, 119, 123, 133])('a State of a project of schema %i', (schema) => {
  const project = { ...groups, 'Dynamic Dialogue/Default Work Unit.wwu': dialogue(schema) };

  it('is called by its new name in the transitions of its group and the rows of dialogue', () =>
    withWorkUnits(schema, project, async (room) => {
      const before = textsOf(room);
      await room.call('object.setName', { object: group.alive, value: 'Awake' });
      await room.call('project.save');
      const texts = [...textsOf(room).values()].join('');
      expect(texts.match(/<StartState Name="Awake"/g)).toHaveLength(1);
      expect(texts).not.toContain('"Alive"');
      await room.call('undo.undo');
      await room.call('project.save');
      expect(textsOf(room)).toEqual(before);
    }));

  it('takes along, when deleted, its transitions and the rows that only it could choose', () =>
    withWorkUnits(schema, project, async (room) => {
      const before = textsOf(room);
      const found = await room.call('object.get', { waql: '$ from type State' }, { return: ['name'] });
      expect(found.return).toHaveLength(3);
      await room.call('object.delete', { object: group.alive });
      await room.call('project.save');
      const after = [...textsOf(room).values()].join('');
      expect(after).not.toContain(group.alive);
      expect(after).not.toContain('<TransitionList');
      expect(after.match(/<Path>|Name="EntryPath"/g)).toHaveLength(1);
      await room.call('undo.undo');
      await room.call('project.save');
      expect(textsOf(room)).toEqual(before);
    }));

  it('leaves the rows, one column shorter, when it goes with its whole group', () =>
    withWorkUnits(schema, project, async (room) => {
      const before = textsOf(room);
      await room.call('object.delete', { object: group.id });
      await room.call('project.save');
      const after = [...textsOf(room).values()].join('');
      expect(after).not.toContain(group.id);
      expect(after).not.toContain(group.alive);
      expect(after.match(/<Path>|Name="EntryPath"/g)).toHaveLength(2);
      await room.call('undo.undo');
      await room.call('project.save');
      expect(textsOf(room)).toEqual(before);
    }));
});
