import { flatMapInTurns } from '../../core/turns/turns.ts';
import { readWaveFacts } from '../../core/wave/wave.ts';
import { lintedSources } from './audio-sources.ts';
import type { Check } from './rules.ts';

/** Audio sources whose original has another sample rate than allowed, or than most have. Unreadable files are another rule's. */
export const sampleRates: Check = async ({ sampleRates: { allowed } }, context) => {
  const sources = await lintedSources(context);
  const rateAt = new Map<string, number | undefined>();
  const rates = await flatMapInTurns(sources, ({ object, path, isThere }) => {
    if (!rateAt.has(path)) rateAt.set(path, isThere() ? rateOf(path) : undefined);
    const rateHz = rateAt.get(path);
    return rateHz === undefined ? [] : [{ object, rateHz }];
  });
  const wanted = allowed.length > 0 ? allowed : mostCommon(rates.map(({ rateHz }) => rateHz));
  return rates
    .filter(({ rateHz }) => !wanted.includes(rateHz))
    .map(({ object, rateHz }) => ({ object, message: `${rateHz} Hz instead of ${wanted.join(' or ')} Hz.` }));
};

function rateOf(path: string): number | undefined {
  try {
    return readWaveFacts(path).sampleRate;
  } catch {
    return undefined;
  }
}

function mostCommon(rates: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const rate of rates) counts.set(rate, (counts.get(rate) ?? 0) + 1);
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return first === undefined ? [] : [first[0]];
}
