import { describe, expect, it } from 'vitest';
import { withEngine } from '../../harness/engine.ts';
import { fuzzBounds } from '../../harness/fuzz/bounds.ts';
import { fuzzWaql } from '../../harness/fuzz/waql.ts';

const seeds = [
  '$ from type Sound where @Volume < -3 and name : "foot" select parent distinct orderby name reverse take 5',
  '$ "\\Containers\\Default Work Unit" select descendants where type = "Sound" or isPlayable',
  '$ from project where name = /^A.*z$/ skip 1 take 2',
  '$ from type Event where children.any(target.name = "A") select children.target',
  '$ where referencesTo.count(type = "Action") > 0 and !(notes = "")',
  '$ from search "default work" where category = "Containers"',
  '$ from type Bus select [this, descendants].where(@Volume != 0).first.owner',
];

describe('WAQL under random input', () => {
  const bounds = fuzzBounds({ few: 1000, many: 50_000 });

  it('either answers or refuses with invalid_query', async () => {
    await withEngine(async ({ call, project }) => {
      await call('object.create', {
        parent: '\\Containers\\Default Work Unit',
        type: 'RandomSequenceContainer',
        name: 'A',
        children: ['x', 'y'].map((name) => ({ type: 'Sound', name, '@Volume': -3 })),
      });
      const before = process.memoryUsage().rss;
      const outcome = fuzzWaql(project.model, seeds, { ...bounds, runs: bounds.inputs });
      expect(outcome.runs).toBeGreaterThan(0);
      expect(outcome.accepted + outcome.refused).toBe(outcome.runs);
      expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
      bounds.report('WAQL', { ...outcome });
    });
  });
});
