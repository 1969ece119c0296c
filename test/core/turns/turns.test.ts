import { describe, expect, it } from 'vitest';
import {
  atOnce,
  flatMapInTurns,
  inTurns,
  isTurnLong,
  nextTurn,
  visitInTurns,
} from '../../../src/core/turns/turns.ts';

/** Busy until the turn is long. */
function wearOut(): void {
  while (!isTurnLong());
}

/** How often others get the thread while `work` lasts. */
async function othersDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    if (isOver) return;
    turns++;
    setTimeout(count, 0);
  };
  setTimeout(count, 0);
  await work();
  isOver = true;
  return turns;
}

describe('long work', () => {
  it('lets others have the thread between its steps', async () => {
    const stepwise = function* () {
      for (let step = 0; step < 20; step++) {
        wearOut();
        yield;
      }
      return 'done';
    };
    expect(await othersDuring(async () => expect(await inTurns(stepwise())).toBe('done'))).toBeGreaterThan(3);
    const steps = Array.from({ length: 640 }, (_, index) => index);
    const everySixtyFour = (index: number) => {
      if (index % 64 === 0) wearOut();
      return [index];
    };
    const others = await othersDuring(async () =>
      expect(await flatMapInTurns(steps, everySixtyFour)).toEqual(steps),
    );
    expect(others).toBeGreaterThan(2);
    const visited: number[] = [];
    await visitInTurns(steps, (index) => visited.push(index));
    expect(visited).toEqual(steps);
  });

  it('keeps the thread for a process that does nothing else', () => {
    const stepwise = function* () {
      yield;
      return 7;
    };
    expect(atOnce(stepwise())).toBe(7);
  });

  it('begins a turn anew when the thread was given away', async () => {
    wearOut();
    await nextTurn();
    await nextTurn();
    expect(isTurnLong()).toBe(false);
  });
});
