import type { Leaf } from '../dialogue.ts';
import type { FieldFinding } from '../finding.ts';
import { isAlternative, isCorrection, isDeniedAfter } from './alternatives.ts';
import type { Found } from './found.ts';
import { labelBefore, type SaidLabel } from './labels.ts';
import { candidateOf, type NamedObject, type SaidObject } from './objects.ts';
import { plain } from './words-of.ts';

/** Which named object is for which field: by its types, the one named before it first, then those that were asked for. */
export function objectFindings(
  said: readonly SaidObject[],
  text: string,
  leaves: readonly Leaf[],
  asked: readonly Leaf[],
  labels: readonly SaidLabel[],
): readonly Found[] {
  const inTurn = [...asked, ...leaves.filter((leaf) => !asked.includes(leaf))].filter(
    ({ field }) => field.type === 'object',
  );
  const found: Found[] = [];
  for (const one of decided(said, text).toSorted(
    (a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start,
  )) {
    const named = labelBefore(labels, one);
    const isFree = (leaf: Leaf): boolean => found.every((other) => other.leaf !== leaf);
    const leaf = [...inTurn.filter(({ path }) => path === named?.path), ...inTurn].find(
      (candidate) => isFree(candidate) && fitting(one, candidate).length > 0,
    );
    if (leaf !== undefined)
      found.push({ leaf, finding: findingOf(one, narrowed(one, fitting(one, leaf), text)), span: one });
  }
  return found;
}

/** What is said of an asked field when the answer named only objects of other types, or nothing that the project has. */
export function objectRefusal(
  said: readonly SaidObject[],
  { field }: Leaf,
  text: string,
): FieldFinding | undefined {
  const [other] = said;
  const type = other?.objects[0]?.type;
  if (other !== undefined && type !== undefined)
    return { is: 'wrong', words: other.phrase, problem: { why: 'wrongType', type } };
  const name = text.trim();
  if (name === '' || name.length > 200 || field.type !== 'object') return undefined;
  return { is: 'wrong', words: name, problem: { why: 'noSuchObject', name } };
}

function fitting({ objects }: SaidObject, { field }: Leaf): readonly NamedObject[] {
  return objects.filter(({ type }) => field.objectTypes === undefined || field.objectTypes.includes(type));
}

/** Without those that are denied or replaced by the next one; those that either will do as one: "SFX or Music". */
function decided(said: readonly SaidObject[], text: string): readonly SaidObject[] {
  const kept: SaidObject[] = [];
  for (const one of said.toSorted((a, b) => a.start - b.start)) {
    if (isDeniedAfter(text.slice(0, one.start))) continue;
    const last = kept.at(-1);
    const between = last === undefined ? '' : text.slice(last.end, one.start);
    const isSameKind = last?.objects.some(({ type }) => one.objects.some((other) => other.type === type));
    if (last === undefined || !isSameKind) kept.push(one);
    else if (isCorrection(between)) kept.splice(-1, 1, one);
    else if (isAlternative(between))
      kept.splice(-1, 1, {
        start: last.start,
        end: one.end,
        phrase: text.slice(last.start, one.end),
        objects: [...last.objects, ...one.objects],
      });
    else kept.push(one);
  }
  return kept;
}

/** Those whose folders the rest of the answer names: "the Door_Close in the cave". All where it names none. */
function narrowed(said: SaidObject, objects: readonly NamedObject[], text: string): readonly NamedObject[] {
  if (objects.length < 2) return objects;
  const rest = ` ${plain(`${text.slice(0, said.start)} ${text.slice(said.end)}`)} `;
  const foldersOf = ({ label }: NamedObject): readonly string[] => label.split('\\').slice(0, -1).map(plain);
  const isShared = (folder: string): boolean => objects.every((one) => foldersOf(one).includes(folder));
  const named = objects.filter((one) =>
    foldersOf(one).some((folder) => folder !== '' && !isShared(folder) && rest.includes(` ${folder} `)),
  );
  return named.length > 0 ? named : objects;
}

/** That a person can choose among; any other can be named by its path. */
const MOST_CANDIDATES = 20;

function findingOf({ phrase }: SaidObject, objects: readonly NamedObject[]): FieldFinding {
  const [only] = objects;
  if (only !== undefined && objects.length === 1)
    return { is: 'value', value: only.value, words: phrase, layer: 'project' };
  return { is: 'several', words: phrase, candidates: objects.slice(0, MOST_CANDIDATES).map(candidateOf) };
}
