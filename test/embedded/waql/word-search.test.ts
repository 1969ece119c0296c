import { describe, expect, it } from 'vitest';
import { toolbarSearch, wordSearch } from '../../../src/embedded/waql/evaluate/word-search.ts';

describe('the word search', () => {
  it.each([
    ['Big', ['Big_Car', 'Big Car', 'Bigcar', 'VeryBigCar'], ['Verybigcar']],
    ['Small Car', ['Small Fast Car', 'Small_Car', 'Very small car'], ['Smallcar', 'Verysmallcar']],
    ['mediumcar', ['mediumcar', 'VeryMediumcar', 'Very_Mediumcar'], ['Medium Car']],
    ['Hel', ['Hello'], ['Shell']],
    ['*ello', ['Hello', 'Jello_2'], ['Hell']],
    ['*wwu', ['C:\\P\\Default Work Unit.wwu'], ['C:\\P\\P.wproj']],
    ['foot*gravel', ['Footstep_Gravel_01'], ['Gravel_Footstep']],
    ['foot_walk', ['Walk_Foot'], ['Football']],
    ['', ['anything', ''], []],
    ['über', ['Der_Über'], ['Kuber']],
  ])('%j', (wanted, hits, misses) => {
    const matches = wordSearch(wanted);
    expect(hits.filter((text) => !matches(text))).toEqual([]);
    expect(misses.filter((text) => matches(text))).toEqual([]);
  });
});

describe('the search of the toolbar', () => {
  const found = (wanted: string) =>
    [
      { name: 'Big_Car', notes: '' },
      { name: 'Small_Car', notes: 'not so big' },
      { name: 'Truck', notes: 'red' },
    ]
      .filter(toolbarSearch(wanted))
      .map(({ name }) => name);

  it.each([
    ['car', ['Big_Car', 'Small_Car']],
    ['!Big', ['Truck']],
    ['car !small', ['Big_Car']],
    ['!big !red', []],
    ['red !', ['Truck']],
    ['', ['Big_Car', 'Small_Car', 'Truck']],
  ])('%j looks in name and notes, and leaves out what follows a !', (wanted, names) => {
    expect(found(wanted)).toEqual(names);
  });
});
