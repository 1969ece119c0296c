/**
 * What a name may be called instead, in lower case and without separators: `OutputBusLPF` is outputbuslowpass too. Audio has
 * several words for one thing, and versions of a program rename things; which of them is right is what the candidates say.
 */
export function otherSpellings(name: string): readonly string[] {
  const parts = partsOf(name);
  const spellings = groups.flatMap((group) =>
    group.flatMap((from) => {
      const at = indexOfRun(parts, from);
      if (at < 0) return [];
      return group.map((to) => [...parts.slice(0, at), ...to, ...parts.slice(at + from.length)].join(''));
    }),
  );
  const own = parts.join('');
  return [...new Set(spellings)].filter((spelling) => spelling !== own);
}

/** The words a name is made of: `VolumeDry` is volume and dry, `set_game_parameter` set, game and parameter. */
export function partsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? []).map((part) => part.toLowerCase());
}

/** Each line: words for one thing, their parts by spaces. */
const groups: readonly (readonly (readonly string[])[])[] = [
  'lpf|lowpass|low pass|low pass filter|lowpass filter',
  'hpf|highpass|high pass|high pass filter|highpass filter',
  'vol|volume|level|gain',
  'gain|make up gain',
  'pan|panning|speaker panning',
  'loop|looping|is looping enabled',
  'stream|streaming|is streaming enabled',
  'delay|initial delay',
  'bus|output bus',
  'mixer|actor mixer|property container',
  'rtpc|game parameter',
  'volume|voice volume',
  'pitch|voice pitch',
].map((line) => line.split('|').map((words) => words.split(' ')));

function indexOfRun(parts: readonly string[], run: readonly string[]): number {
  return parts.findIndex((_, at) => run.every((word, offset) => parts[at + offset] === word));
}
