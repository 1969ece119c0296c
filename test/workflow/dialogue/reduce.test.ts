import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Json } from '../../../src/core/json.ts';
import { compileDialogue, type Dialogue } from '../../../src/workflow/dialogue/dialogue.ts';
import { type DialogueState, valuesOf } from '../../../src/workflow/dialogue/dialogue-state.ts';
import type { FieldFinding } from '../../../src/workflow/dialogue/finding.ts';
import {
  beginDialogue,
  type DialogueAnswer,
  type DialogueTurn,
  reduceDialogue,
} from '../../../src/workflow/dialogue/reduce.ts';
import { dialogueTemplate } from '../../../src/workflow/dialogue/template.ts';

type Template = z.input<typeof dialogueTemplate>;

function dialogueOf(template: Template): Dialogue {
  return compileDialogue(dialogueTemplate.parse(template));
}

const blank: DialogueAnswer = { kind: 'nothing', because: 'blank' };
const late: DialogueAnswer = { kind: 'nothing', because: 'time' };
const yes: DialogueAnswer = { kind: 'words', words: 'yes', consent: true, findings: {} };
const no: DialogueAnswer = { kind: 'words', words: 'no', consent: false, findings: {} };
const unclear: DialogueAnswer = { kind: 'words', words: 'hm', consent: null, findings: {} };

function found(value: Json, words = String(value), isNamed = false): FieldFinding {
  return { is: 'value', value, words, layer: 'number', isNamed };
}

/** An answer in which these values were found, by path. */
function values(findings: Readonly<Record<string, Json>>, isNamed = false): DialogueAnswer {
  const given = Object.entries(findings).map(([path, value]) => [path, found(value, String(value), isNamed)]);
  return {
    kind: 'words',
    words: Object.values(findings).join(' '),
    consent: null,
    findings: Object.fromEntries(given),
  };
}

/** The turns of a whole dialogue, the first prompt first. */
function converse(dialogue: Dialogue, ...answers: readonly DialogueAnswer[]): readonly DialogueTurn[] {
  const turns = [beginDialogue(dialogue)];
  for (const answer of answers) turns.push(reduceDialogue(dialogue, last(turns).state, answer));
  return turns;
}

function last(turns: readonly DialogueTurn[]): DialogueTurn {
  const turn = turns.at(-1);
  if (turn === undefined) throw new Error('There is a first turn.');
  return turn;
}

const texts = (turns: readonly DialogueTurn[]) => turns.map(({ prompt }) => prompt?.text ?? null);
const steps = (turns: readonly DialogueTurn[]) => turns.map(({ prompt }) => prompt?.step ?? null);

const volume = { name: 'volume', type: 'number', label: 'Volume', min: -96, max: 12, unit: 'dB' } as const;
const bus = { name: 'bus', type: 'object', objectTypes: ['Bus'], label: 'Bus' } as const;

describe('a dialogue', () => {
  it('asks, takes the value and ends with it', () => {
    const dialogue = dialogueOf({ fields: [volume] });
    const turns = converse(dialogue, values({ volume: -6 }));
    expect(texts(turns)).toEqual(['Volume? From -96 to 12 dB.', null]);
    expect(last(turns).state.end).toEqual({ how: 'done', field: null });
    expect(valuesOf(dialogue, last(turns).state)).toEqual({ volume: -6 });
  });

  it('asks again after no answer and after one without sense, and fails after the third', () => {
    const turns = converse(dialogueOf({ fields: [volume] }), blank, unclear, late);
    expect(steps(turns)).toEqual(['start', 'noInput', 'noMatch', null]);
    expect(turns.map(({ prompt }) => prompt?.attempt)).toEqual([1, 2, 3, undefined]);
    expect(last(turns)).toMatchObject({
      state: {
        end: { how: 'failed', field: 'volume', because: 'tries' },
        fields: { volume: { step: 'failed' } },
      },
      said: ['No answer was found for Volume.'],
    });
  });

  it('says what it understood and what is wrong with it', () => {
    const tooLoud: DialogueAnswer = {
      kind: 'words',
      words: 'as loud as 40',
      consent: null,
      findings: { volume: { is: 'wrong', words: '40', problem: { why: 'tooLarge', value: 40 } } },
    };
    const [, second] = converse(dialogueOf({ fields: [volume] }), tooLoud);
    expect(second?.prompt?.text).toBe('I understood 40 dB; the largest is 12 dB. Volume? From -96 to 12 dB.');
    const [, italian] = converse(dialogueOf({ fields: [volume], language: 'it' }), tooLoud);
    expect(italian?.prompt?.text).toBe('Ho capito 40 dB; il massimo è 12 dB. Volume? Da -96 a 12 dB.');
  });

  it('lets the person choose where several fit', () => {
    const candidates = [
      { value: 'b1', label: '\\Busses\\Main\\SFX' },
      { value: 'b2', label: '\\Busses\\Main\\SFX_UI' },
    ];
    const several: DialogueAnswer = {
      kind: 'words',
      words: 'sfx',
      consent: null,
      findings: { bus: { is: 'several', candidates, words: 'sfx' } },
    };
    const turns = converse(dialogueOf({ fields: [bus] }), several, unclear);
    expect(turns[1]?.prompt).toMatchObject({ step: 'noMatch', choices: candidates });
    expect(turns[1]?.prompt?.schema).toMatchObject({
      properties: { value: { enum: ['\\Busses\\Main\\SFX', '\\Busses\\Main\\SFX_UI'] } },
    });
    expect(turns[2]?.prompt?.choices).toBeUndefined();
  });

  it.each<['en' | 'it', string]>([
    ['en', 'For mixer: Is all of this right?'],
    ['it', 'Per mixer: È tutto giusto?'],
  ])('shows the whole summary to whom it is handed over (%s)', (language, words) => {
    const dialogue = dialogueOf({
      ...{ fields: [volume], language, confirm: 'summary', tries: 1, escalation: 'handoff', role: 'mixer' },
    });
    const asked = beginDialogue(dialogue, { volume: -6 });
    const handed = reduceDialogue(dialogue, asked.state, { kind: 'nothing', because: 'blank' });
    expect(handed.prompt).toMatchObject({ field: '$summary', text: `${words}\nVolume: -6 dB` });
  });

  it('asks whom a yes or no is handed over to for that', () => {
    const loop = { name: 'loop', type: 'yesNo', label: 'Loop' };
    const dialogue = dialogueOf({ fields: [loop], tries: 1, escalation: 'handoff', role: 'mixer' });
    const { state } = beginDialogue(dialogue);
    const handed = reduceDialogue(dialogue, state, { kind: 'nothing', because: 'blank' });
    expect(handed.prompt?.text).toBe('For mixer: Loop: yes or no?');
  });

  it('takes the default by escalation, and says so', () => {
    const dialogue = dialogueOf({ fields: [{ ...volume, default: 0, escalation: 'default', tries: 1 }] });
    const turn = last(converse(dialogue, unclear));
    expect(turn).toMatchObject({
      state: { end: { how: 'done' } },
      said: ['The default was taken for Volume.'],
    });
    expect(turn.state.fields.volume).toMatchObject({ value: 0, layer: 'default' });
  });

  it('is handed over to a role, asks there from the first try, and fails when that is of no use either', () => {
    const dialogue = dialogueOf({ fields: [volume], tries: 2, escalation: 'handoff', role: 'mixer' });
    const turns = converse(dialogue, unclear, unclear);
    expect(last(turns)).toMatchObject({
      state: { handedTo: 'mixer', end: null },
      prompt: { step: 'escalate', attempt: 1, text: 'For mixer: Volume? From -96 to 12 dB.' },
    });
    expect(last(converse(dialogue, unclear, unclear, values({ volume: 1 }))).state.end?.how).toBe('done');
    expect(last(converse(dialogue, unclear, unclear, unclear, unclear)).state.end?.how).toBe('failed');
  });

  it('ends when the person declines', () => {
    const turn = last(converse(dialogueOf({ fields: [volume, bus] }), { kind: 'declined' }));
    expect(turn).toMatchObject({ prompt: null, state: { end: { how: 'failed', because: 'declined' } } });
  });

  it('leaves out what is not required after an empty answer, not after none', () => {
    const dialogue = dialogueOf({ fields: [{ name: 'notes', type: 'text', required: false }] });
    const left = last(converse(dialogue, blank));
    expect(left.state.end?.how).toBe('done');
    expect(valuesOf(dialogue, left.state)).toEqual({});
    expect(steps(converse(dialogue, late))).toEqual(['start', 'noInput']);
  });

  it('fills several fields from one answer, and asks for the rest only', () => {
    const dialogue = dialogueOf({ fields: [{ name: 'name', type: 'text' }, bus, volume] });
    const turns = converse(dialogue, values({ name: 'Footsteps', volume: -6 }), values({ bus: 'b1' }));
    expect(turns.map(({ prompt }) => prompt?.field)).toEqual(['name', 'bus', undefined]);
    expect(valuesOf(dialogue, last(turns).state)).toEqual({ name: 'Footsteps', volume: -6, bus: 'b1' });
  });

  it('asks the question again without counting it, when the answer was for another', () => {
    const turns = converse(dialogueOf({ fields: [volume, bus] }), values({ bus: 'b1' }));
    expect(last(turns).prompt).toMatchObject({ field: 'volume', step: 'start', attempt: 1 });
  });

  it('replaces an earlier value only where the answer named the field', () => {
    const dialogue = dialogueOf({ fields: [volume, bus] });
    const unnamed = last(converse(dialogue, values({ volume: -6 }), values({ volume: -3, bus: 'b1' })));
    expect(valuesOf(dialogue, unnamed.state)).toEqual({ volume: -6, bus: 'b1' });
    const named = last(converse(dialogue, values({ volume: -6 }), values({ volume: -3, bus: 'b1' }, true)));
    expect(valuesOf(dialogue, named.state)).toEqual({ volume: -3, bus: 'b1' });
  });

  describe('with values that are confirmed one by one', () => {
    const dialogue = dialogueOf({ fields: [volume], confirm: 'value' });

    it('asks whether it is right, and ends after a yes', () => {
      const turns = converse(dialogue, values({ volume: -6 }), yes);
      expect(texts(turns)).toEqual(['Volume? From -96 to 12 dB.', 'Volume: -6 dB. Is that right?', null]);
    });

    it('asks anew after a no', () => {
      const turns = converse(dialogue, values({ volume: -6 }), no);
      expect(last(turns)).toMatchObject({ prompt: { step: 'notConfirmed' } });
      expect(last(turns).state.fields.volume?.value).toBeUndefined();
    });

    it('takes a correction with the no, and confirms that', () => {
      const correction: DialogueAnswer = {
        kind: 'words',
        words: 'no, -3',
        consent: false,
        findings: { volume: found(-3) },
      };
      const turns = converse(dialogue, values({ volume: -6 }), correction);
      expect(last(turns).prompt?.text).toBe('Volume: -3 dB. Is that right?');
    });

    it('takes the same value again as a yes', () => {
      expect(last(converse(dialogue, values({ volume: -6 }), values({ volume: -6 }))).state.end?.how).toBe(
        'done',
      );
    });

    it('goes on to ask for the confirmation after words without sense, and escalates with them', () => {
      const turns = converse(dialogue, values({ volume: -6 }), unclear, blank, unclear);
      expect(steps(turns)).toEqual(['start', 'confirmation', 'confirmation', 'noInput', null]);
      expect(last(turns).state.end?.how).toBe('failed');
    });
  });

  describe('with one confirmation of all', () => {
    const dialogue = dialogueOf({
      fields: [volume, { ...bus, type: 'text', objectTypes: undefined }],
      confirm: 'summary',
    });
    const filled = [values({ volume: -6 }), values({ bus: 'SFX' })];

    it('shows all values and ends after a yes', () => {
      const turns = converse(dialogue, ...filled, yes);
      expect(texts(turns).at(-2)).toBe('Is all of this right?\nVolume: -6 dB\nBus: SFX');
      expect(last(turns).state.end?.how).toBe('done');
    });

    it('takes corrections, as often as there are some, and shows all again', () => {
      const many = Array.from({ length: 6 }, (_, index) => values({ volume: -index }));
      const turns = converse(dialogue, ...filled, ...many);
      expect(last(turns).prompt?.text).toContain('Volume: -5 dB');
      expect(valuesOf(dialogue, last(converse(dialogue, ...filled, ...many, yes)).state)).toEqual({
        volume: -5,
        bus: 'SFX',
      });
    });

    it('asks what should be different after a no, and fails after three of no use', () => {
      const turns = converse(dialogue, ...filled, no, unclear, no);
      expect(steps(turns).slice(2)).toEqual(['confirmation', 'notConfirmed', 'noMatch', null]);
      expect(last(turns).state.end).toMatchObject({ how: 'failed', field: '$summary' });
    });
  });

  describe('with a group', () => {
    const fields: Template['fields'] = [
      {
        name: 'sound',
        type: 'group',
        prompts: { start: 'Which sound, and how loud?' },
        fields: [{ name: 'name', type: 'text' }, volume],
      },
    ];

    it('asks for all of it, then for what is missing, and gives an object', () => {
      const dialogue = dialogueOf({ fields });
      const turns = converse(dialogue, values({ 'sound.name': 'Step' }), values({ 'sound.volume': -6 }));
      expect(texts(turns)).toEqual(['Which sound, and how loud?', 'Volume? From -96 to 12 dB.', null]);
      expect(valuesOf(dialogue, last(turns).state)).toEqual({ sound: { name: 'Step', volume: -6 } });
    });

    it('asks again when nothing of it was said, and escalates as a whole', () => {
      const dialogue = dialogueOf({ fields });
      expect(steps(converse(dialogue, unclear, unclear, unclear))).toEqual([
        'start',
        'noMatch',
        'noMatch',
        null,
      ]);
    });

    it('takes the defaults of its fields by escalation, and fails where one has none', () => {
      const group = (preset: object): Template['fields'] => [
        {
          name: 'g',
          type: 'group',
          tries: 1,
          escalation: 'default',
          prompts: { start: '?' },
          fields: [
            { name: 'a', type: 'text', default: 'x' },
            { name: 'b', type: 'text', escalation: 'fail', ...preset },
          ],
        },
      ];
      const whole = dialogueOf({ fields: group({ default: 'y' }) });
      expect(valuesOf(whole, last(converse(whole, unclear)).state)).toEqual({ g: { a: 'x', b: 'y' } });
      expect(last(converse(dialogueOf({ fields: group({}) }), unclear)).state.end?.how).toBe('failed');
    });
  });

  it('asks only where the condition of a field holds, and forgets what a correction makes needless', () => {
    const dialogue = dialogueOf({
      fields: [
        { name: 'loop', type: 'yesNo' },
        { name: 'count', type: 'number', when: { field: 'loop', operator: 'isTrue' } },
      ],
    });
    expect(last(converse(dialogue, values({ loop: false }))).state.end?.how).toBe('done');
    const asked = converse(dialogue, values({ loop: true }));
    expect(last(asked).prompt?.field).toBe('count');
    const needless = last(
      converse(dialogue, values({ loop: true }), values({ loop: false, count: 2 }, true)),
    );
    expect(valuesOf(dialogue, needless.state)).toEqual({ loop: false });
  });

  it('says its own words in turn, the last again and again, with what stands for them', () => {
    const dialogue = dialogueOf({
      tries: 5,
      fields: [
        {
          ...volume,
          prompts: { start: 'How loud?', noMatch: ['{words} what?', 'Pardon?'], success: 'So {value}.' },
        },
      ],
    });
    const turns = converse(dialogue, unclear, unclear, unclear, values({ volume: 3 }));
    expect(texts(turns)).toEqual(['How loud?', ' what?', 'Pardon?', 'Pardon?', null]);
    expect(last(turns).said).toEqual(['So 3 dB.']);
  });

  it('never looks through what a person said for more to replace', () => {
    const dialogue = dialogueOf({
      fields: [{ name: 'name', type: 'text', label: 'Name' }],
      confirm: 'value',
    });
    expect(last(converse(dialogue, values({ name: '{min} $& {label}' }))).prompt?.text).toBe(
      'Name: {min} $& {label}. Is that right?',
    );
  });

  it('takes what is known beforehand without asking', () => {
    const dialogue = dialogueOf({ fields: [volume, bus] });
    const turn = beginDialogue(dialogue, { volume: -1 });
    expect(turn.prompt?.field).toBe('bus');
  });

  it('keeps fields apart that are called as something every object has', () => {
    const dialogue = dialogueOf({
      fields: [
        { name: 'constructor', type: 'text' },
        { name: '__proto__', type: 'text' },
      ],
    });
    const turns = converse(dialogue, unclear, values({ constructor: 'a' }));
    expect(turns.map(({ prompt }) => prompt?.field)).toEqual(['constructor', 'constructor', '__proto__']);
  });

  it('stays as it is once it has ended', () => {
    const dialogue = dialogueOf({ fields: [volume] });
    const { state } = last(converse(dialogue, values({ volume: 1 })));
    expect(reduceDialogue(dialogue, state, values({ volume: 2 })).state).toBe(state);
  });
});

describe('every dialogue', () => {
  const dialogues = [
    dialogueOf({ fields: [volume, bus], confirm: 'value', escalation: 'handoff', role: 'mixer' }),
    dialogueOf({ fields: [volume, { ...bus, required: false }], confirm: 'summary' }),
    dialogueOf({
      tries: 2,
      fields: [
        {
          name: 'g',
          type: 'group',
          prompts: { start: 'All?' },
          fields: [volume, { ...bus, when: { field: 'g.volume', operator: 'gt', value: 0 } }],
        },
        { name: 'loop', type: 'yesNo', default: false, escalation: 'default' },
      ],
    }),
  ];

  it('ends, gives the same turn for the same state and answer, and survives being written down', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = randomOf(seed);
      for (const dialogue of dialogues) {
        let turn = beginDialogue(dialogue);
        let answers = 0;
        for (; turn.prompt !== null; answers += 1) {
          // Named corrections change a value each time: whoever goes on with them for ever is asked for ever.
          const answer = randomAnswer(dialogue, next, answers < 40);
          const written: DialogueState = JSON.parse(JSON.stringify(turn.state));
          const once = reduceDialogue(dialogue, turn.state, answer);
          expect(reduceDialogue(dialogue, written, answer)).toEqual(once);
          turn = once;
          expect(answers).toBeLessThan(100);
        }
        expect(turn.state.end).not.toBeNull();
      }
    }
  });
});

function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function randomAnswer(dialogue: Dialogue, next: (below: number) => number, mayFind: boolean): DialogueAnswer {
  const kind = next(12);
  if (kind === 0) return blank;
  if (kind === 1) return late;
  if (kind === 2 && next(10) === 0) return { kind: 'declined' };
  if (kind < 5) return yes;
  if (kind < 6) return no;
  if (kind < 8 || !mayFind) return unclear;
  const leaf = dialogue.leaves[next(dialogue.leaves.length)];
  return leaf === undefined ? unclear : values({ [leaf.path]: next(5) - 2 }, next(2) === 0);
}
