import { RE2JS, RE2JSException } from 're2js';

/** A regular expression from outside. */
export interface LinearPattern {
  readonly source: string;
  /** True when it is found anywhere in the text. */
  test(text: string): boolean;
  /** Every match replaced; `$1`, `$&` and `$<name>` mean what they mean in JavaScript. */
  replaceAll(text: string, replacement: string): string;
}

/**
 * Compiles a regular expression that somebody else wrote. Matching takes time linear in the text whatever the expression
 * is, so what needs trying out (lookaround, back-references) is refused, and what would be huge with its counts written out. Flags: `i` ignores case, `s` lets the dot match
 * line breaks. Throws an Error that names the part that is refused.
 */
export function linearPattern(source: string, flags: '' | 'i' | 'is' = ''): LinearPattern {
  if (source.length > longestPattern) {
    throw new Error(`it has ${source.length} characters, and ${longestPattern} are the most`);
  }
  const refused = needsTryingOut.exec(source)?.[1];
  if (refused !== undefined) {
    throw new Error(
      `${refused} is not supported: lookahead, lookbehind and back-references could take forever to match`,
    );
  }
  const bits = (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) | (flags.includes('s') ? RE2JS.DOTALL : 0);
  const counts = [...source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) =>
    Number(most || least),
  );
  const isHuge = counts.reduce((sum, count) => sum + count, 0) * source.length > longestWrittenOut;
  const compiled = isHuge ? undefined : compile(source, bits);
  if (compiled === undefined || compiled.programSize() > largestProgram) {
    throw new Error('it repeats too much: use smaller counts in {...}, or * and +');
  }
  return {
    source,
    test: (text) => compiled.test(text),
    replaceAll: (text, replacement) => compiled.matcher(text).replaceAll(replacement),
  };
}

/** Text as a regular expression that matches just that text. */
export function quotePattern(text: string): string {
  return RE2JS.quote(text);
}

function compile(source: string, bits: number): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source), bits);
  } catch (thrown) {
    if (!(thrown instanceof RE2JSException)) throw new Error('it is nested too deeply', { cause: thrown });
    throw new Error(thrown.message.replace(/^error parsing regexp: /, ''), { cause: thrown });
  }
}

const longestPattern = 10_000;
/** Time is linear in the text, but times the steps of the expression with its counted parts written out. */
const largestProgram = 5_000;
/** Writing them out takes its time too: more than this is not tried. */
const longestWrittenOut = 100_000;

/** Behind an even number of backslashes: `\1` refers back, `\\1` does not. */
const needsTryingOut = /(?<!\\)(?:\\\\)*(\(\?<?[=!]|\\[1-9]|\\k(?:<[^>]*>)?)/;
