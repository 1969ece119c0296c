import type { Leaf } from '../dialogue.ts';
import { type DialogueState, fieldState } from '../dialogue-state.ts';
import type { Candidate } from '../finding.ts';
import type { Found } from './found.ts';
import type { SaidLabel } from './labels.ts';
import { chosenOptions, type Option } from './options.ts';
import { plain } from './words-of.ts';

/** What an answer chooses for the fields that have choices or were left with several candidates. */
export function optionFindings(
  text: string,
  leaves: readonly Leaf[],
  asked: readonly Leaf[],
  labels: readonly SaidLabel[],
  state: DialogueState,
): readonly Found[] {
  return leaves.flatMap((leaf): Found[] => {
    const options = optionsOf(leaf, state);
    const label = labels.find(({ path }) => path === leaf.path);
    const isAsked = asked.includes(leaf);
    // Numbers and misspellings are for the question that was asked; another field is named, or its option said word by word.
    const isSaid =
      isAsked ||
      options.some(({ ways }) => ways.some((way) => way !== '' && ` ${plain(text)} `.includes(` ${way} `)));
    if (options.length === 0 || !isSaid) return [];
    const part = label === undefined ? text : text.slice(label.end);
    const chosen = chosenOptions(part, options);
    const others = isAsked ? chosenOptions(text, options) : namedAhead(text, label, options);
    const all = chosen.length === 0 ? others : chosen;
    const [only] = all;
    if (only === undefined) return [];
    const words = part.trim();
    const finding: Found['finding'] =
      all.length === 1
        ? { is: 'value', value: only.value, words, layer: 'option' }
        : { is: 'several', candidates: all, words };
    return [{ leaf, finding, span: spanOf(text, only.label) }];
  });
}

/** The option that stands right before the name of its field: "to the SFX bus". */
function namedAhead(
  text: string,
  label: SaidLabel | undefined,
  options: readonly Option[],
): readonly Candidate[] {
  if (label === undefined) return [];
  const before = ` ${plain(text.slice(0, label.start))}`;
  const standing = options.flatMap(({ ways, candidate }) =>
    ways.flatMap((way) => (way !== '' && before.endsWith(` ${way}`) ? [{ way, candidate }] : [])),
  );
  // "Big Room" is meant, and not "Room".
  const [longest] = standing.toSorted((one, other) => other.way.length - one.way.length);
  return longest === undefined ? [] : [longest.candidate];
}

function optionsOf(leaf: Leaf, state: DialogueState): readonly Option[] {
  const { candidates } = fieldState(state, leaf.path);
  if (candidates !== undefined)
    return candidates.map((candidate) => ({
      candidate,
      ways: [plain(candidate.label), plain(lastName(candidate.label))],
    }));
  return (leaf.field.choices ?? []).map(({ value, label, words = [] }) => ({
    candidate: { value, label: label ?? String(value) },
    ways: [String(value), label ?? '', ...words].map(plain).filter((way) => way !== ''),
  }));
}

/** Where an option stands as it is called, so that a text field does not take it too. */
function spanOf(text: string, label: string) {
  const start = text.toLowerCase().indexOf(label.toLowerCase());
  return start < 0 ? undefined : { start, end: start + label.length };
}

/** Candidates are shown by their paths and named by their names. */
function lastName(label: string): string {
  return label.slice(label.lastIndexOf('\\') + 1);
}
