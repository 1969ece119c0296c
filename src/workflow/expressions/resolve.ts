import { WwiseFlowError } from '../../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { typeInWords } from '../runtime/values/show-value.ts';
import { ExpressionFault } from './cel/fault.ts';
import { parseReferences, type ReferenceTarget } from './reference.ts';
import { type ExpressionScope, INPUT_STEPS } from './scope.ts';
import { evaluateTemplate, mayHoldExpression, parseTemplate, type Template } from './template.ts';
import { valueAt } from './value-at.ts';

/** Where references and expressions find their values during a run. */
export interface Values {
  /** What a finished node gave, or undefined when it has not run. */
  output(node: string): JsonObject | undefined;
  /** How a node failed, or undefined when it has not. */
  error?(node: string): JsonObject | undefined;
  readonly inputs: JsonObject;
  /** What only expressions look at. */
  readonly around: ValuesAround;
}

/** What expressions look at beside outputs and inputs. */
export type ValuesAround = Pick<
  ExpressionScope,
  'vars' | 'globals' | 'secret' | 'cleanName' | 'item' | 'index' | 'budget'
>;

/** The same values, for expressions that may cost so much together and no more. */
export function withinBudget(values: Values): Values {
  return { ...values, around: { ...values.around, budget: { left: INPUT_STEPS } } };
}

/**
 * A node's input with every reference and expression replaced by its value; parts without any are the same objects as before.
 * `inputFrom`: the node whose output is `input` in expressions; left out: the input of the workflow is.
 * Throws UNRESOLVED_REFERENCE when a value is not there, or cannot stand inside a longer string, and INVALID_INPUT where an
 * expression cannot be evaluated.
 */
export function resolveReferences(value: Json, values: Values, inputFrom?: string): Json {
  if (typeof value === 'string') return resolveText(value, values, inputFrom);
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, values, inputFrom));
  if (!isJsonObject(value)) return value;
  return mapped(value, (member) => resolveReferences(member, values, inputFrom));
}

function resolveText(text: string, values: Values, inputFrom: string | undefined): Json {
  if (mayHoldExpression(text)) {
    const plain = (part: string) => resolvePlain(part, values);
    return evaluateTemplate(templateOf(text), scopeFor(values, inputFrom), plain);
  }
  const [first, another] = parseReferences(text) ?? [];
  if (first?.target !== undefined && another === undefined) return read(first.text, first.target, values);
  return resolvePlain(text, values);
}

/** The text with the texts of its references. */
function resolvePlain(text: string, values: Values): string {
  const parts = parseReferences(text);
  if (parts === undefined) return text;
  return parts
    .map((part) =>
      part.target === undefined ? part.text : asText(part.text, read(part.text, part.target, values)),
    )
    .join('');
}

/** Compiled before; a journal of another version may have what this one does not know. */
export function templateOf(text: string): Template {
  try {
    return parseTemplate(text) ?? { text, isWhole: false, parts: [{ text, offset: 0 }] };
  } catch (thrown) {
    if (!(thrown instanceof ExpressionFault)) throw thrown;
    throw new WwiseFlowError('UNRESOLVED_REFERENCE', `${text.slice(0, 200)}: ${thrown.message}`, {
      hint: 'Compile the workflow again with this version, and repair what it says.',
      details: { offset: thrown.fault.offset },
    });
  }
}

function scopeFor(values: Values, inputFrom: string | undefined): ExpressionScope {
  const { inputs, around } = values;
  return {
    ...around,
    get input() {
      if (inputFrom === undefined) return inputs;
      const output = values.output(inputFrom);
      if (output !== undefined) return output;
      throw new WwiseFlowError(
        'UNRESOLVED_REFERENCE',
        `"input" is what node "${inputFrom}" gave, and it gave nothing.`,
        {
          hint: `Write default(nodes[${JSON.stringify(inputFrom)}]..., <value>) for when it gives nothing.`,
          details: { node: inputFrom },
        },
      );
    },
    node: (id) => values.output(id),
    workflowInput: inputs,
  };
}

export function mapped(value: JsonObject, change: (member: Json) => Json): JsonObject {
  const changed: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) if (member !== undefined) changed[key] = change(member);
  return changed;
}

export function read(reference: string, target: ReferenceTarget, values: Values): Json {
  const from = sourceOf(target, values);
  const path = target.kind === 'input' ? [target.name, ...target.path] : target.path;
  const found = from === undefined ? undefined : valueAt(from, path);
  if (found !== undefined) return found;
  const given =
    from === undefined ? 'it has not run' : `it gave: ${Object.keys(from).join(', ') || 'nothing'}`;
  const what =
    target.kind !== 'input'
      ? `Node "${target.node}" gave no "${path.join('.')}"; ${given}`
      : 'It has no value';
  throw new WwiseFlowError('UNRESOLVED_REFERENCE', `${reference} cannot be resolved. ${what}.`, {
    hint:
      target.kind !== 'input'
        ? 'Check what the node gave in its results row (an empty list has no first item), then refer to a value that is there.'
        : `Hand in "${target.name}" with the run's input, or give it a default in the workflow.`,
    details: { reference },
  });
}

function sourceOf(target: ReferenceTarget, values: Values): JsonObject | undefined {
  if (target.kind === 'input') return values.inputs;
  return target.kind === 'output' ? values.output(target.node) : values.error?.(target.node);
}

export function asText(reference: string, value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const message = `${reference} is ${typeInWords(value)} and cannot stand inside a longer string.`;
  throw new WwiseFlowError('UNRESOLVED_REFERENCE', message, {
    hint: 'Refer to a text, a number or a boolean, or let the reference be the whole value.',
    details: { reference },
  });
}
