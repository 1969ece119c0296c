import { below } from '../../document/json-pointer.ts';
import type { Fault } from '../../expressions/cel/fault.ts';
import { showValue } from '../../runtime/values/show-value.ts';
import type { Draft } from '../phases/draft.ts';
import type { Problem } from '../problem.ts';

/** Law: what looks like a reference reads as one; a text that only looks like one would be taken literally, which nobody means. */
export function checkReadableReferences(draft: Draft): void {
  for (const { id, dataPointer, unreadReferences } of draft.nodes) {
    for (const { text, path, fault, pointer = below(dataPointer, ...path) } of unreadReferences) {
      draft.report({
        ...(fault === undefined ? problemOf(text) : faultIn(fault, id)),
        pointer,
        node: id,
        ...meantReference(draft, text, pointer),
      });
    }
  }
}

function problemOf(text: string): Pick<Problem, 'code' | 'message' | 'expected'> {
  return {
    code: 'UNRESOLVED_REFERENCE',
    message: `${showValue(text)} does not read as a reference.`,
    expected: '"$from:<node>:$output:<field>" or "$input:<name>"',
  };
}

function faultIn(
  { code, message, offset, expected, candidates }: Fault,
  node: string,
): Pick<Problem, 'code' | 'message' | 'expected' | 'offset' | 'didYouMean'> {
  return {
    code,
    message: `Node "${node}": ${message}`,
    offset,
    ...(expected === undefined ? {} : { expected }),
    ...(candidates === undefined ? {} : { didYouMean: candidates }),
  };
}

/** `{{ steps.sound.output.id }}` and the like, where a node or an input has that name. */
function meantReference(
  draft: Draft,
  text: string,
  pointer: string,
): Pick<Problem, 'didYouMean' | 'suggestion'> | Record<string, never> {
  // Searching goes back and forth between its blanks.
  if (text.length > longestMeant) return {};
  const inside = /^=?\s*\{\{\s*\$?([^{}]+?)\s*\}\}\s*$|^\$(?:from:)?([^{}]+)$/.exec(text);
  const words = (inside?.[1] ?? inside?.[2] ?? '')
    .split(/[.:]|\[['"]?|['"]?\]/)
    .filter((word) => word !== '');
  const [first = '', ...rest] = skipped(words, fillers);
  const field = skipped(rest, fillers).join('.').replaceAll('$', '');
  let value: string | undefined;
  if (draft.indexById.has(first) && field !== '') value = `$from:${first}:$output:${field}`;
  else if (draft.workflow.inputs.has(rest.length === 0 ? first : '')) value = `$input:${first}`;
  return value === undefined
    ? {}
    : { didYouMean: [value], suggestion: [{ op: 'replace', path: pointer, value }] };
}

/** In characters: a name and a field or two. */
const longestMeant = 500;

const fillers: ReadonlySet<string> = new Set(
  'steps nodes node from input inputs output outputs $output data result results json'.split(' '),
);

function skipped(words: readonly string[], unwanted: ReadonlySet<string>): readonly string[] {
  const start = words.findIndex((word) => !unwanted.has(word));
  return start < 0 ? [] : words.slice(start);
}
