import { mayHoldReference } from './reference.ts';
import { mayHoldExpression } from './template.ts';

/** Whether a text stands for a value that only a run knows: nothing can be said about it as it is written. */
export function isResolvedLater(text: string): boolean {
  return mayHoldReference(text) || mayHoldExpression(text);
}
