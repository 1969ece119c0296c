import { join } from 'node:path';
import type { JsonObject } from '../../src/core/json.ts';
import { createProject } from '../../src/embedded/project/new-project/new-project.ts';
import { type Programs, type StdioPeer, startPeer, startWaapi } from './peers.ts';
import { inPairs, ratioRow, type SpeedRow } from './row.ts';

const home = '\\Containers\\Default Work Unit';
const refs = { return: ['id', 'name', 'type', 'path'] };
/** Siblings that a new Sound gets in the long parent. */
const manySiblings = 2_000;

/** One call through WwiseFlow beside the same through the pass-through, both over stdio, both to one WAAPI server over WAMP. */
export async function measureCalls(programs: Programs, dir: string, rounds: number): Promise<SpeedRow[]> {
  const projectPath = join(dir, 'Calls', 'Calls.wproj');
  createProject(projectPath);
  const waapi = await startWaapi(programs, projectPath, 18_766);
  const ours = await startPeer(
    programs.ours(['--wwise', waapi.url, '--state', join(dir, 'state'), '--toolsets', 'all']),
    dir,
  );
  const theirs = await startPeer(programs.passThrough(waapi.url), dir);
  const call = (uri: string, args: JsonObject, options: JsonObject = {}) =>
    theirs.tool('call', { uri: `ak.wwise.core.${uri}`, args, options });
  try {
    await prepare(ours);
    const beside = async (
      what: string,
      most: number,
      own: (round: number) => Promise<unknown>,
      other: (round: number) => Promise<unknown>,
    ): Promise<SpeedRow> => {
      const { ratio, oursMs, theirsMs } = await inPairs(rounds, own, other);
      return ratioRow(what, ratio, most, `${oursMs.toFixed(2)} and ${theirsMs.toFixed(2)} ms`);
    };
    const create = (name: string, parent: string) => call('object.create', { parent, type: 'Sound', name });
    const sound = `${home}\\One`;
    const query = { waql: '$ from type Bus' };
    return [
      await beside(
        'waapi_call of a read',
        1.3,
        () => ours.tool('waapi_call', { uri: 'ak.wwise.core.object.get', args: query, options: refs }),
        () => call('object.get', query, refs),
      ),
      await beside(
        'project_info',
        1.3,
        () => ours.tool('project_info', {}),
        () => call('getProjectInfo', {}),
      ),
      await beside(
        'get_object',
        1.3,
        () => ours.tool('get_object', { objectId: sound }),
        () => call('object.get', { waql: `$ "${sound}" select this, parent, children` }, refs),
      ),
      await beside(
        'query_waql',
        1.3,
        () => ours.tool('query_waql', { query: '$ from type Bus' }),
        () => call('object.get', { waql: '$ from type Bus skip 0 take 51' }, refs),
      ),
      await beside(
        'create_sound, verified and journalled',
        2,
        (round) => ours.tool('create_sound', { name: `S${round}`, parentPath: `${home}\\A` }),
        (round) => create(`S${round}`, `${home}\\B`),
      ),
      await beside(
        'set_property, verified and journalled',
        2,
        (round) => ours.tool('set_property', { objectId: sound, property: 'Volume', value: -round / 100 }),
        (round) => call('object.setProperty', { object: sound, property: 'Volume', value: -round / 100 - 1 }),
      ),
      await beside(
        'create_object, verified and journalled',
        2,
        (round) => ours.tool('create_object', { type: 'Sound', name: `S${round}`, parentPath: `${home}\\C` }),
        (round) => create(`S${round}`, `${home}\\D`),
      ),
      await beside(
        `create_sound beside ${manySiblings} siblings, and beside none`,
        1.2,
        (round) => ours.tool('create_sound', { name: `S${round}`, parentPath: `${home}\\Many` }),
        (round) => ours.tool('create_sound', { name: `S${round}`, parentPath: `${home}\\Few${round}` }),
      ),
    ];
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
    await waapi.close();
  }

  async function prepare(peer: StdioPeer): Promise<void> {
    const folders = ['A', 'B', 'C', 'D', 'Many', ...Array.from({ length: rounds }, (_, at) => `Few${at}`)];
    const specs = folders.map((name) => ({ type: 'ActorMixer', name }));
    for (let from = 0; from < specs.length; from += 500)
      await peer.tool('set_objects', {
        objects: [{ objectId: home, children: specs.slice(from, from + 500) }],
      });
    for (let from = 0; from < manySiblings; from += 500) {
      const children = Array.from({ length: 500 }, (_, at) => ({
        type: 'Sound',
        name: `Sibling_${from + at}`,
      }));
      await peer.tool('set_objects', { objects: [{ objectId: `${home}\\Many`, children }] });
    }
    await peer.tool('create_sound', { name: 'One', parentPath: home });
  }
}
