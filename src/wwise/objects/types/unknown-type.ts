import { WwiseFlowError } from '../../../core/errors.ts';
import { nearest } from '../../../core/text/nearest.ts';

/** INVALID_INPUT for a type Wwise does not have, with the names of types most like it. */
export function unknownType(words: string, known: readonly string[]): WwiseFlowError {
  const candidates = nearestTypes(words, known);
  const meant =
    candidates.length === 0 ? '' : ` Did you mean ${candidates.map((name) => `"${name}"`).join(' or ')}?`;
  return new WwiseFlowError('INVALID_INPUT', `Wwise has no object type "${words}".${meant}`, {
    hint: 'Use a WAAPI type name such as Sound, RandomSequenceContainer, SwitchContainer, Folder, Event or Bus.',
    details: { type: words, candidates },
  });
}

/** The type that is meant by what the user interface calls it, in lower case and without spaces; others as they are. */
export function typeByLabel(words: string): string {
  const plain = plainWord(words);
  return labels[plain] ?? plain;
}

/** What the user interface calls types that WAAPI calls otherwise. */
const labels: Readonly<Record<string, string>> = {
  randomcontainer: 'randomsequencecontainer',
  sequencecontainer: 'randomsequencecontainer',
  virtualfolder: 'folder',
  soundsfx: 'sound',
  soundvoice: 'sound',
  audiobus: 'bus',
  auxiliarybus: 'auxbus',
};

/** The type of that label first, then types that hold all the words, then those spelled most like it. */
export function nearestTypes(words: string, known: readonly string[]): string[] {
  const meant = typeByLabel(words);
  const parts = words.match(/[A-Z]?[a-z0-9]+|[A-Z]+/g)?.map((part) => part.toLowerCase()) ?? [];
  const labelled = known.filter((name) => name.toLowerCase() === meant);
  const holding = known.filter(
    (name) => parts.length > 1 && parts.every((part) => plainWord(name).includes(part)),
  );
  return [...new Set([...labelled, ...holding, ...nearest(words, known)])].slice(0, 3);
}

function plainWord(words: string): string {
  return words.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
