import { describe, expect, it } from 'vitest';
import { type WaapiBackend, WaapiError } from '../../../../src/wwise/connection/backend.ts';
import { type ProjectRoom, withProject } from '../../../harness/project.ts';

const mixer = '\\Busses\\Default Work Unit';
const mainBus = '{1514A4D8-1DA6-412A-A17E-75CA0C2149F3}';

/** A Wwise that knows objects by the names they have and by no other: it refuses both names once the bus is called Out. */
function withoutAliases(backend: WaapiBackend): WaapiBackend {
  const refused = /"[^"]*(?:Bus:|\\)(?:Main|Master) Audio Bus[^"]*"/i;
  return {
    ...backend,
    call: async (uri, args, options, ...rest) => {
      if (isRenamed && refused.test(JSON.stringify(args).replaceAll('\\"', '"')))
        throw new WaapiError('ak.wwise.query.invalid_query', 'Object not found (3)');
      return backend.call(uri, args, options, ...rest);
    },
  };
}

let isRenamed = false;

function onRenamed(work: (room: ProjectRoom) => Promise<void>): Promise<void> {
  isRenamed = false;
  return withProject(
    async (room) => {
      await room.done('rename_object', { objectId: mainBus, name: 'Out' });
      isRenamed = true;
      await work(room);
    },
    { wire: withoutAliases },
  );
}

describe.each(['Main Audio Bus', 'Master Audio Bus'])(
  '"%s" in a project that calls its main bus Out',
  (name) => {
    const path = `${mixer}\\${name}`;

    it('leads to it as a parent, and the memo finds it again', () =>
      onRenamed(async ({ done }) => {
        const input = { name: 'Music', parentPath: path };
        const made = await done('create_bus', input);
        expect(made).toMatchObject({ path: `${mixer}\\Out\\Music` });
        expect(await done('create_bus', input)).toMatchObject({ id: made.id });
        const object = { type: 'AuxBus', name: 'Verb', parentPath: path };
        const aux = await done('create_object', object);
        expect(await done('create_object', object)).toMatchObject({ id: aux.id });
        expect(await done('query_waql', { query: '$ from type Bus, AuxBus' })).toMatchObject({ total: 3 });
      }));

    it('leads to it in queries, as a path and by type', () =>
      onRenamed(async ({ done }) => {
        await done('create_bus', { name: 'Music', parentPath: mainBus });
        for (const query of [
          `$ "${path}"`,
          `$ "Bus:${name}"`,
          `$ "${path}\\Music" select parent`,
          `$ from type Bus where id = "${mainBus}" and childrenCount = 1`,
          `$ "Bus:Music" where parent = "${path}" select parent`,
        ])
          expect([query, await done('query_waql', { query })]).toMatchObject([
            query,
            { objects: [{ name: 'Out' }], total: 1 },
          ]);
      }));

    it('is no other bus of the project', () =>
      onRenamed(async ({ refused }) => {
        expect(await refused('query_waql', { query: `$ "${path}\\Nothing"` })).toMatchObject({
          code: 'OBJECT_NOT_FOUND',
        });
        expect(await refused('get_object', { objectId: `\\Containers\\${name}` })).toMatchObject({
          code: 'OBJECT_NOT_FOUND',
        });
      }));
  },
);
