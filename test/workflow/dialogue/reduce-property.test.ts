import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { compileDialogue } from '../../../src/workflow/dialogue/dialogue.ts';
import { valuesOf } from '../../../src/workflow/dialogue/dialogue-state.ts';
import {
  beginDialogue,
  type DialogueAnswer,
  type DialogueTurn,
  reduceDialogue,
  repeatQuestion,
} from '../../../src/workflow/dialogue/reduce.ts';
import { dialogueTemplate } from '../../../src/workflow/dialogue/template.ts';
import { compileSchema } from '../../../src/workflow/schemas/compile-schema.ts';
import { randomCases } from '../../harness/amount.ts';

type Template = z.input<typeof dialogueTemplate>;

const dialogueOf = (template: Template) => compileDialogue(dialogueTemplate.parse(template));
const unclear: DialogueAnswer = { kind: 'words', words: 'hm', consent: null, findings: {} };
const volume = { name: 'volume', type: 'number', label: 'Volume', unit: 'dB' } as const;

/** What follows from these answers, the first prompt first. */
function turnsOf(template: Template, answers: readonly DialogueAnswer[]): readonly DialogueTurn[] {
  const dialogue = dialogueOf(template);
  let turn = beginDialogue(dialogue);
  return [
    turn,
    ...answers.map((answer) => {
      turn = reduceDialogue(dialogue, turn.state, answer);
      return turn;
    }),
  ];
}

describe('a dialogue at its edges', () => {
  it('takes the default of a field that need not be answered', () => {
    const template = { fields: [{ ...volume, required: false, default: -3 }] };
    const [, end] = turnsOf(template, [{ kind: 'nothing', because: 'blank' }]);
    expect(end?.state).toMatchObject({
      ...{ end: { how: 'done' }, fields: { volume: { value: -3, layer: 'default' } } },
    });
  });

  it('fails where a summary is not agreed to, as there is no default for all of it', () => {
    const template: Template = {
      ...{ confirm: 'summary', escalation: 'default', tries: 2 },
      fields: [{ ...volume, default: -3 }],
    };
    const value: DialogueAnswer = {
      ...{ kind: 'words', words: '-6', consent: null },
      findings: { volume: { is: 'value', value: -6, words: '-6', layer: 'number' } },
    };
    const end = turnsOf(template, [value, unclear, unclear]).at(-1);
    expect(end?.state.end).toMatchObject({ how: 'failed', field: '$summary', because: 'tries' });
  });

  it('is handed over to whoever there is where no role is named', () => {
    const template: Template = { escalation: 'handoff', tries: 1, fields: [volume] };
    const end = turnsOf(template, [unclear]).at(-1);
    expect(end).toMatchObject({ state: { handedTo: '', end: null }, prompt: { step: 'escalate' } });
  });

  it('leaves out what has no default and need not be there when a group escalates to its defaults', () => {
    const fields = [
      { name: 'a', type: 'number', required: false } as const,
      { name: 'b', type: 'number', default: 1 } as const,
    ];
    const template: Template = {
      ...{ escalation: 'default', tries: 1 },
      fields: [{ name: 'both', type: 'group', fields, prompts: { start: 'Both?' } }],
    };
    const end = turnsOf(template, [unclear]).at(-1);
    expect(end?.state.end).toEqual({ how: 'done', field: null });
    expect(end && valuesOf(dialogueOf(template), end.state)).toEqual({ both: { b: 1 } });
  });

  it('has all its tries to confirm a value that replaces one from an escalation', () => {
    const bus = { name: 'bus', type: 'text', confirm: true, default: 'Main' } as const;
    const template: Template = { escalation: 'default', tries: 1, fields: [bus, volume] };
    const correction: DialogueAnswer = {
      ...{ kind: 'words', words: 'the SFX bus', consent: null },
      findings: { bus: { is: 'value', value: 'SFX', words: 'SFX', layer: 'option', isNamed: true } },
    };
    const turn = turnsOf(template, [unclear, correction]).at(-1);
    expect(turn?.prompt).toMatchObject({ field: 'bus', step: 'confirmation', attempt: 1, attempts: 1 });
  });

  it('repeats a question without a try', () => {
    const dialogue = dialogueOf({ fields: [volume], tries: 1 });
    const { state, prompt } = beginDialogue(dialogue);
    const again = repeatQuestion(dialogue, state, ['Sorry.']);
    expect(again).toEqual({ state, said: ['Sorry.'], prompt });
  });
});

const escalation = fc.constantFrom('default', 'fail', 'handoff');
const field = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      type: fc.constantFrom('number', 'text', 'yesNo', 'date'),
      required: fc.boolean(),
      default: fc.constant(7),
      confirm: fc.boolean(),
      tries: fc.integer({ min: 1, max: 4 }),
    },
    { requiredKeys: ['name', 'type'] },
  );
const group = fc
  .record({
    tries: fc.integer({ min: 1, max: 3 }),
    fields: fc.tuple(field('x'), field('y')),
    asks: fc.boolean(),
  })
  .map(({ asks, ...rest }) => ({
    ...{ name: 'g', type: 'group', ...rest },
    ...(asks ? { prompts: { start: 'Both?' } } : {}),
  }));
const template = fc
  .record({
    confirm: fc.constantFrom('none', 'value', 'summary'),
    tries: fc.integer({ min: 1, max: 4 }),
    escalation,
    language: fc.constantFrom('en', 'it'),
    fields: fc.tuple(field('a'), fc.option(group, { nil: undefined }), field('b')),
  })
  .map(({ fields, ...rest }) => ({ ...rest, fields: fields.filter((one) => one !== undefined) }))
  .filter((made) => dialogueTemplate.safeParse(made).success);

const paths = ['a', 'b', 'g.x', 'g.y', 'none'];
const finding = fc.oneof(
  fc.record({
    is: fc.constant('value' as const),
    value: fc.integer({ min: -9, max: 9 }),
    words: fc.constant('w'),
    layer: fc.constant('number' as const),
    isNamed: fc.boolean(),
  }),
  fc.constant({ is: 'wrong' as const, words: 'w', problem: { why: 'noMatch' as const } }),
  fc.constant({ is: 'several' as const, words: 'w', candidates: [{ value: 1, label: 'one' }] }),
);
const answer: fc.Arbitrary<DialogueAnswer> = fc.oneof(
  fc.record({
    kind: fc.constant('words' as const),
    words: fc.constant('w'),
    consent: fc.constantFrom(true, false, null),
    findings: fc.dictionary(fc.constantFrom(...paths), finding, { maxKeys: 3 }),
  }),
  fc.record({ kind: fc.constant('nothing' as const), because: fc.constantFrom('blank', 'time') }),
  fc.constant({ kind: 'declined' as const }),
);

function deeplyFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deeplyFrozen(member);
  }
  return value;
}

describe('any dialogue, whatever is answered', () => {
  it('asks until it has ended, by the state alone, which is JSON and never changed', () => {
    fc.assert(
      fc.property(template, fc.array(answer, { maxLength: 12 }), (made, answers) => {
        const dialogue = deeplyFrozen(compileDialogue(dialogueTemplate.parse(made)));
        let turn = deeplyFrozen(beginDialogue(dialogue));
        for (const one of answers) {
          const { state, prompt } = turn;
          expect(prompt === null).toBe(state.end !== null);
          if (prompt !== null) {
            expect(prompt.text).not.toMatch(/\{|undefined|\[object/);
            expect(prompt.attempt).toBeLessThanOrEqual(prompt.attempts);
            expect(() => compileSchema(prompt.schema)).not.toThrow();
          }
          const next = reduceDialogue(dialogue, state, deeplyFrozen(one));
          expect(reduceDialogue(dialogue, JSON.parse(JSON.stringify(state)), one)).toEqual(next);
          expect(JSON.parse(JSON.stringify(next.state))).toEqual(next.state);
          if (state.end !== null) expect(next).toMatchObject({ state, prompt: null });
          turn = deeplyFrozen(next);
        }
      }),
      randomCases(300, 20_000),
    );
  });

  it('ends after as many answers of no use as its fields allow, each handed over once at most', () => {
    fc.assert(
      fc.property(template, (made) => {
        const dialogue = compileDialogue(dialogueTemplate.parse(made));
        const most = [...dialogue.leaves, ...dialogue.groups].reduce((sum, { tries }) => sum + tries, 0);
        let turn = beginDialogue(dialogue);
        let answers = 0;
        for (; turn.prompt !== null && answers <= 2 * (most + 4); answers += 1)
          turn = reduceDialogue(dialogue, turn.state, unclear);
        expect(turn.prompt).toBeNull();
      }),
      randomCases(200, 5_000),
    );
  });

  it('gives no value that nobody said and that is no default, and none of a field that escalated to failure', () => {
    fc.assert(
      fc.property(template, fc.array(answer, { maxLength: 12 }), (made, answers) => {
        const dialogue = compileDialogue(dialogueTemplate.parse(made));
        const said = new Set(
          answers.flatMap((one) =>
            one.kind === 'words'
              ? Object.values(one.findings).flatMap((found) => (found.is === 'value' ? [found.value] : []))
              : [],
          ),
        );
        let turn = beginDialogue(dialogue);
        for (const one of answers) turn = reduceDialogue(dialogue, turn.state, one);
        for (const { value, step } of Object.values(turn.state.fields)) {
          if (value !== undefined && value !== 7) expect(said.has(value)).toBe(true);
          if (step === 'escalate') expect(value).toBeUndefined();
        }
      }),
      randomCases(300, 20_000),
    );
  });
});
