/**
 * The pattern of a WAQL query for names that are one of these keys, as `keyOfName` makes them: whatever the case of their letters
 * and the signs between them. It fits a little more (any letter beyond ASCII stands for any other), never less. Only one way leads
 * through it, so that no engine of patterns has to go back. Undefined without keys.
 */
export function namePattern(keys: readonly string[]): string | undefined {
  const root = branch();
  for (const key of keys) {
    let at = root;
    for (const unit of key.slice(0, LONGEST_KEY).match(/[ -~]|[^ -~]+/g) ?? []) {
      const pattern = unitPattern(unit);
      const next = at.next.get(pattern) ?? branch();
      at.next.set(pattern, next);
      at = next;
    }
    at.isEnd = at !== root;
  }
  return root.next.size === 0 ? undefined : `^${SIGNS}${printed(root)}`;
}

/** Names with the same key are said alike: letters and digits, small and without accents. "SFX_Bus" is "sfxbus". */
export function keyOfName(name: string): string {
  const folded = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return folded.replaceAll(/[^\p{L}\d]+/gu, '');
}

/** No name is longer. */
const LONGEST_KEY = 260;

/** Blanks and signs of ASCII, but for the slash, which no name holds and which ends a pattern. */
const SIGNS = '[ -.:-@\\[-`{-~]*';

/** What keys may go on with, by the pattern of the next character. */
interface Branch {
  readonly next: Map<string, Branch>;
  isEnd: boolean;
}

function branch(): Branch {
  return { next: new Map(), isEnd: false };
}

/** A letter of ASCII may have an accent in the name. Capitals are written out: whether a query ignores the case is not documented. */
function unitPattern(unit: string): string {
  if (/^\d$/.test(unit)) return unit;
  return /^[a-z]$/.test(unit) ? `(?:[${unit}${unit.toUpperCase()}]|[^ -~])` : '[^ -~]+';
}

function printed({ next, isEnd }: Branch): string {
  const ways = [...next].map(([pattern, after]) => `${pattern}${SIGNS}${printed(after)}`);
  if (isEnd) ways.push('$');
  return ways.length === 1 ? (ways[0] ?? '') : `(?:${ways.join('|')})`;
}
