import type { JsonObject } from '../../core/json.ts';
import { fieldChoices } from './choices.ts';
import { type Dialogue, leafAt, SUMMARY } from './dialogue.ts';
import type { DialogueStep } from './dialogue-state.ts';
import type { Candidate } from './finding.ts';
import type { DialogueField } from './template.ts';

/**
 * JSON Schema of an answer as data: flat, of texts, numbers, booleans and choices only, as elicitation of MCP takes it. A value
 * stands in the member `value`; for a group each field stands in a member of its path.
 */
export function answerSchema(
  dialogue: Dialogue,
  path: string,
  step: DialogueStep,
  choices: readonly Candidate[],
): JsonObject {
  if (path === SUMMARY || step === 'confirmation') {
    return objectOf({ value: { type: 'boolean', description: 'Whether this is right.' } }, ['value']);
  }
  const leaf = leafAt(dialogue, path);
  if (leaf !== undefined) {
    const required = leaf.field.required ? ['value'] : [];
    return objectOf({ value: memberOf(leaf.field, choices) }, required);
  }
  const inside = dialogue.leaves.filter(({ groups }) => groups.includes(path));
  const members = inside.map((one) => [one.path, memberOf(one.field, fieldChoices(one.field))] as const);
  return objectOf(Object.fromEntries(members), []);
}

function objectOf(properties: JsonObject, required: readonly string[]): JsonObject {
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required: [...required] }) };
}

function memberOf(field: DialogueField, choices: readonly Candidate[]): JsonObject {
  const { type, label, description, min, max, maxLength, unit } = field;
  const about = [description, unit === undefined ? undefined : `In ${unit}.`]
    .filter((text) => text)
    .join(' ');
  const shared = {
    ...(label === undefined ? {} : { title: label }),
    ...(about === '' ? {} : { description: about }),
  };
  if (type === 'yesNo') return { type: 'boolean', ...shared };
  if (type === 'number') {
    return {
      type: 'number',
      ...shared,
      ...(min === undefined ? {} : { minimum: min }),
      ...(max === undefined ? {} : { maximum: max }),
    };
  }
  if (choices.length > 0)
    return { type: 'string', ...shared, enum: choices.map(({ label: shown }) => shown) };
  return {
    type: 'string',
    ...shared,
    ...(type === 'date' ? { format: 'date' } : {}),
    ...(maxLength === undefined ? {} : { maxLength }),
  };
}
