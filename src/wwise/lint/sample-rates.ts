import { asString } from '../../core/json.ts';
import { flatMapInTurns } from '../../core/turns/turns.ts';
import { readWaveFacts } from '../../core/wave/wave.ts';
import { originalPathExpression } from '../audio/originals/original-path.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { refOf, refReturns } from '../objects/rows/object-row.ts';
import type { Check } from './rules.ts';

/** Audio sources whose original has another sample rate than allowed, or than most have. Unreadable files are another rule's. */
export const sampleRates: Check = async ({ sampleRates: { allowed } }, context) => {
  const file = originalPathExpression(await context.project());
  const rows = await askRows('$ from type AudioFileSource', [...refReturns, file], context);
  const rates = await flatMapInTurns(rows, (row) => {
    const rateHz = rateOf(asString(row[file]) ?? '');
    return rateHz === undefined ? [] : [{ object: refOf(row), rateHz }];
  });
  const wanted = allowed.length > 0 ? allowed : mostCommon(rates.map(({ rateHz }) => rateHz));
  return rates
    .filter(({ rateHz }) => !wanted.includes(rateHz))
    .map(({ object, rateHz }) => ({ object, message: `${rateHz} Hz instead of ${wanted.join(' or ')} Hz.` }));
};

function rateOf(wwisePath: string): number | undefined {
  try {
    return wwisePath === '' ? undefined : readWaveFacts(wwisePath).sampleRate;
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
