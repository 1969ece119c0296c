import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/core/json.ts';
import { conditionSchema, type DataCondition } from '../../../../src/workflow/nodes/conditions/condition.ts';
import { conditionHolds } from '../../../../src/workflow/nodes/conditions/evaluate-condition.ts';

const contact = {
  email: 'ada@example.com',
  name: '',
  age: 36,
  tags: ['lead', { id: 1 }],
  files: [{ name: 'VO_01.wav' }],
  done: true,
  none: null,
} satisfies Json;

const holds = (field: string, operator: string, value?: Json, more: object = {}): boolean =>
  conditionHolds(
    conditionSchema.parse({ field, operator, ...(value === undefined ? {} : { value }), ...more }),
    contact,
  );

describe('a condition', () => {
  it.each<[field: string, operator: string, value: Json | undefined, holds: boolean]>([
    ['email', 'exists', undefined, true],
    ['phone', 'exists', undefined, false],
    ['none', 'exists', undefined, false],
    ['phone', 'missing', undefined, true],
    ['name', 'empty', undefined, true],
    ['phone', 'empty', undefined, true],
    ['tags', 'notEmpty', undefined, true],
    ['age', 'empty', undefined, false],
    ['done', 'isTrue', undefined, true],
    ['done', 'isFalse', undefined, false],
    ['age', 'equals', 36, true],
    ['age', 'equals', '36', false],
    ['phone', 'equals', null, true],
    ['tags', 'equals', ['lead', { id: 1 }], true],
    ['age', 'notEquals', 37, true],
    ['email', 'contains', '@', true],
    ['tags', 'contains', { id: 1 }, true],
    ['tags', 'contains', 'other', false],
    ['phone', 'contains', '', false],
    ['phone', 'notContains', 'x', true],
    ['files.0', 'contains', 'name', true],
    ['files[0].name', 'startsWith', 'VO_', true],
    ['files.0.name', 'endsWith', '.wav', true],
    ['phone', 'startsWith', '', false],
    ['files.0.name', 'regex', '^VO_[0-9]+\\.wav$', true],
    ['phone', 'regex', '.*', false],
    ['email', 'in', ['ada@example.com'], true],
    ['age', 'in', [35, 36], true],
    ['age', 'gt', 35, true],
    ['age', 'gte', 36, true],
    ['age', 'lt', '37', true],
    ['age', 'lte', 35, false],
    ['phone', 'gt', 1, false],
    ['email', 'gt', 'a', true],
  ])('%s %s %j is %s', (field, operator, value, expected) => {
    expect(holds(field, operator, value)).toBe(expected);
  });

  it('ignores capital letters where it is asked to', () => {
    expect(holds('files.0.name', 'contains', 'vo_', { ignoreCase: true })).toBe(true);
    expect(holds('files.0.name', 'contains', 'vo_')).toBe(false);
    expect(holds('files.0.name', 'regex', '^vo', { ignoreCase: true })).toBe(true);
  });

  it('joins others, in groups within groups; a list means all', () => {
    const email: DataCondition = { field: 'email', operator: 'exists' };
    const phone: DataCondition = { field: 'phone', operator: 'exists' };
    expect(conditionHolds([email, { operator: 'or', conditions: [phone, email] }], contact)).toBe(true);
    expect(conditionHolds({ operator: 'and', conditions: [phone, email] }, contact)).toBe(false);
    expect(conditionHolds({ operator: 'not', conditions: [phone] }, contact)).toBe(true);
    expect(conditionHolds([true, false], contact)).toBe(false);
  });

  it('looks at a value that is given itself, and at all of it without a field', () => {
    expect(conditionHolds({ of: 5, operator: 'gt', value: 4 }, contact)).toBe(true);
    expect(conditionHolds({ operator: 'empty' }, [])).toBe(true);
  });

  it('refuses to order what has no order', () => {
    expect(() => holds('tags', 'gt', 1)).toThrow('cannot be compared with 1 by "gt"');
    expect(() => holds('email', 'gt', 1)).toThrow('cannot be compared');
  });

  it('takes a regular expression from outside in time linear in the text', () => {
    const evil: DataCondition = { operator: 'regex', value: '^(a+)+$' };
    expect(conditionHolds(evil, `${'a'.repeat(50_000)}b`)).toBe(false);
    expect(() => conditionHolds({ operator: 'regex', value: '(' }, 'x')).toThrow('is no regular expression');
  });
});

describe('what is no condition', () => {
  it.each<[what: string, condition: Json, message: string]>([
    ['an unknown member', { field: 'a', operator: 'exists', vlaue: 1 }, 'vlaue'],
    ['an unknown operator', { field: 'a', operator: 'is' }, 'equals'],
    ['a comparison without a value', { field: 'a', operator: 'equals' }, 'must be given'],
    ['a value that is not looked at', { field: 'a', operator: 'exists', value: 1 }, 'must be left out'],
    ['a group without members', { operator: 'or' }, 'must be a list'],
    ['a group with a field', { operator: 'or', field: 'a', conditions: [true] }, 'must be left out'],
    ['members without a group', { operator: 'empty', conditions: [true] }, 'must be left out'],
    ['a path and a value', { field: 'a', of: 1, operator: 'exists' }, 'must be left out'],
    [
      'a regular expression that is none',
      { field: 'a', operator: 'regex', value: '(' },
      'regular expression',
    ],
    ['"in" something that is no list', { field: 'a', operator: 'in', value: 3 }, 'must be a list'],
  ])('is refused: %s', (_, condition, message) => {
    const parsed = conditionSchema.safeParse(condition);
    expect(JSON.stringify(parsed.error?.issues)).toContain(message);
  });
});
