import { isJsonObject, type Json } from '../../core/json.ts';
import type { Report } from '../compiler/problem.ts';
import { showValue, typeInWords } from '../runtime/values/show-value.ts';
import { below } from './json-pointer.ts';
import { parsedIfText } from './json-text.ts';
import { documentKeys, readKeys } from './keys.ts';
import type { WorkflowInput, WorkflowInputType } from './workflow.ts';

export const workflowInputTypes: readonly WorkflowInputType[] = [
  ...(['string', 'number', 'integer', 'boolean', 'array', 'object'] as const),
];

/** Reads `inputs`: `{ "wavPath": { "type": "string", "description": "...", "default": "..." } }`. */
export function readInputs(given: unknown, report: Report): Map<string, WorkflowInput> {
  const value = parsedIfText(given);
  const inputs = new Map<string, WorkflowInput>();
  if (value === undefined || value === null) return inputs;
  if (!isJsonObject(value)) {
    const message = `"inputs" must be an object that declares inputs by name, not ${typeInWords(value)}.`;
    report({ code: 'WORKFLOW_INVALID', message, pointer: '/inputs', expected: inputExample });
    return inputs;
  }
  for (const [name, declaration] of Object.entries(value)) {
    const input = readInput(name, declaration, below('/inputs', name), report);
    if (input !== undefined) inputs.set(name, input);
  }
  return inputs;
}

const inputExample = '{ "wavPath": { "type": "string", "default": "C:/audio/step.wav" } }';
const inputKeys = documentKeys(['type', 'description', 'default']);
/** What `$input:name` can spell. */
const inputName = /^[A-Za-z_][A-Za-z0-9_]*$/;

function readInput(
  name: string,
  value: Json | undefined,
  pointer: string,
  report: Report,
): WorkflowInput | undefined {
  if (!inputName.test(name)) {
    const message = `${showValue(name)} cannot be the name of a workflow input.`;
    report({
      code: 'WORKFLOW_INVALID',
      message,
      pointer,
      expected: 'a letter or "_", then letters, digits or "_"',
    });
  }
  if (!isJsonObject(value)) {
    const message = `The workflow input "${name}" must be declared with an object, not ${typeInWords(value)}.`;
    report({ code: 'WORKFLOW_INVALID', message, pointer, expected: inputExample });
    return undefined;
  }
  readKeys(value, pointer, 'The declaration of a workflow input', inputKeys, report);
  const type = workflowInputTypes.find((known) => known === value.type);
  if (value.type !== undefined && type === undefined) {
    report({
      code: 'WORKFLOW_INVALID',
      message: `The workflow input "${name}" has the unknown type ${showValue(value.type)}.`,
      pointer: below(pointer, 'type'),
      expected: `one of: ${workflowInputTypes.join(', ')}`,
    });
  }
  const { description, default: preset } = value;
  if (type !== undefined && preset !== undefined && !hasType(preset, type)) {
    report({
      code: 'WORKFLOW_INVALID',
      message: `The default ${showValue(preset)} of the workflow input "${name}" is not of type ${type}.`,
      pointer: below(pointer, 'default'),
      expected: type,
    });
  }
  return {
    ...(type === undefined ? {} : { type }),
    ...(typeof description === 'string' ? { description } : {}),
    ...(preset === undefined ? {} : { default: preset }),
  };
}

/** Whether a value is of a declared type. */
export function hasType(value: Json, type: WorkflowInputType): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isJsonObject(value);
  return typeof value === type;
}
