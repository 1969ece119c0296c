import type { Candidate } from './finding.ts';
import type { DialogueField } from './template.ts';

/** What a field can be chosen from, as it is shown. */
export function fieldChoices(field: Pick<DialogueField, 'choices'> | undefined): readonly Candidate[] {
  return (field?.choices ?? []).map(({ value, label }) => ({ value, label: label ?? String(value) }));
}
