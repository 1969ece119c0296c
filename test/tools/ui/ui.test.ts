import { describe, expect, it } from 'vitest';
import { objects, withScriptedWwise } from '../../harness/scripted-wwise.ts';

// Only a live Wwise can do this. A scripted peer answers in the documented shapes.

const boom = {
  id: '{AAAAAAAA-0000-0000-0000-000000000001}',
  name: 'Boom',
  type: 'Sound',
  path: '\\Containers\\Default Work Unit\\Boom',
};
const objectGet = { 'ak.wwise.core.object.get': objects(boom) };
const nothing = () => ({});

describe('the user interface', () => {
  it('reports and changes the selection, and comes to the front', () =>
    withScriptedWwise(
      {
        ...objectGet,
        'ak.wwise.ui.getSelectedObjects': () => ({ objects: [boom] }),
        'ak.wwise.ui.commands.execute': nothing,
        'ak.wwise.ui.bringToForeground': nothing,
      },
      async ({ done, fake }) => {
        expect(await done('selected_objects', {})).toEqual({ objects: [boom], total: 1, cursor: null });
        expect(await done('select_objects', { objects: [boom.path] })).toEqual({
          objects: [boom],
          total: 1,
          notice: null,
        });
        const executed = fake.calls.filter((call) => call.uri === 'ak.wwise.ui.commands.execute');
        expect(executed.at(-1)?.args).toEqual({
          command: 'FindInProjectExplorerSyncGroup1',
          objects: [boom.id],
        });
        expect(await done('bring_to_foreground', {})).toEqual({ done: true });
      },
    ));
});
