import { WwiseFlowError } from '../../../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { ExpressionFault } from '../../expressions/cel/fault.ts';
import { compileExpression } from '../../expressions/expression.ts';
import type { ExpressionScope } from '../../expressions/scope.ts';
import { evaluateTemplate, parseTemplate } from '../../expressions/template.ts';

/** What the expressions of a preset look at, as `input`. */
export type PresetScope = {
  readonly params: JsonObject;
  readonly settings: JsonObject;
} & JsonObject;

/**
 * A value of a preset with its `{{ CEL }}` replaced. Members and items that come to null are left out: what was not given is not
 * sent. Throws INVALID_INPUT naming the preset for what cannot be evaluated.
 */
export function fillTemplate(value: Json, scope: PresetScope, where: string): Json {
  if (typeof value === 'string') return filledText(value, scope, where);
  if (Array.isArray(value))
    return value.map((item) => fillTemplate(item, scope, where)).filter((item) => item !== null);
  if (!isJsonObject(value)) return value;
  const filled: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const made = fillTemplate(member, scope, where);
    if (made !== null) filled[key] = made;
  }
  return filled;
}

/** The value of an expression of a preset, which has no braces. */
export function evaluatePreset(source: string, scope: PresetScope, where: string): Json {
  return guarded(source, where, () => compileExpression(source).evaluate(scopeOf(scope)));
}

function filledText(text: string, scope: PresetScope, where: string): Json {
  return guarded(text, where, () => {
    const template = parseTemplate(text);
    return template === undefined ? text : evaluateTemplate(template, scopeOf(scope));
  });
}

function guarded(text: string, where: string, evaluate: () => Json): Json {
  try {
    return evaluate();
  } catch (thrown) {
    if (!(thrown instanceof WwiseFlowError) && !(thrown instanceof ExpressionFault)) throw thrown;
    throw new WwiseFlowError('INVALID_INPUT', `${where}: ${text.slice(0, 200)}: ${thrown.message}`, {
      hint: 'Look at the answer of the service and at the preset: the one does not fit the other.',
      details: { expression: text.slice(0, 500) },
    });
  }
}

function scopeOf(input: JsonObject): ExpressionScope {
  return {
    input,
    node: () => undefined,
    workflowInput: {},
    vars: {},
    globals: {},
    secret: (name) => {
      throw new WwiseFlowError('INVALID_INPUT', `The secret "${name}" stands in an expression of a preset.`, {
        hint: 'Name it in "auth" of the preset.',
      });
    },
  };
}
