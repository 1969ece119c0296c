import type { ProjectModel } from '../../../src/embedded/model/model.ts';
import { parseReturnExpression } from '../../../src/embedded/waql/parse.ts';
import { rowReader } from '../../../src/embedded/waql/return-row.ts';
import { runQuery } from '../../../src/embedded/waql/run-query.ts';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';
import { generator, mangled, pick } from './values.ts';

export interface FuzzOutcome {
  readonly runs: number;
  readonly accepted: number;
  readonly refused: number;
}

/**
 * Throws random token soup and mutated queries at the WAQL parser and evaluator, at most `runs` and `limitMs`. Throws when
 * anything but ak.wwise.query.invalid_query comes out; the text that did it is in the message. Same seed, same texts.
 */
export function fuzzWaql(
  model: ProjectModel,
  seeds: readonly string[],
  { runs, limitMs, seed }: { readonly runs: number; readonly limitMs: number; readonly seed: number },
): FuzzOutcome {
  const random = generator(seed);
  const end = Date.now() + limitMs;
  const { stackTraceLimit } = Error;
  let accepted = 0;
  let run = 0;
  try {
    // Nearly every text is refused, and nobody reads where from.
    Error.stackTraceLimit = 0;
    for (; run < runs && (run % 64 !== 0 || Date.now() < end); run++) {
      const text = random() < 0.4 ? tokenSoup(random) : mutated(pick(seeds, random), random);
      if (survives(text, () => consume(runQuery(model, text, {})))) accepted++;
      survives(text, () => {
        parseReturnExpression(text);
        rowReader(model, [text], {}, 'refuse')(model.project);
      });
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return { runs: run, accepted, refused: run - accepted };
}

/** A query may find everything: a few hundred objects say as much. */
function consume(objects: Iterable<unknown>): void {
  let left = 200;
  for (const _ of objects) if (--left === 0) return;
}

function survives(text: string, task: () => void): boolean {
  try {
    task();
    return true;
  } catch (thrown) {
    if (thrown instanceof WaapiError && thrown.uri === 'ak.wwise.query.invalid_query') return false;
    throw new Error(`WAQL failed on ${JSON.stringify(text)}`, { cause: thrown });
  }
}

const tokens = [
  ...['$', 'from', 'type', 'object', 'project', 'search', 'query', 'where', 'select', 'orderby', 'reverse'],
  ...['skip', 'take', 'distinct', 'and', 'or', 'not', 'true', 'false', 'null', 'this', 'parent', 'children'],
  ...['descendants', 'ancestors', 'referencesTo', 'owner', 'name', 'id', 'Volume', '@Volume', '@@OutputBus'],
  ...['Sound', 'Event', 'Query', 'Effects', 'RTPC', 'duration', 'stateGroups', 'points', 'validity'],
  ...['.count()', '.any(', '.first', '.at(0)', '.where(', '.{', '[', ']', '{', '}', '(', ')', ',', '.', ':'],
  ...['=', '!=', '<', '<=', '>', '>=', '!', '/a[b/', '/^x+$/', '"', '""', '"\\\\Containers"', '"\\Events"'],
  ...['0', '-1', '3.5', '1e9', '"Type:1"', 'randomizer("Volume")', 'state("State:x")', 'as', '\u0000', 'é'],
];

function tokenSoup(random: () => number): string {
  const count = 1 + Math.floor(random() * 14);
  return Array.from({ length: count }, () => pick(tokens, random)).join(random() < 0.85 ? ' ' : '');
}

/** One to four cuts, doublings, foreign tokens or characters. */
function mutated(text: string, random: () => number): string {
  return mangled(text, random, [
    (head, middle, tail) => `${head}${pick(tokens, random)}${middle}${tail}`,
    (head, _middle, tail) => head + String.fromCharCode(32 + Math.floor(random() * 220)) + tail,
  ]);
}
