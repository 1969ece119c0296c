import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/core/json.ts';
import { compileDialogue } from '../../../src/workflow/dialogue/dialogue.ts';
import { extractAnswer } from '../../../src/workflow/dialogue/extraction/extract.ts';
import type { FindObjects } from '../../../src/workflow/dialogue/extraction/objects.ts';
import { beginDialogue } from '../../../src/workflow/dialogue/reduce.ts';
import { dialogueTemplate } from '../../../src/workflow/dialogue/template.ts';

const busses = '\\Busses\\Main Audio Bus';
const objects = [
  { name: 'SFX', type: 'Bus', path: `${busses}\\SFX` },
  { name: 'SFX_UI', type: 'Bus', path: `${busses}\\SFX_UI` },
  { name: 'Music', type: 'Bus', path: `${busses}\\Music` },
  { name: 'Rain', type: 'Bus', path: `${busses}\\SFX\\Rain` },
  { name: 'Rain', type: 'Bus', path: `${busses}\\Music\\Rain` },
  { name: 'Footsteps', type: 'Sound', path: '\\Containers\\Default Work Unit\\Footsteps' },
];

const findObjects: FindObjects = async (phrases) =>
  new Map(
    phrases.map((phrase) => [
      phrase,
      objects
        .filter(({ name, path }) => [name, path].some((one) => one.toLowerCase() === phrase.toLowerCase()))
        .map(({ path, type }) => ({ value: path, label: path, type })),
    ]),
  );

const volume = { name: 'volume', type: 'number', min: -96, max: 12, unit: 'dB' };
const gain = { name: 'gain', type: 'number', unit: 'dB' };
const pitch = { name: 'pitch', type: 'number', unit: 'cents' };
const fade = { name: 'fadeTime', type: 'number', unit: 's' };
const count = { name: 'count', type: 'number' };
const loop = { name: 'loop', type: 'yesNo' };
const bus = { name: 'bus', type: 'object', objectTypes: ['Bus'] };
const sound = { name: 'name', type: 'text' };
const day = { name: 'day', type: 'date' };
const take = {
  name: 'version',
  type: 'choice',
  choices: [
    { value: 'a', label: 'Take A' },
    { value: 'b', label: 'Take B', words: ['the loud one'] },
    { value: 'c', label: 'Take B soft' },
  ],
};
const ticket = { name: 'ticket', type: 'text', pattern: '[A-Z]+-\\d+' };
const speed = {
  name: 'speed',
  type: 'choice',
  choices: [{ value: 'slow' }, { value: 'fast' }],
  rules: [{ pattern: 'no hurry|piano', value: 'slow' }],
};

async function understood(language: 'en' | 'it', fields: readonly object[], answer: string) {
  const dialogue = compileDialogue(dialogueTemplate.parse({ language, fields }));
  const { state } = beginDialogue(dialogue);
  return extractAnswer(answer, dialogue, state, { findObjects, nowMs: Date.UTC(2026, 10, 30, 12) });
}

async function valuesIn(language: 'en' | 'it', fields: readonly object[], answer: string) {
  const { findings } = await understood(language, fields, answer);
  return Object.fromEntries(
    Object.entries(findings).map(([path, found]) => [path, found.is === 'value' ? found.value : found.is]),
  );
}

type Row = readonly [language: 'en' | 'it', field: { name: string }, answer: string, value: Json | undefined];

const rows: readonly Row[] = [
  ...(['-6', '-6 dB', '-6dB', 'minus six decibels', 'about minus 6', 'Volume: -6'] as const).map(
    (answer): Row => ['en', volume, answer, -6],
  ),
  ...(['-6', 'meno sei', 'meno 6 dB', 'direi meno sei decibel'] as const).map(
    (answer): Row => ['it', volume, answer, -6],
  ),
  ['en', volume, 'half', -6.02],
  ['it', volume, 'la metà', -6.02],
  ['en', volume, '50 %', -6.02],
  ['en', volume, '+3', 3],
  ['it', volume, 'meno 6,5', -6.5],
  ['it', volume, 'meno ventiquattro', -24],
  ['en', volume, '40', 'wrong'],
  ['en', volume, 'two semitones', 'wrong'],
  ['en', volume, 'as loud as before', undefined],
  ['en', pitch, 'a tone', 200],
  ['it', pitch, 'un tono', 200],
  ['it', pitch, 'mezzo tono', 100],
  ['it', pitch, 'un tono e mezzo', 300],
  ['it', pitch, "un'ottava", 1_200],
  ['en', pitch, '+2 semitones', 200],
  ['en', pitch, 'two and a half semitones', 250],
  ['en', fade, '1.5 s', 1.5],
  ['en', fade, '300 ms', 0.3],
  ['en', fade, 'half a second', 0.5],
  ['en', fade, 'a second and a half', 1.5],
  ['en', fade, 'a quarter of a second', 0.25],
  ['en', fade, '1,500 ms', 1.5],
  ['it', fade, '1.500 ms', 1.5],
  ['it', fade, '1,5 secondi', 1.5],
  ['en', count, 'twenty-five', 25],
  ['en', count, 'two hundred and ten', 210],
  ['it', count, 'duecentodieci', 210],
  ['en', count, 'Step2', undefined],
  ['en', count, '1e3', undefined],
  ...(['yes', 'Yep', "that's right", 'no problem', 'sure, go ahead', 'ok!'] as const).map(
    (answer): Row => ['en', loop, answer, true],
  ),
  ...(['no', 'not really', 'please do not', 'nope.'] as const).map(
    (answer): Row => ['en', loop, answer, false],
  ),
  ...(['sì', 'va bene', 'certo', 'direi di sì', 'non c’è problema'] as const).map(
    (answer): Row => ['it', loop, answer, true],
  ),
  ...(['no', 'non va bene', 'per niente', 'sbagliato'] as const).map(
    (answer): Row => ['it', loop, answer, false],
  ),
  ['en', loop, 'maybe', undefined],
  ['en', loop, "I don't know", undefined],
  ['it', loop, 'non saprei', undefined],
  ['en', take, 'take a', 'a'],
  ['en', take, 'the second one', 'b'],
  ['it', take, 'la prima', 'a'],
  ['it', take, "l'ultima", 'c'],
  ['en', take, 'the loud one', 'b'],
  ['en', take, 'Take B soft please', 'c'],
  ['en', take, 'tke a', 'a'],
  ['en', take, 'take a or take b', 'several'],
  ['en', take, 'neither', undefined],
  ['en', speed, 'no hurry', 'slow'],
  ['it', speed, 'fai piano', 'slow'],
  ['en', bus, 'sfx', `${busses}\\SFX`],
  ['en', bus, 'sfx ui', `${busses}\\SFX_UI`],
  ['en', bus, 'route it to the Music bus', `${busses}\\Music`],
  ['en', bus, `${busses}\\SFX, please`, `${busses}\\SFX`],
  ['en', bus, 'rain', 'several'],
  ['en', bus, 'Footsteps', 'wrong'],
  ['en', bus, 'Voices', 'wrong'],
  ['en', day, '2026-12-01', '2026-12-01'],
  ['en', day, 'tomorrow', '2026-12-01'],
  ['it', day, 'dopodomani', '2026-12-02'],
  ['en', day, '12/11/2026', 'several'],
  ['it', day, '12/11/2026', '2026-11-12'],
  ['en', day, '13/11/2026', '2026-11-13'],
  ['en', day, 'November 12, 2026', '2026-11-12'],
  ['it', day, 'il 12 novembre 2026', '2026-11-12'],
  ['en', day, 'February 30 2026', undefined],
  ['en', sound, 'call it Wind Loop', 'Wind Loop'],
  ['it', sound, 'chiamalo Vento', 'Vento'],
  ['en', sound, 'the name is "Big Door"', 'Big Door'],
  ['en', ticket, 'it is WW-42', 'WW-42'],
  ['en', ticket, 'forty-two', 'wrong'],
];

describe('an answer', () => {
  it.each(rows)('in %s for %o: %s', async (language, field, answer, value) => {
    expect(await valuesIn(language, [field], answer)).toEqual(
      value === undefined ? {} : { [field.name]: value },
    );
  });

  it('may fill several fields', async () => {
    const fields = [sound, bus, volume];
    expect(await valuesIn('en', fields, 'Wind_Loop to the SFX bus at -6 dB')).toEqual({
      name: 'Wind_Loop',
      bus: `${busses}\\SFX`,
      volume: -6,
    });
    expect(await valuesIn('it', fields, 'Passi sul bus Music a meno sei dB')).toEqual({
      name: 'Passi',
      bus: `${busses}\\Music`,
      volume: -6,
    });
  });

  it.each([
    ['en', 'Footsteps to the SFX bus at -6 dB', { name: 'Footsteps', bus: 'SFX', volume: -6 }],
    ['en', 'Footsteps on bus SFX, -6 dB', { name: 'Footsteps', bus: 'SFX', volume: -6 }],
    ['en', 'Footsteps through the Big SFX bus', { name: 'Footsteps', bus: 'Big SFX' }],
    ['it', 'Passi sul bus SFX a -6 dB', { name: 'Passi', bus: 'SFX', volume: -6 }],
    ['it', 'Passi, SFX, meno sei dB', { name: 'Passi', bus: 'SFX', volume: -6 }],
  ] as const)(
    'may fill several fields, of which one has choices, in %s: %s',
    async (language, answer, values) => {
      const choices = [{ value: 'SFX' }, { value: 'Big SFX' }, { value: 'Music' }];
      const chosen = { name: 'bus', type: 'choice', label: 'Bus', choices };
      expect(await valuesIn(language, [sound, chosen, volume], answer)).toEqual(values);
      const { findings } = await understood(language, [sound, chosen, volume], 'not that, the Music bus');
      expect(findings.bus).toMatchObject({ is: 'value', value: 'Music', isNamed: true });
    },
  );

  it('gives numbers of one unit to the fields that are named before them', async () => {
    expect(await valuesIn('en', [volume, gain], 'gain -3 dB and volume -9 dB')).toEqual({
      gain: -3,
      volume: -9,
    });
    const { findings } = await understood('en', [volume, gain], 'gain -3 dB');
    expect(findings).toEqual({
      gain: { is: 'value', value: -3, words: '-3 dB', layer: 'number', isNamed: true },
    });
  });

  it('of a megabyte is understood in a moment, and of control characters not at all', async () => {
    const long = await understood('en', [sound, volume, bus, take], `${'very '.repeat(200_000)}long`);
    expect(long.words.length).toBeLessThan(300);
    expect(await valuesIn('en', [volume], '\u0000\u001b[2J\u202e')).toEqual({});
    expect(await valuesIn('en', [volume], '')).toEqual({});
  });
});
