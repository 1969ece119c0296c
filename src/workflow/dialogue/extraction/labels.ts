import type { Leaf } from '../dialogue.ts';
import { plain, type Span, type Word } from './words-of.ts';

/** Where an answer names a field. */
export interface SaidLabel extends Span {
  readonly path: string;
}

/** The fields an answer names by label or name, word by word, in their order. */
export function findLabels(words: readonly Word[], leaves: readonly Leaf[]): readonly SaidLabel[] {
  const folded = words.map((word) => plain(word.text));
  const found: SaidLabel[] = [];
  for (const { path, field } of leaves) {
    const ways = new Set(
      [field.label, field.name].flatMap((name) => (name === undefined ? [] : [plain(spaced(name))])),
    );
    for (const way of ways) {
      const parts = way.split(' ');
      for (let first = 0; first + parts.length <= folded.length; first += 1) {
        if (!parts.every((part, index) => folded[first + index] === part)) continue;
        const [start, last] = [words[first], words[first + parts.length - 1]];
        if (start !== undefined && last !== undefined)
          found.push({ path, start: start.start, end: last.end });
      }
    }
  }
  return found.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** The field that was named last before this part of the answer. */
export function labelBefore(labels: readonly SaidLabel[], span: Span): SaidLabel | undefined {
  return labels.findLast(({ end }) => end <= span.start);
}

/** The field that is named right behind this part of the answer: "the SFX bus". */
export function labelBehind(labels: readonly SaidLabel[], span: Span, text: string): SaidLabel | undefined {
  return labels.find(({ start }) => start >= span.end && text.slice(span.end, start).trim() === '');
}

/** "fadeTime" is said as "fade time". */
function spaced(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ');
}
