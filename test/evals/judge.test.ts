import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { seedRooms } from '../../bench/agent/seed-rooms.ts';
import type { Turn } from '../../bench/agent/task.ts';
import { readSaved } from '../../bench/agent/wwu.ts';
import { type Claim, parseClaim } from './claim.ts';
import { judge } from './judge.ts';
import { untrue } from './saved-facts.ts';

const { seedOf, remove } = seedRooms();
afterAll(remove);

const claimOf = (claim: object): Claim => {
  const parsed = parseClaim(JSON.parse(JSON.stringify({ outcome: 'done', text: '', ...claim })));
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
};
const turn = (expected: Partial<Turn>): Turn => ({ says: '', steps: [], outcome: 'done', ...expected });

describe('what a model claims', () => {
  it('is judged by the outcome, the files and the answer', async () => {
    const saved = readSaved(join(await seedOf('studio'), 'Game'));
    const verdict = (expected: Partial<Turn>, claim: object, isChanged: boolean, problem?: string) =>
      judge(turn(expected), claimOf(claim), { saved, isChanged, problem });
    expect(verdict({}, {}, true)).toEqual({ falseClaims: [], problem: undefined });
    expect(verdict({}, {}, true, 'not so')).toEqual({
      falseClaims: ['done: not so'],
      problem: 'done: not so',
    });
    expect(verdict({}, { outcome: 'asked' }, false, 'not so')).toEqual({
      falseClaims: [],
      problem: 'it ended as asked, not as done',
    });
    expect(verdict({ outcome: 'refused' }, { outcome: 'refused' }, true)).toEqual({
      falseClaims: ['refused: files were changed'],
      problem: 'refused: files were changed',
    });
    expect(verdict({ outcome: 'asked' }, {}, true).falseClaims).toEqual([
      'done: what the person has not decided',
    ]);
    // Whoever only had to look may call that done; changing anything is another matter, but no lie.
    expect(verdict({ outcome: 'shown' }, {}, false).problem).toBeUndefined();
    expect(verdict({ outcome: 'shown' }, {}, true)).toEqual({
      falseClaims: [],
      problem: 'files were changed where none was to be',
    });
    const answer = ['Play_Bow', '-4 dB'];
    expect(verdict({ answer }, { answer: ['-4', 'Event:Play_Bow'] }, false).problem).toBeUndefined();
    expect(verdict({ answer }, { answer: ['Play_Axe'] }, false).falseClaims).toEqual([
      'answer: play_axe; it is -4, play_bow',
    ]);
  });

  it('is looked up in the files, which are silent about defaults and about two of one path', async () => {
    const saved = readSaved(join(await seedOf('studio'), 'Game'));
    const of = (fact: object) => claimOf({ facts: [fact] }).facts.map((one) => untrue(one, saved))[0];
    const home = '\\Containers\\Default Work Unit';
    expect(of({ path: `${home}\\Weapons\\Pistol`, property: 'Volume', value: -2 })).toBeUndefined();
    expect(of({ path: `${home}\\Weapons\\Pistol`, property: 'Volume', value: 2 })).toMatch(
      /Volume -2, not 2/,
    );
    expect(of({ path: `${home}\\Weapons\\Pistol`, property: 'Pitch', value: 5 })).toBeUndefined();
    expect(of({ path: `${home}\\Interior\\Pistol` })).toMatch(/is not there/);
    expect(of({ path: '\\Containers\\Vehicles\\Car', is: 'gone' })).toMatch(/is there/);
    expect(of({ path: `${home}\\Themes`, reference: 'OutputBus', target: 'Bus:Music' })).toBeUndefined();
    expect(of({ path: `${home}\\Themes`, reference: 'OutputBus', target: 'Voices' })).toMatch(
      /OutputBus Music, not Voices/,
    );
  });

  it('must have its form', () => {
    expect(parseClaim({ outcome: 'perhaps' })).toMatch(/outcome/);
    expect(parseClaim({ outcome: 'done', text: '', more: 1 })).toMatch(/more/);
  });
});
