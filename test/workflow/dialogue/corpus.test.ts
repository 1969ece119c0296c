import { describe, expect, it } from 'vitest';
import { measureCorpus } from './corpus/measure.ts';

const measures = await measureCorpus();

describe('the answers of persons', () => {
  it('are at least 400, half of them written without looking at the extraction', () => {
    const count = (all: typeof measures): number => all.reduce((sum, { answers }) => sum + answers, 0);
    expect(count(measures)).toBeGreaterThanOrEqual(400);
    const blind = measures.filter(({ written }) => written === 'without looking at the extraction');
    expect(count(blind)).toBeGreaterThanOrEqual(count(measures) / 2);
  });

  it.each(measures)('in $language, written $written, are understood', ({ precision, recall, misses }) => {
    const report = `precision ${precision}, recall ${recall}\n${misses.join('\n')}`;
    expect(precision, report).toBeGreaterThanOrEqual(0.98);
    expect(recall, report).toBeGreaterThanOrEqual(0.9);
  });
});
