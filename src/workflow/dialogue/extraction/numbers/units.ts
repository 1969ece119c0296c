import type { units } from '../../template.ts';

export type AmountUnit = (typeof units)[number];

/** How a unit is said, and how many of the unit it stands for it is. */
interface SaidUnit {
  readonly unit: AmountUnit;
  readonly times: number;
}

/** The unit a folded word names. */
export function unitOf(folded: string): SaidUnit | undefined {
  return said.get(folded);
}

/** The unit that letters right behind digits name: "20c", "8k". */
export function attachedUnitOf(folded: string): SaidUnit | undefined {
  return attached.get(folded);
}

/** The same amount in another unit; undefined where the two do not measure the same. */
export function converted(value: number, from: AmountUnit, to: AmountUnit): number | undefined {
  if (from === to) return value;
  const factor = factors.get(`${from}>${to}`);
  return factor === undefined ? undefined : inDigits(value * factor);
}

/** A part of the whole in a unit: half of a level is -6.02 dB, half of 100 % is 50 %. */
export function portionIn(portion: number, unit: AmountUnit | undefined): number | undefined {
  if (unit === undefined) return portion;
  if (unit === '%') return portion * 100;
  return unit === 'dB' && portion > 0 ? inDigits(20 * Math.log10(portion), 2) : undefined;
}

export function inDigits(value: number, digits = 9): number {
  return Number(value.toFixed(digits));
}

const said: ReadonlyMap<string, SaidUnit> = new Map(
  (
    [
      ['dB', 1, 'db decibel decibels'],
      ['semitones', 1, 'semitone semitones semitono semitoni st semi semis'],
      ['semitones', 2, 'tone tones tono toni'],
      ['semitones', 12, 'octave octaves ottava ottave'],
      ['semitones', 7, 'fifth fifths quinta quinte'],
      ['cents', 1, 'cent cents centesimo centesimi'],
      ['s', 1, 's sec secs second seconds secondo secondi'],
      ['s', 60, 'min mins minute minutes minuto minuti'],
      ['ms', 1, 'ms msec millisecond milliseconds millisecondo millisecondi millis milli'],
      ['Hz', 1, 'hz hertz'],
      ['Hz', 1_000, 'khz kilohertz'],
      ['%', 1, '% percent percento'],
    ] as const
  ).flatMap(([unit, times, words]) => words.split(' ').map((word) => [word, { unit, times }] as const)),
);

const attached: ReadonlyMap<string, SaidUnit> = new Map([
  ['c', { unit: 'cents', times: 1 }],
  ['ct', { unit: 'cents', times: 1 }],
  ['k', { unit: 'Hz', times: 1_000 }],
]);

const factors: ReadonlyMap<string, number> = new Map([
  ['s>ms', 1_000],
  ['ms>s', 0.001],
  ['semitones>cents', 100],
  ['cents>semitones', 0.01],
]);
