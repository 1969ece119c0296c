import { expect, it } from 'vitest';
import { withProject } from '../../../harness/project.ts';
import { withScriptedWwise } from '../../../harness/scripted-wwise.ts';

const unit = '\\Events\\Default Work Unit';
const event = `${unit}\\Play_X`;

it('an Action is deleted by the path that names it, and its Event stays; a slash at the end deletes nothing', () =>
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

    const slashes = event.replaceAll('\\', '/');
    for (const objectId of [
      `${event}\\`,
      `${event}\\\\[Play - X]`,
      `${unit}\\`,
      `${slashes}/`,
      `${event}/`,
    ]) {
      expect(await refused('delete_object', { objectId })).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        details: { object: objectId.replaceAll('/', '\\') },
      });
    }
    for (const query of [`$ "${event}\\"`, `$ "${slashes}/"`])
      expect(await refused('set_many', { query, properties: { Color: 3 } })).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
      });
    expect(await actions()).toHaveLength(2);

    await done('delete_object', { objectId: `${event}\\[Play - X] #2` });
    expect(await actions()).toEqual([{ path: `${event}\\[Play - X]` }]);
  }));

it('a path that Wwise answers with several objects names none of them, and all their ids', () => {
  const rows = [1, 2].map((nth) => ({
    id: `{0000000${nth}-0000-0000-0000-000000000000}`,
    name: 'X',
    type: 'Sound',
    path: `${unit}\\X`,
  }));
  return withScriptedWwise({ 'ak.wwise.core.object.get': () => ({ return: rows }) }, async (room) => {
    expect(await room.refused('delete_object', { objectId: `${unit}\\X` })).toMatchObject({
      code: 'AMBIGUOUS_OBJECT',
      details: { candidates: rows },
    });
    expect(room.called()).not.toContain('core.object.delete');
  });
});
