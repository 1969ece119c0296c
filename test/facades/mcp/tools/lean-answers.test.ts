import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../../src/core/answers/budget.ts';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { withService } from '../workflows/service-client.ts';

const home = '\\Containers\\Default Work Unit';
const gust: JsonObject = {
  workflowId: 'gust',
  nodes: [
    { id: 'sound', type: 'createSound', data: { name: 'Gust', parentPath: home } },
    { id: 'quieter', type: 'setProperty', data: { property: 'Volume', value: -6 } },
    {
      id: 'event',
      type: 'createEvent',
      data: { name: 'Play_Gust', targetPath: '$from:sound:$output:objectId' },
    },
  ],
  edges: [
    { source: 'sound', target: 'quieter' },
    { source: 'sound', target: 'event' },
  ],
};
const lean = { verbose: false };

/** Members of the value, at any depth, that are null; the contract's own aside. */
function nullsIn(value: unknown, path = ''): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object' || value === undefined) return [];
  return Object.entries(value ?? {}).flatMap(([name, member]) => nullsIn(member, `${path}/${name}`));
}

describe('an answer', () => {
  it('names an object once, without bookkeeping, nulls and what is as usual', () =>
    withService(async ({ call }) => {
      const made = await call('create_sound', { name: 'Wind', parentPath: home, ...lean });
      const { id, ...rest } = asJsonObject(made.data);
      expect(rest).toEqual({ name: 'Wind', type: 'Sound', path: `${home}\\Wind` });
      expect(Object.keys(made)).toEqual(['ok', 'data', 'error', 'code']);
      const full = await call('create_sound', { name: 'Wind', parentPath: home, verbose: true });
      expect(full).toMatchObject({ memo: 'hit', data: { id, objectId: id } });
      expect(asString(full.idemKey)).toHaveLength(64);
      const again = await call('create_sound', { name: 'Wind', parentPath: home, ...lean });
      expect(again).toEqual({ ...made, memo: 'hit' });
    }));

  it('of a run keeps node, ok, the beginning of the key and what was done', () =>
    withService(async ({ call, done }) => {
      const { data } = await call('workflow_run', { workflow: gust, ...lean });
      const { executionId, results, ...rest } = asJsonObject(data);
      expect(rest).toEqual({ workflowId: 'gust', unsaved: expect.any(String) });
      const rows = asJsonArray(results).map(asJsonObject);
      expect(rows.map(Object.keys)).toEqual(rows.map(() => ['node', 'ok', 'idemKey', 'data']));
      expect(rows[1]?.data).toMatchObject({ property: 'Volume', value: -6, previousValue: 0 });
      const key = asString(rows[0]?.idemKey) ?? '';
      expect(key).toHaveLength(12);
      const { entries } = await done('memo_inspect', { idemKey: key });
      expect(asString(asJsonObject(asJsonArray(entries)[0]).key)?.startsWith(key)).toBe(true);
      expect(await done('memo_forget', { idemKeys: [key] })).toMatchObject({ forgotten: 1, unknown: [] });
      const whole = await done('workflow_status', { executionId: asString(executionId) ?? '' });
      expect(asString(whole.planHash)).toHaveLength(64);
      expect(bytesOf(data)).toBeLessThan(1_000);
    }));

  it('of a compilation says what the compiler added, and all of the plan when it is asked to be verbose', () =>
    withService(async ({ call }) => {
      const { data } = await call('workflow_compile', { workflow: gust, ...lean });
      expect(data).toEqual({
        workflowId: 'gust',
        waves: [['sound'], ['quieter', 'event']],
        nodes: [{ id: 'quieter', wired: { objectId: '$from:sound:$output:objectId' } }],
      });
      const { data: plan } = await call('workflow_compile', { workflow: gust, verbose: 'true' });
      expect(asJsonObject(plan)).toMatchObject({ waapiCalls: 6, order: ['sound', 'quieter', 'event'] });
    }));

  it('of a preview says what would change, and shows the diff of a file that is asked for', () =>
    withService(async ({ call }) => {
      const { data } = await call('workflow_run', { workflow: gust, mode: 'preview', ...lean });
      const { previewId, files, ...rest } = asJsonObject(data);
      expect(rest).toMatchObject({ wouldSucceed: true, counts: { created: 3, files: 2 } });
      expect(rest).not.toHaveProperty('diff');
      expect(bytesOf(data)).toBeLessThan(1_500);
      const file = asString(asJsonObject(asJsonArray(files)[0]).filePath);
      const shown = await call('workflow_status', {
        executionId: previewId ?? '',
        file: file ?? '',
        ...lean,
      });
      expect(JSON.stringify(asJsonObject(shown.data).diff)).toContain('Gust');
    }));

  it('has no null but those of the contract', () =>
    withService(async ({ call }) => {
      await call('workflow_run', { workflow: gust });
      const calls: readonly (readonly [string, JsonObject])[] = [
        ['workflow_run', { workflow: gust }],
        ['workflow_runs', {}],
        ['query_waql', { query: '$ from type Event' }],
        ['get_object', { objectId: 'Event:Play_Gust' }],
        ['search', { words: 'gust' }],
        ['project_tree', {}],
        ['set_output_bus', { objectId: `${home}\\Gust`, busPath: 'Bus:Main Audio Bus' }],
        ['undo', {}],
      ];
      for (const [tool, args] of calls) {
        const { error, code, ...rest } = await call(tool, { ...args, ...lean });
        expect([tool, error, code, nullsIn(rest)]).toEqual([tool, null, null, []]);
      }
    }));
});

describe('what was set', () => {
  it('is in the answer of create_object and set_objects, before and after', () =>
    withService(async ({ call }) => {
      const made = await call('create_object', {
        ...{ type: 'RandomSequenceContainer', name: 'Steps', parentPath: home, properties: { Volume: -3 } },
        ...{ children: [{ type: 'Sound', name: 'Step', properties: { Pitch: 100 } }] },
        ...lean,
      });
      expect(made.data).toMatchObject({
        values: { Volume: -3 },
        children: [{ name: 'Step', values: { Pitch: 100 } }],
      });
      const objects = [{ object: `${home}\\Steps`, properties: { Volume: -5 } }];
      const { data } = await call('set_objects', { objects, ...lean });
      expect(data).toMatchObject({
        objects: [{ name: 'Steps', values: { Volume: -5 }, before: { Volume: -3 } }],
      });
      expect(Object.keys(asJsonObject(data))).toEqual(['objects']);
      const undone = await call('undo', lean);
      expect(undone.data).toEqual({
        undone: 1,
        steps: ['Set Objects: RandomSequenceContainer "Steps" Volume -3 → -5'],
      });
    }));
});
