import { linearPattern } from '../../../core/text/linear-pattern.ts';
import { withoutEnding } from '../../../core/text/without-ending.ts';
import type { FieldFinding } from '../finding.ts';
import type { DialogueField } from '../template.ts';
import type { SaidLabel } from './labels.ts';
import type { Span } from './words-of.ts';

/** What an answer is read with beside its text. */
export interface TextAround {
  /** Where this field is named. */
  readonly label: SaidLabel | undefined;
  /** Parts that other fields were filled from. */
  readonly taken: readonly Span[];
}

/**
 * The text an answer gives for a text field: what stands in quotation marks, else what follows the name of the field or words such
 * as "call it", else all of it up to where another value begins.
 */
export function textFinding(
  text: string,
  field: DialogueField,
  isAsked: boolean,
  around: TextAround,
): FieldFinding | undefined {
  const { label, taken } = around;
  if (!isAsked && label === undefined) return undefined;
  const from = label?.end ?? 0;
  const next = taken.filter(({ start }) => start > from).map(({ start }) => start);
  const upTo = Math.min(text.length, ...next);
  const said = quoted(text.slice(from)) ?? withoutFrame(text.slice(from, upTo), next.length > 0);
  if (said === '') return undefined;
  if (field.maxLength !== undefined && said.length > field.maxLength)
    return { is: 'wrong', words: shortened(said), problem: { why: 'tooLong', length: said.length } };
  if (field.pattern === undefined) return { is: 'value', value: said, words: shortened(said), layer: 'text' };
  const pattern = linearPattern(`^(?:${field.pattern})$`);
  if (pattern.test(said)) return { is: 'value', value: said, words: shortened(said), layer: 'pattern' };
  const word = said.split(/\s+/).filter((one) => pattern.test(one));
  const [only] = word;
  return only !== undefined && word.length === 1
    ? { is: 'value', value: only, words: shortened(said), layer: 'pattern' }
    : { is: 'wrong', words: shortened(said), problem: { why: 'noMatch' } };
}

function quoted(text: string): string | undefined {
  // One that is never closed goes to the end: each opening mark would be followed to there.
  const all = [...text.matchAll(/["“«]([^"”»]+)(["”»]|$)/g)].filter(([, , end]) => end !== '');
  return all.length === 1 ? all[0]?.[1]?.trim() : undefined;
}

/** Words around a value that are no part of it. */
function withoutFrame(text: string, isCut: boolean): string {
  const said = text.trim().replace(lead, '').trim();
  if (!isCut) return said;
  const last = said.slice(-longestTrail);
  return withoutEnding(said.slice(0, -longestTrail) + last.replace(trail, ''), ' \t\r\n,;:.');
}

/** In characters: over many separators its expression takes quadratic time. */
const longestTrail = 500;

const lead =
  /^(?:[:=,]\s*|(?:please |let's |let us )?(?:call|name) (?:it|them|this|that)\s+|(?:it'?s |it is |they are )?(?:called|named)\s+|(?:is|should be|will be|must be|shall be|to be)\s+|(?:si chiama|si chiamano|chiamal[oaie]|chiamiamol[oaie]|è|e'|deve essere|sarà|dovrebbe essere|il nome è|il nome)\s+)+/i;

const trail =
  /(?:[\s,;]+(?:to|in|into|on|onto|at|with|and|of|for|through|using|the|its|a|al|allo|alla|nel|nella|sul|sulla|con|e|ed|il|lo|la|di|per|bus|output|volume|via|routed|sent|play(?:ed|ing)?))+[\s,;:]*$/i;

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
