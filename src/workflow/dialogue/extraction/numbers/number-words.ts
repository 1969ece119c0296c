/** What a word counts, in English and Italian: undefined where it is no number. */
export function numberOf(folded: string): number | undefined {
  return english.get(folded) ?? italian.get(folded);
}

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety';

const english: ReadonlyMap<string, number> = new Map([
  ...ones.split(' ').map((word, value) => [word, value] as const),
  ...tens.split(' ').map((word, index) => [word, (index + 2) * 10] as const),
]);

const unita =
  'zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove';
const decine = 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta';

/** In Italian a number is one word: centoventicinque. */
const italian: ReadonlyMap<string, number> = new Map([
  ...Array.from({ length: 1_000 }, (_, value) => [italianWord(value), value] as const),
  ['un', 1],
  ['una', 1],
  ['mille', 1_000],
  ...Array.from({ length: 98 }, (_, more) => [`${italianWord(more + 2)}mila`, (more + 2) * 1_000] as const),
]);

function italianWord(value: number): string {
  const small = unita.split(' ');
  if (value < 20) return small[value] ?? '';
  if (value < 100) {
    const ten = decine.split(' ')[Math.floor(value / 10) - 2] ?? '';
    const one = value % 10;
    if (one === 0) return ten;
    // The vowel goes before another: ventuno, ventotto.
    return `${one === 1 || one === 8 ? ten.slice(0, -1) : ten}${small[one]}`;
  }
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  return `${hundreds === 1 ? '' : small[hundreds]}cento${rest === 0 ? '' : italianWord(rest)}`;
}
