import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { commands } from '../../../tools/catalog.ts';
import { objects, type Script, type ScriptedRoom, withScriptedWwise } from '../../harness/scripted-wwise.ts';

const path = 'C:\\Game\\Containers\\Amb Team.wwu';
const message = `Cannot load ${path}: unexpected token`;
const error = { severity: 'Error', time: 1, messageId: '', message };
const others = [
  { severity: 'Warning', time: 1, messageId: '', message: 'An old plug-in was found.' },
  { severity: 'Message', time: 1, messageId: '', message: 'Project loaded.' },
];
const wind = {
  id: '{5AAA1111-2222-4333-8444-555566667777}',
  name: 'Wind',
  type: 'Sound',
  path: '\\Containers\\Wind',
};
const named = { total: 1, files: [{ filePath: path, problem: message }] };

/** A Wwise whose load log holds these items until somebody clears it. */
function logging(items: readonly JsonObject[]): { script: Script; clear(): void; fill(): void } {
  let now = [...items];
  return {
    script: {
      'ak.wwise.core.log.get': () => ({ items: now }),
      'ak.wwise.core.object.get': objects(wind),
      'ak.wwise.core.soundbank.generate': () => ({ logs: [] }),
    },
    clear: () => {
      now = [];
    },
    fill: () => {
      now = [...items];
    },
  };
}

async function publish({ fake }: ScriptedRoom, topic: string, payload: JsonObject): Promise<void> {
  const index = fake.subscriptions.findIndex((one) => one.topic === topic);
  expect(index).toBeGreaterThanOrEqual(0);
  fake.publish(index + 1, payload);
}

describe('a live Wwise that logged errors when it loaded the project', () => {
  it('is reported, and nothing is deleted, also after the log was cleared', () => {
    const { script, clear } = logging([...others, error]);
    return withScriptedWwise(script, async (room) => {
      expect((await room.done('project_info', {})).unreadable).toEqual(named);
      clear();
      expect((await room.done('query_waql', { query: '$ from type Sound' })).unreadable).toEqual(named);
      expect((await room.done('generate_soundbanks', {})).unreadable).toEqual(named);
      expect(await room.refused('delete_object', { objectId: wind.id })).toMatchObject({
        code: 'PROJECT_UNREADABLE_FILES',
        details: { unreadable: named.files },
      });
      expect(await room.refused('get_object', { objectId: '\\Containers\\Gone' })).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        details: { unreadable: named.files },
      });
      expect(room.called()).not.toContain('core.object.delete');
    });
  });

  it('is seen by the first call, whichever it is, so that clearing the log hides nothing', () => {
    const { script, clear } = logging([error]);
    return withScriptedWwise(script, async (room) => {
      await room.done('get_object', { objectId: wind.path });
      clear();
      expect((await room.refused('delete_object', { objectId: wind.id })).code).toBe(
        'PROJECT_UNREADABLE_FILES',
      );
    });
  });

  it('is right again once it loaded the project anew without errors', () => {
    const { script, clear, fill } = logging([error]);
    return withScriptedWwise(script, async (room) => {
      expect((await room.done('project_info', {})).unreadable).toEqual(named);
      clear();
      await publish(room, 'ak.wwise.core.project.loaded', {});
      await expect.poll(async () => (await room.done('project_info', {})).unreadable).toBeUndefined();
      fill();
      await publish(room, 'ak.wwise.core.project.loaded', {});
      await expect.poll(async () => (await room.done('project_info', {})).unreadable).toEqual(named);
    });
  });

  it('is believed when it logs one while it runs', () => {
    const { script } = logging(others);
    return withScriptedWwise(script, async (room) => {
      expect(await room.done('project_info', {})).not.toHaveProperty('unreadable');
      await publish(room, 'ak.wwise.core.log.itemAdded', { channel: 'general', item: error });
      await publish(room, 'ak.wwise.core.log.itemAdded', { channel: 'projectLoad', item: error });
      await expect
        .poll(async () => (await room.done('query_waql', { query: '$ from type Sound' })).unreadable)
        .toEqual(named);
    });
  });

  it.each(
    commands
      .filter(({ reliesOnWholeProject }) => reliesOnWholeProject === 'deletes')
      .map(({ name }) => [name]),
  )('refuses %s before Wwise is asked for anything else', (name) => {
    const { script } = logging([error]);
    const input = name === 'remove_unused' ? { confirm: true } : { objectId: wind.id };
    return withScriptedWwise(script, async (room) => {
      const given = name === 'convert_type' ? { ...input, type: 'BlendContainer' } : input;
      expect((await room.refused(name, given)).code).toBe('PROJECT_UNREADABLE_FILES');
      expect(room.called().filter((uri) => uri !== 'core.log.get')).toEqual([]);
    });
  });
});

describe('a Wwise too old to keep a log', () => {
  it('is asked like any other, and nothing is claimed', () =>
    withScriptedWwise({ 'ak.wwise.core.object.get': objects(wind) }, async (room) => {
      expect(await room.done('query_waql', { query: `$ "${wind.id}"` })).not.toHaveProperty('unreadable');
    }));
});
