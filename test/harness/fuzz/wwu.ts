import { parseWwu } from '../../../src/embedded/wwu/parse.ts';
import { WwuParseProblem } from '../../../src/embedded/wwu/parse-problem.ts';
import { printWwu } from '../../../src/embedded/wwu/print.ts';

export interface FuzzOutcome {
  readonly tried: number;
  /** Mutants that still parsed; each printed back to its own bytes. */
  readonly parsed: number;
}

/**
 * Breaks seeds in every way a file breaks (flipped bits, cuts, pieces moved, doubled or taken from another file, tokens of
 * the format put anywhere) and reads the result: it must be refused as a WwuParseProblem with a place, or print back to the
 * same bytes. Throws with the seed number and the mutant when it is not. The same `seed` tries the same mutants.
 */
export function fuzzWwu(
  corpus: readonly Uint8Array[],
  options: { readonly seed: number; readonly tries: number; readonly until?: () => boolean },
): FuzzOutcome {
  const random = createRandom(options.seed);
  let parsed = 0;
  let tried = 0;
  while (tried < options.tries && options.until?.() !== true) {
    const mutant = mutate(corpus, random);
    if (survives(mutant)) parsed++;
    tried++;
  }
  return { tried, parsed };
}

/** One input: true when it parsed (and printed back), false when it was refused properly. */
export function survives(bytes: Uint8Array): boolean {
  let document: ReturnType<typeof parseWwu>;
  try {
    document = parseWwu(bytes);
  } catch (problem) {
    if (problem instanceof WwuParseProblem && problem.line >= 1 && problem.column >= 1) return false;
    throw new Error(`parsing threw ${String(problem)} for ${excerpt(bytes)}`, { cause: problem });
  }
  const printed = printWwu(document);
  if (!printed.equals(bytes)) throw new Error(`printed back differently: ${excerpt(bytes)}`);
  return true;
}

type Random = (below: number) => number;

/** A small generator of its own, so that a failure can be tried again anywhere. */
function createRandom(seed: number): Random {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return below <= 0 ? 0 : (state >>> 0) % below;
  };
}

const tokens = [
  '<',
  '>',
  '/>',
  ' />',
  '</',
  '</A>',
  '<A>',
  '<A/>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<PluginData>',
  '</PluginData>',
  '<PluginData/>',
  '<?xml',
  '?>',
  '<!DOCTYPE a>',
  '&amp;',
  '&#xA;',
  '&#99999999;',
  '&nbsp;',
  '&',
  '"',
  "'",
  '=',
  ' x="1"',
  '\r\n',
  '\n',
  '\t',
  '\0',
  '\uFEFF',
  'é',
  '<<<<<<< HEAD\n',
  '=======\n',
  '>>>>>>> theirs\n',
  '<Value></Value>',
  '<Comment/>',
];

function mutate(corpus: readonly Uint8Array[], random: Random): Buffer {
  let bytes = Buffer.from(pick(corpus, random));
  for (let step = random(4); step >= 0; step--) {
    const at = random(bytes.length + 1);
    const length = random(Math.min(200, bytes.length - at + 1));
    switch (random(7)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
        break;
      case 1:
        bytes = bytes.subarray(0, at);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
        break;
      case 4: {
        const other = pick(corpus, random);
        const from = random(other.length);
        const piece = other.subarray(from, from + random(400));
        bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
        break;
      }
      default:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(tokens, random)), bytes.subarray(at)]);
    }
  }
  return Buffer.from(bytes);
}

function pick<T>(from: readonly T[], random: Random): T {
  const found = from[random(from.length)];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

function excerpt(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  return JSON.stringify(text.length > 2000 ? `${text.slice(0, 2000)}...` : text);
}
