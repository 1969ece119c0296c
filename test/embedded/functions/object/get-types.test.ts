import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../../src/core/json.ts';
import { withEngine } from '../../../harness/engine.ts';
import { type Era, writeEraProject } from '../../../harness/era-project.ts';

/**
 * What WwiseConsole answered: the number of rows, and the SHA-256 of `{"return": [...]}` in canonical JSON, sorted by name, as
 * zcyh147/waapi-skill@809acd7b keeps them in skills/waapi-skill/resources/metadata. Those of 2023.1 and 2024.1 are the same.
 */
const recorded: readonly (readonly [version: string, schema: Era, rows: number, sha256: string])[] = [
  ['2021.1.14', 103, 105, '8afba3719745914824933a8baed09c4670f91e4c224a24a600b40b315eb2a686'],
  ['2022.1.19', 110, 107, '5a52d81c70061b34073f342656f7bc9d9a04bfd7bc797764197a6763a034aaa6'],
  ['2023.1.19', 119, 109, '851810a2a78461574e15442f5fab45782b2670927a9c41de1c46c4c4b87bffe9'],
  ['2024.1.13', 123, 109, '851810a2a78461574e15442f5fab45782b2670927a9c41de1c46c4c4b87bffe9'],
  ['2025.1.7', 133, 125, 'd5bc39da2f7ed3d0b9e078c5d51fa5266ad7f0523262baaf5a5e844285ed3fb2'],
];

describe('object.getTypes', () => {
  it.each(recorded)('lists exactly what a running %s does', (_version, schema, count, sha256) =>
    withEngine(
      async ({ call }) => {
        const rows = asJsonArray((await call('object.getTypes')).return).map(asJsonObject);
        const byName = (a: string, b: string) => (a < b ? -1 : 1);
        const sorted = rows
          .map(({ classId, name, type }) => ({ classId, name: String(name), type }))
          .toSorted((a, b) => byName(a.name.toLowerCase(), b.name.toLowerCase()));
        expect(rows).toHaveLength(count);
        const canonical = JSON.stringify({ return: sorted });
        expect(createHash('sha256').update(canonical).digest('hex')).toBe(sha256);
      },
      (dir) => writeEraProject(dir, schema).projectPath,
    ),
  );

  it('lists a plug-in that is installed separately once an object is of it', () =>
    withEngine(async ({ call }) => {
      const names = async () =>
        asJsonArray((await call('object.getTypes')).return).map((row) => asJsonObject(row).name);
      expect(await names()).not.toContain('Wwise Convolution Reverb');
      await call('object.set', {
        objects: [
          {
            object: '\\Effects\\Default Work Unit',
            children: [{ type: 'Effect', name: 'Hall', classId: 8_323_075 }],
          },
        ],
      });
      expect(await names()).toContain('Wwise Convolution Reverb');
    }));
});
