import type { Dialogue, Leaf } from '../dialogue.ts';
import { type DialogueState, isAskedFor, valuesOf } from '../dialogue-state.ts';
import type { FieldFinding, Understood } from '../finding.ts';
import { consentOf, leavesOpen } from './consent.ts';
import { findDates } from './dates.ts';
import type { Found } from './found.ts';
import { findLabels, labelBefore, labelBehind } from './labels.ts';
import { namedConsents } from './named-consent.ts';
import { nothingFinding } from './numbers/nothing.ts';
import { numberFindings } from './numbers/number-findings.ts';
import { findNumbers } from './numbers/numbers.ts';
import { objectFindings, objectRefusal } from './object-findings.ts';
import { type FindObjects, findObjectsIn } from './objects.ts';
import { optionFindings } from './option-findings.ts';
import { ruleFinding } from './rules.ts';
import { textFinding } from './texts.ts';
import { overlaps, type Span, wordsOf } from './words-of.ts';

/** What an extraction may look at beside the answer. */
export interface ExtractionSources {
  /** Objects of the open project. */
  readonly findObjects: FindObjects;
  /** What today is counted from, in milliseconds since 1970. */
  readonly nowMs: number;
}

/** Characters of an answer that are searched for values; a text field takes more. */
const MOST_SEARCHED = 4_000;

/**
 * What an answer says about the fields of a dialogue, by layers, the surest first: rules, options, numbers, yes or no, dates,
 * objects of the project, patterns and free text. Every value keeps its layer and words; none is found twice. Rejects only where
 * `findObjects` does.
 */
export async function extractAnswer(
  text: string,
  dialogue: Dialogue,
  state: DialogueState,
  { findObjects, nowMs }: ExtractionSources,
): Promise<Understood> {
  const searched = text.slice(0, MOST_SEARCHED);
  const words = wordsOf(searched);
  const isItalian = dialogue.template.language === 'it';
  const values = valuesOf(dialogue, state);
  const leaves = dialogue.leaves.filter((leaf) => isAskedFor(leaf, values));
  const asked = leaves.filter(
    ({ path, groups }) => path === state.asked || groups.includes(state.asked ?? ''),
  );
  const labels = findLabels(words, leaves);
  const consent = consentOf(searched);
  const found = new Map<string, Found>();
  const taken: Span[] = [];
  const keep = (all: readonly Found[]): void => {
    for (const one of all) {
      const { leaf, span } = one;
      if (found.has(leaf.path) || (span !== undefined && taken.some((other) => overlaps(span, other))))
        continue;
      found.set(leaf.path, one);
      if (span !== undefined) taken.push(span);
    }
  };

  keep(asked.flatMap((leaf) => whole(leaf, ruleFinding(searched, leaf.field))));
  keep(optionFindings(searched, leaves, asked, labels, state));
  keep(numberFindings({ numbers: findNumbers(words, isItalian), labels, text: searched }, leaves, asked));
  keep(asked.flatMap((leaf) => nothingFinding(searched, leaf) ?? []));
  keep(namedConsents(searched, leaves, labels));
  keep(
    asked.flatMap((leaf) =>
      leaf.field.type === 'yesNo' && consent !== null ? whole(leaf, yesNo(consent, searched)) : [],
    ),
  );
  keep(dateFindings(searched, isItalian, nowMs, [...asked, ...leaves]));
  const objectLeaves = leaves.filter(({ field }) => field.type === 'object');
  if (objectLeaves.some(({ path }) => !found.has(path)) && words.length > 0) {
    const objects = await findObjectsIn(searched, words, findObjects);
    const isApart = (span: Span): boolean => !taken.some((other) => overlaps(span, other));
    keep(objectFindings(objects.filter(isApart), searched, objectLeaves, asked, labels));
    for (const leaf of asked) {
      const isOpen =
        leaf.path === state.asked &&
        leaf.field.type === 'object' &&
        found.size === 0 &&
        consent === null &&
        !leavesOpen(searched);
      if (isOpen) keep(whole(leaf, objectRefusal(objects, leaf, searched)));
    }
  }
  for (const leaf of [...asked, ...leaves].filter(({ field }) => field.type === 'text')) {
    const label = labels.find(({ path }) => path === leaf.path);
    const others = [...taken, ...labels.filter(({ path }) => path !== leaf.path && found.has(path))];
    keep(whole(leaf, textFinding(text, leaf.field, asked.includes(leaf), { label, taken: others })));
  }
  const findings = [...found.values()].map(({ leaf, finding, span }) => {
    const named =
      span === undefined ? labels.find(({ path }) => path === leaf.path) : labelBefore(labels, span);
    const behind = span === undefined ? undefined : labelBehind(labels, span, searched);
    const isNamed = finding.is === 'value' && [named?.path, behind?.path].includes(leaf.path);
    return [leaf.path, isNamed ? { ...finding, isNamed } : finding] as const;
  });
  return { words: text.slice(0, 200), consent, findings: Object.fromEntries(findings) };
}

function whole(leaf: Leaf, finding: FieldFinding | undefined): readonly Found[] {
  return finding === undefined ? [] : [{ leaf, finding, span: undefined }];
}

function yesNo(value: boolean, words: string): FieldFinding {
  return { is: 'value', value, words: words.trim(), layer: 'yesNo' };
}

function dateFindings(
  text: string,
  isItalian: boolean,
  nowMs: number,
  leaves: readonly Leaf[],
): readonly Found[] {
  const dates = findDates(text, isItalian, nowMs);
  const inTurn = [...new Set(leaves.filter(({ field }) => field.type === 'date'))];
  return inTurn.flatMap((leaf, index): Found[] => {
    const said = dates[index];
    const [day] = said?.days ?? [];
    if (said === undefined || day === undefined) return [];
    const words = text.slice(said.start, said.end);
    const finding: FieldFinding =
      said.days.length === 1
        ? { is: 'value', value: day, words, layer: 'date' }
        : { is: 'several', words, candidates: said.days.map((value) => ({ value, label: value })) };
    return [{ leaf, finding, span: said }];
  });
}
