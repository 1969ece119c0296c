import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { mayHoldReference } from '../../expressions/reference.ts';
import type { ExpressionScope } from '../../expressions/scope.ts';
import { evaluateTemplate, parseTemplate } from '../../expressions/template.ts';
import { type ConditionTerm, conditionsSchema, type DataCondition } from './condition.ts';
import { conditionHolds } from './evaluate-condition.ts';

/**
 * What is left of a condition once all of it is worked out that looks at nothing: true, false, or what a value is still to be asked
 * for. It holds for the same values. What cannot be judged stays as it is, to fail where it is asked.
 */
export function settledCondition(condition: DataCondition): DataCondition {
  if (typeof condition === 'boolean') return condition;
  const { operator, conditions = [] } = condition;
  if (operator === 'and') return allOf(conditions.map(settledCondition));
  if (operator === 'or') return opposite(allOf(conditions.map((one) => opposite(settledCondition(one)))));
  if (operator === 'not') return opposite(allOf(conditions.map(settledCondition)));
  return condition.of === undefined ? condition : judged(condition);
}

/** The `when` of a node or a field, as a document has it, worked out where no reference stands in it; else as it is. */
export function settledWhen(when: Json): Json {
  const constant = constantOf(when);
  if (constant === undefined) return when;
  const read = conditionsSchema.safeParse(constant.value);
  if (!read.success) return when;
  const settled = settledCondition(asOne(read.data));
  return typeof settled === 'boolean' ? settled : when;
}

/** The fields of a template, as a document has them, with their conditions worked out: where each stands is where it stood. */
export function withSettledConditions(fields: readonly Json[]): Json {
  return fields.map((given) => {
    if (!isJsonObject(given)) return given;
    const { when, fields: inside, ...rest } = given;
    const settled = when === undefined ? undefined : settledWhen(when);
    return {
      ...rest,
      ...(settled === undefined || settled === true ? {} : { when: settled }),
      ...(Array.isArray(inside) ? { fields: withSettledConditions(inside) } : {}),
    };
  });
}

function asOne(condition: DataCondition | readonly DataCondition[]): DataCondition {
  return isList(condition) ? { operator: 'and', conditions: condition } : condition;
}

function isList(value: DataCondition | readonly DataCondition[]): value is readonly DataCondition[] {
  return Array.isArray(value);
}

/** All of them, which are settled. */
function allOf(all: readonly DataCondition[]): DataCondition {
  if (all.includes(false)) return false;
  const open = all.filter((one) => one !== true);
  const [only, another] = open;
  if (only === undefined) return true;
  return another === undefined ? only : { operator: 'and', conditions: open };
}

function opposite(condition: DataCondition): DataCondition {
  if (typeof condition === 'boolean') return !condition;
  const [only, another] = condition.conditions ?? [];
  if (condition.operator === 'not' && only !== undefined && another === undefined) return only;
  return { operator: 'not', conditions: [condition] };
}

function judged(term: ConditionTerm): DataCondition {
  try {
    return conditionHolds(term, null);
  } catch {
    return term;
  }
}

/** The value, its expressions worked out; undefined where it reads something, or cannot be worked out. */
function constantOf(value: Json): { readonly value: Json } | undefined {
  if (typeof value === 'string') return constantText(value);
  if (Array.isArray(value)) {
    const members = value.map(constantOf);
    const known = members.flatMap((one) => (one === undefined ? [] : [one.value]));
    return known.length === members.length ? { value: known } : undefined;
  }
  if (!isJsonObject(value)) return { value };
  const worked: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    const known = member === undefined ? undefined : constantOf(member);
    if (known === undefined) return undefined;
    worked[name] = known.value;
  }
  return { value: worked };
}

function constantText(text: string): { readonly value: Json } | undefined {
  if (mayHoldReference(text)) return undefined;
  try {
    const template = parseTemplate(text);
    if (template === undefined) return { value: text };
    if (template.parts.some(({ expression }) => expression !== undefined && expression.reads.length > 0))
      return undefined;
    return { value: evaluateTemplate(template, nothingAround) };
  } catch {
    return undefined;
  }
}

const none: JsonObject = {};
const nothingAround: ExpressionScope = {
  input: null,
  node: () => undefined,
  workflowInput: none,
  vars: none,
  globals: none,
  secret: () => {
    throw new Error('An expression that reads nothing asked for a secret.');
  },
};
