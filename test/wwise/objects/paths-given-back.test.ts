import { expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const unit = '\\Events\\Default Work Unit';
const event = `${unit}\\Play_X`;

it('an Action is deleted by the path that names it, and its Event stays; a trailing backslash deletes nothing', () =>
  withProject(async ({ done, refused, waapi }) => {
    const made = await waapi.call('ak.wwise.core.object.create', {
      parent: '\\Containers\\Default Work Unit',
      type: 'Sound',
      name: 'X',
    });
    const action = { type: 'Action', name: '', '@ActionType': 1, '@Target': made.id ?? null };
    await waapi.call('ak.wwise.core.object.create', {
      parent: unit,
      type: 'Event',
      name: 'Play_X',
      children: [action, action],
    });
    const actions = async () => {
      const found = await waapi.call(
        'ak.wwise.core.object.get',
        { waql: `$ "${event}" select children` },
        { return: ['path'] },
      );
      return found.return;
    };
    expect(await actions()).toEqual([{ path: `${event}\\[Play - X]` }, { path: `${event}\\[Play - X] #2` }]);

    for (const objectId of [`${event}\\`, `${event}\\\\[Play - X]`, `${unit}\\`]) {
      expect(await refused('delete_object', { objectId })).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        details: { object: objectId },
      });
    }
    expect(await actions()).toHaveLength(2);

    await done('delete_object', { objectId: `${event}\\[Play - X] #2` });
    expect(await actions()).toEqual([{ path: `${event}\\[Play - X]` }]);
  }));
