import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { kindsOf } from '../../../src/workflow/nodes/catalog.ts';
import { estimateCosts } from '../../../src/workflow/preview/estimate-costs.ts';
import { compile, emptyShelf, node, shelfBus } from '../harness.ts';
import { presetsOf } from '../remote/run-remote.ts';

const presets = presetsOf({
  words: {
    title: 'Words',
    description: 'Words.',
    baseUrl: 'https://words.example',
    default: 'word',
    operations: { word: { description: 'A word.', path: '/word', cost: { perCall: 0.1 } } },
    models: { small: { perInputToken: 0.001, perOutputToken: 0.002 } },
  },
});

const estimated = (nodes: readonly JsonObject[], callsOf?: (node: string) => number | undefined) =>
  estimateCosts(
    compile({ inputs: { names: { type: 'array' } }, nodes }),
    kindsOf(shelfBus(emptyShelf())),
    presets,
    callsOf,
  );

describe('what a run is expected to cost', () => {
  it('goes by the prices of presets and of the document, which has the last word', () => {
    const costs = estimated([
      node('a', 'http', { preset: 'words' }),
      { ...node('b', 'http', { preset: 'words' }), cost: { perCall: 1, currency: 'EUR' } },
      { ...node('c', 'createSound', { name: 'C' }), cost: { perCall: 0.5, currency: 'USD' } },
    ]);
    expect(costs?.totals).toEqual([
      { currency: 'USD', totalCost: 0.6 },
      { currency: 'EUR', totalCost: 1 },
    ]);
    expect(costs?.nodes.map(({ node: id, calls, totalCost }) => [id, calls, totalCost])).toEqual([
      ['a', 1, 0.1],
      ['b', 1, 1],
      ['c', 1, 0.5],
    ]);
    expect(costs?.unknown).toEqual([]);
  });

  it('of a model is what its longest answer costs', () => {
    const data = { preset: 'words', model: 'small', prompt: 'x'.repeat(400), maxTokens: 10 };
    expect(estimated([node('a', 'ai', data)])?.totals).toEqual([{ currency: 'USD', totalCost: 0.12 }]);
  });

  it('says which share nobody can know before: by items, and without a price', () => {
    const costs = estimated([
      node('each', 'forEach', { items: '$input:names', nodes: [node('one', 'http', { preset: 'words' })] }),
      node('list', 'http', { preset: 'words', items: [1, 2] }),
      node('plain', 'http', { url: 'https://plain.example' }),
    ]);
    expect(costs?.totals).toEqual([]);
    expect(costs?.unknown.map(({ node: id }) => id)).toEqual(['each[].one', 'list', 'plain']);
    const counted = estimated(
      [node('each', 'forEach', { items: '$input:names', nodes: [node('one', 'http', { preset: 'words' })] })],
      () => 7,
    );
    expect(counted?.totals).toEqual([{ currency: 'USD', totalCost: 0.7 }]);
  });

  it('is not spoken of where nothing has a price', () => {
    expect(estimated([node('a', 'createSound', { name: 'A' })])).toBeUndefined();
  });
});
