import { describe, expect, it } from 'vitest';
import { jsonSize } from '../../src/core/json-bounds.ts';
import { atOnce } from '../../src/core/turns/turns.ts';

const bounds = { deepest: 8, mostValues: 100_000, mostMembers: 3 };
const excessOf = (value: unknown): string | null =>
  atOnce(jsonSize(Buffer.from(JSON.stringify(value)), bounds)).excess;

describe('the members of one object in a message', () => {
  it('are counted object by object, not in texts, and refused above their bound', () => {
    expect(
      excessOf({ a: 1, b: { a: 1, b: 2, c: 'x:y:z:{:' }, c: [{ a: 1 }, { a: 1, b: 2, c: 3 }] }),
    ).toBeNull();
    expect(excessOf({ a: 1, b: [{ a: 1, b: 2, c: 3, d: 4 }] })).toBe('has an object of more than 3 members');
    expect(excessOf({ a: {}, b: {}, c: {}, d: {} })).toBe('has an object of more than 3 members');
  });
});
