import { describe, expect, it } from 'vitest';
import { answerRoom } from '../../../src/core/answers/answer-room.ts';

describe('the room of an answer', () => {
  it('gives each list the entries that fit and says what it left out', () => {
    const room = answerRoom(100);
    expect(room.take('failed', ['x'.repeat(30), 'y'.repeat(30)], 0.5)).toHaveLength(1);
    expect(room.take('done', Array<number>(200).fill(7))).toHaveLength(33);
    expect(room.notice('Narrow it.')).toBe('Listed failed: 1 of 2; done: 33 of 200. Narrow it.');
  });

  it('has nothing to say when everything fits, and gives one entry of each list at least', () => {
    const room = answerRoom(10);
    expect(room.take('one', ['x'.repeat(100)])).toHaveLength(1);
    expect(room.take('two', ['x'.repeat(100)])).toHaveLength(1);
    expect(room.take('none', [])).toEqual([]);
    expect(room.notice('Narrow it.')).toBeNull();
  });
});
