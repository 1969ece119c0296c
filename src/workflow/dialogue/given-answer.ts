import { isJsonObject, type Json } from '../../core/json.ts';
import { fieldChoices } from './choices.ts';
import { type Dialogue, type Leaf, leafAt } from './dialogue.ts';
import type { DialogueState } from './dialogue-state.ts';
import { type ExtractionSources, extractAnswer } from './extraction/extract.ts';
import type { FieldFinding, Understood } from './finding.ts';

/**
 * What an answer as data says: a member `value` for what is asked, or members by the paths of fields. Texts in it are understood
 * as texts are; what is of another type than its field is wrong, never an error. Rejects only where `findObjects` does.
 */
export async function givenAnswer(
  data: Json,
  dialogue: Dialogue,
  state: DialogueState,
  sources: ExtractionSources,
): Promise<Understood> {
  const members = isJsonObject(data) ? data : { value: data };
  const words = JSON.stringify(data).slice(0, 200);
  let consent: boolean | null = null;
  const findings: Record<string, FieldFinding> = {};
  for (const [name, value] of Object.entries(members)) {
    const path = name === 'value' && leafAt(dialogue, 'value') === undefined ? state.asked : name;
    if (value === undefined || value === null || path === null) continue;
    if (typeof value === 'boolean' && path === state.asked) consent = value;
    const leaf = leafAt(dialogue, path);
    if (typeof value === 'string') {
      const understood = await extractAnswer(value, dialogue, { ...state, asked: path }, sources);
      if (path === state.asked) consent = understood.consent;
      const found = leaf === undefined ? understood.findings : only(path, understood.findings[path]);
      Object.assign(findings, found);
    } else if (leaf !== undefined) Object.assign(findings, only(path, findingOf(leaf, value)));
  }
  return { words, consent, findings };
}

function only(path: string, finding: FieldFinding | undefined): Record<string, FieldFinding> {
  return finding === undefined ? {} : { [path]: finding };
}

function findingOf({ field }: Leaf, value: Json): FieldFinding | undefined {
  const words = JSON.stringify(value).slice(0, 200);
  const chosen = fieldChoices(field).find((choice) => choice.value === value);
  if (chosen !== undefined) return { is: 'value', value, words, layer: 'given', isNamed: true };
  if (field.type === 'yesNo' && typeof value === 'boolean')
    return { is: 'value', value, words, layer: 'given', isNamed: true };
  // A yes or no is for the confirmation of a value.
  if (typeof value === 'boolean') return undefined;
  if (field.type !== 'number' || typeof value !== 'number')
    return { is: 'wrong', words, problem: { why: 'wrongKind' } };
  if (field.min !== undefined && value < field.min)
    return { is: 'wrong', words, problem: { why: 'tooSmall', value } };
  if (field.max !== undefined && value > field.max)
    return { is: 'wrong', words, problem: { why: 'tooLarge', value } };
  return { is: 'value', value, words, layer: 'given', isNamed: true };
}
