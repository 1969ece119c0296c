import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { randomCases } from '../../harness/amount.ts';
import { withTemplates } from '../../templates/template-room.ts';

const home = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';
const takes = ['Gun_Shot_01', 'Gun_Shot_02', 'Gun_Reload_01', 'Door_Shot_01', 'odd'];

/** Everything the form has, in combinations that fit each other. */
const forms = fc
  .record({
    naming: fc.constantFrom('{sound}', '{sound}_{take}', '{group}_{sound}_{take}', '{group}_{sound}'),
    from: fc.constantFrom('folder', 'files'),
    groupAs: fc.constantFrom('ActorMixer', 'Folder'),
    kind: fc.constantFrom('none', 'random', 'sequence', 'blend'),
    oneContainer: fc.boolean(),
    properties: fc.constantFrom<JsonObject>({}, { Volume: -6 }, { Volume: -3, Pitch: 200 }),
    bus: fc.constantFrom('none', 'made', 'there'),
    hasEvent: fc.boolean(),
    hasBank: fc.boolean(),
    asks: fc.subarray(['parentPath', 'busPath', 'soundbank', 'Lowpass']),
    save: fc.boolean(),
    onError: fc.constantFrom('rollback', 'stop', 'continue'),
  })
  .map((form) => ({
    ...form,
    asks: form.bus === 'made' ? form.asks.filter((one) => one !== 'busPath') : form.asks,
  }));

type Wanted = typeof forms extends fc.Arbitrary<infer T> ? T : never;

function inputOf(wanted: Wanted, dir: string, parentPath: string): JsonObject {
  const { naming, kind, hasEvent, hasBank, bus, asks } = wanted;
  const hasGroup = naming.includes('{group}');
  const files = takes.map((take) => join(dir, 'in', `${take}.wav`));
  const name = wanted.oneContainer ? 'All' : '{sound}';
  return {
    naming,
    groupAs: wanted.groupAs,
    properties: wanted.properties,
    ask: asks,
    save: wanted.save,
    onError: wanted.onError,
    ...(wanted.from === 'folder' ? { folderPath: join(dir, 'in') } : { files }),
    ...(asks.includes('parentPath') ? {} : { parentPath }),
    ...(kind === 'none' ? {} : { container: { kind, name } }),
    ...(bus === 'made' ? { newBus: { name: 'Made', parentPath: mainBus } } : {}),
    ...(bus === 'there' ? { busPath: 'Bus:There' } : {}),
    ...(hasEvent ? { event: hasGroup ? 'Play_{group}_{name}' : 'Play_{name}' } : {}),
    ...(hasBank ? { soundbank: 'Bank' } : {}),
  };
}

it(
  'drafts of every form what compiles, and what runs on the project as the form says',
  () =>
    withTemplates(async ({ done, tones, dir }) => {
      tones(...takes.map((take) => `in/${take}.wav`));
      await done('create_bus', { name: 'There', parentPath: mainBus });
      let round = 0;
      await fc.assert(
        fc.asyncProperty(forms, async (wanted) => {
          round += 1;
          const parentPath = `${home}\\Round${round}`;
          await done('create_object', { type: 'Folder', name: `Round${round}`, parentPath: home });
          const { workflow = null, makes } = await done('workflow_draft', inputOf(wanted, dir, parentPath));
          await done('workflow_compile', { workflow });
          const answers = { parentPath, busPath: 'Bus:There', soundbank: `Asked${round}`, Lowpass: 30 };
          const known = Object.fromEntries(
            Object.entries(answers).filter(([name]) => wanted.asks.includes(name)),
          );
          const input = wanted.asks.length === 0 ? {} : { input: { known } };
          const run = await done('workflow_run', { workflow, ...input });
          expect(asJsonArray(run.results).filter((one) => asJsonObject(one).ok === false)).toEqual([]);
          const { sounds, containers, groups } = asJsonObject(makes);
          const below = (type: string) => `$ "${parentPath}" select descendants where type = "${type}"`;
          const count = async (type: string) => (await done('query_waql', { query: below(type) })).total;
          expect(await count('Sound')).toBe(sounds);
          const type = wanted.kind === 'blend' ? 'BlendContainer' : 'RandomSequenceContainer';
          expect(await count(type)).toBe(containers);
          expect(await count(wanted.groupAs === 'Folder' ? 'Folder' : 'PropertyContainer')).toBe(groups);
          if (wanted.asks.includes('Lowpass')) {
            const owner = wanted.kind === 'none' ? 'Sound' : type;
            const found = await done('query_waql', { query: below(owner), return: ['@Lowpass'] });
            expect(new Set(asJsonArray(found.objects).map((one) => asJsonObject(one)['@Lowpass']))).toEqual(
              new Set([30]),
            );
          }
        }),
        randomCases(25, 250),
      );
    }),
  600_000,
);
