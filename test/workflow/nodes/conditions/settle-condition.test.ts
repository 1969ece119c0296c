import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { compileDialogue } from '../../../../src/workflow/dialogue/dialogue.ts';
import { dialogueTemplate } from '../../../../src/workflow/dialogue/template.ts';
import type { DataCondition } from '../../../../src/workflow/nodes/conditions/condition.ts';
import { conditionHolds } from '../../../../src/workflow/nodes/conditions/evaluate-condition.ts';
import { settledCondition } from '../../../../src/workflow/nodes/conditions/settle-condition.ts';
import { randomCases } from '../../../harness/amount.ts';
import { compile, node } from '../../harness.ts';

const isHigh: DataCondition = { field: 'volume', operator: 'gt', value: 0 };
const always: DataCondition = { of: 'loop', operator: 'startsWith', value: 'lo' };
const never: DataCondition = { of: [], operator: 'notEmpty' };
const group = (operator: 'and' | 'or' | 'not', ...conditions: readonly DataCondition[]): DataCondition => ({
  operator,
  conditions,
});

const { condition: conditions } = fc.letrec<{ condition: DataCondition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<DataCondition>(true, false, isHigh, always, never, {
      ...{ field: 'name', operator: 'regex', value: '^G' },
    }),
    // An order of a text and a number cannot be judged.
    fc.constant<DataCondition>({ of: 'a', operator: 'gt', value: 1 }),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const, 'not' as const),
        fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
      )
      .map(([operator, members]) => group(operator, ...members)),
  ),
}));

const holds = (condition: DataCondition, value: Json): boolean | 'refused' => {
  try {
    return conditionHolds(condition, value);
  } catch {
    return 'refused';
  }
};

describe('what is worked out of a condition beforehand', () => {
  it('holds for the same values', () => {
    const values = fc.record({
      volume: fc.integer({ min: -2, max: 2 }),
      name: fc.constantFrom('Gust', 'Door'),
    });
    fc.assert(
      fc.property(conditions, values, (condition, value) => {
        const whole = holds(condition, value);
        // What is not looked at any more refuses nothing.
        if (whole !== 'refused') expect(holds(settledCondition(condition), value)).toBe(whole);
      }),
      randomCases(300, 20_000),
    );
  });

  it.each<[what: string, condition: DataCondition, settled: DataCondition]>([
    ['a value that is given', always, true],
    ['a group whose members all hold', group('and', always, group('not', never)), true],
    ['a group of which one never holds', group('and', isHigh, never), false],
    ['a choice of which one always holds', group('or', isHigh, always), true],
    ['a choice of which one may hold', group('or', isHigh, never), isHigh],
    ['what depends on values', isHigh, isHigh],
    ['twice the opposite', group('not', group('not', isHigh)), isHigh],
  ])('%s', (_what, condition, settled) => {
    expect(settledCondition(condition)).toEqual(settled);
  });
});

describe('the compiled plan', () => {
  const whenOf = (when: Json) =>
    compile({ nodes: [{ ...node('a', 'say', { text: 'x' }), when }] }).nodes[0]?.when;

  it.each<[when: Json, planned: Json | undefined]>([
    [true, undefined],
    ['{{ 1 + 1 == 2 }}', undefined],
    [{ of: 'loop', operator: 'equals', value: 'loop' }, undefined],
    [[{ of: 1, operator: 'gt', value: 2 }, true], false],
    ['{{ 2 > 3 }}', false],
    [{ operator: 'or', conditions: [never, { of: '{{ 1 }}', operator: 'lt', value: 2 }] }, undefined],
  ])('has no condition to ask any more where it is known: %j', (when, planned) => {
    expect(whenOf(when)).toEqual(planned);
  });

  it('has the conditions that read something as they are written', () => {
    const reading = { of: '{{ workflow.input.kind }}', operator: 'equals', value: 'loop' };
    const { nodes } = compile({
      inputs: { kind: { type: 'string', default: 'loop' } },
      nodes: [{ ...node('a', 'say', { text: 'x' }), when: reading }],
    });
    expect(nodes[0]?.when).toEqual(reading);
  });

  it('has the conditions of templates worked out, and a dialogue knows only what may be asked', () => {
    const field = (name: string, rest: JsonObject = {}): JsonObject => ({ name, type: 'text', ...rest });
    const fields = [
      field('name', { when: { of: 'a', operator: 'equals', value: 'a' } }),
      field('bus', { when: '{{ 1 > 2 }}' }),
      field('note', { when: { field: 'name', operator: 'exists' } }),
      {
        ...{ name: 'sound', type: 'group', when: { field: 'name', operator: 'exists' } },
        fields: [field('loop', { when: false }), field('tail', { when: true })],
      },
    ];
    const [asked] = compile({ nodes: [node('ask', 'askUser', { template: { fields } })] }).nodes;
    const planned = asJsonArray(asJsonObject(asked?.input.template).fields).map(asJsonObject);
    expect(planned.map(({ when }) => when)).toEqual([undefined, false, fields[2]?.when, fields[3]?.when]);
    const dialogue = compileDialogue(dialogueTemplate.parse(asked?.input.template));
    expect(dialogue.leaves.map(({ path, conditions: left }) => [path, left.length])).toEqual([
      ['name', 0],
      ['note', 1],
      ['sound.tail', 1],
    ]);
  });
});
