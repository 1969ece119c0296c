import type { Json } from '../../../core/json.ts';
import { evaluationError } from '../cel/evaluation.ts';
import type { ExpressionFunction, FunctionCall } from './expression-function.ts';
import { finite } from './numbers.ts';
import { numberArg } from './read-arguments.ts';

export const soundFunctions: readonly ExpressionFunction[] = [
  conversion(
    'dbToLinear',
    'db',
    'The amplitude factor of a level in dB.',
    ['dbToLinear(-20)', 0.1],
    (db) => 10 ** (db / 20),
  ),
  {
    name: 'linearToDb',
    parameters: [
      { name: 'factor', type: 'number' },
      { name: 'floorDb', type: 'number', isOptional: true },
    ],
    returns: 'number',
    gives:
      'The level in dB of an amplitude factor; for silence, and for all below it, floorDb (-200 where left out).',
    example: ['linearToDb(10)', 20],
    run: (args, call) => {
      const factor = notNegative(numberArg(args, 0), call);
      return Math.max(numberArg(args, 1, -200), 20 * Math.log10(factor));
    },
  },
  conversion(
    'semitonesToCents',
    'semitones',
    'Cents of a pitch in semitones.',
    ['semitonesToCents(-1.5)', -150],
    (semitones) => semitones * 100,
  ),
  conversion(
    'centsToSemitones',
    'cents',
    'Semitones of a pitch in cents.',
    ['centsToSemitones(250)', 2.5],
    (cents) => cents / 100,
  ),
  conversion(
    'semitonesToRatio',
    'semitones',
    'The factor of frequency and speed of a pitch in semitones.',
    ['semitonesToRatio(12)', 2],
    (semitones) => 2 ** (semitones / 12),
  ),
  conversion(
    'ratioToSemitones',
    'ratio',
    'The pitch in semitones of a factor of frequency or speed.',
    ['ratioToSemitones(0.5)', -12],
    (ratio, call) => 12 * Math.log2(notNegative(ratio, call)),
  ),
  conversion(
    'centsToRatio',
    'cents',
    'The factor of frequency and speed of a pitch in cents.',
    ['centsToRatio(1200)', 2],
    (cents) => 2 ** (cents / 1200),
  ),
  conversion(
    'ratioToCents',
    'ratio',
    'The pitch in cents of a factor of frequency or speed.',
    ['ratioToCents(2)', 1200],
    (ratio, call) => 1200 * Math.log2(notNegative(ratio, call)),
  ),
  conversion(
    'midiToHz',
    'note',
    'The frequency in Hz of a MIDI note; 69 is 440 Hz.',
    ['midiToHz(57)', 220],
    (note) => 440 * 2 ** ((note - 69) / 12),
  ),
  conversion(
    'hzToMidi',
    'hz',
    'The MIDI note of a frequency in Hz, with its fraction.',
    ['hzToMidi(880)', 81],
    (hz, call) => 69 + 12 * Math.log2(notNegative(hz, call) / 440),
  ),
  conversion(
    'bpmToMs',
    'bpm',
    'The milliseconds of a beat at so many beats per minute.',
    ['bpmToMs(120)', 500],
    (bpm) => 60_000 / bpm,
  ),
  {
    name: 'samplesToMs',
    parameters: [
      { name: 'samples', type: 'number' },
      { name: 'rateHz', type: 'number' },
    ],
    returns: 'number',
    gives: 'The milliseconds that so many samples take at a sample rate in Hz.',
    example: ['samplesToMs(24000, 48000)', 500],
    run: (args, call) => finite((numberArg(args, 0) / numberArg(args, 1)) * 1000, call),
  },
  {
    name: 'msToSamples',
    parameters: [
      { name: 'ms', type: 'number' },
      { name: 'rateHz', type: 'number' },
    ],
    returns: 'number',
    gives: 'The samples, a whole number, that so many milliseconds take at a sample rate in Hz.',
    example: ['msToSamples(500, 48000)', 24000],
    run: (args, call) => finite(Math.round((numberArg(args, 0) * numberArg(args, 1)) / 1000), call),
  },
];

function conversion(
  name: string,
  parameter: string,
  gives: string,
  example: readonly [string, Json],
  convert: (value: number, call: FunctionCall) => number,
): ExpressionFunction {
  return {
    name,
    parameters: [{ name: parameter, type: 'number' }],
    returns: 'number',
    gives,
    example,
    run: (args, call) => finite(convert(numberArg(args, 0), call), call),
  };
}

function notNegative(value: number, call: FunctionCall): number {
  if (value >= 0) return value;
  const message = `${call.name}() of ${value}, a number below 0, has no value.`;
  throw evaluationError(call.evaluation, call.offset, message, 'Write abs(x) around what may be negative.');
}
