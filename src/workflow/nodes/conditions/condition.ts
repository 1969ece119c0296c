import { z } from 'zod';
import { linearPattern } from '../../../core/text/linear-pattern.ts';
import { jsonSchema } from './json-value.ts';
import { comparisons, logicalOperators } from './operators.ts';

/**
 * A question about a value. `{ field, operator, value }` compares what stands at a path; `{ operator: "and" | "or" | "not",
 * conditions }` joins several; true or false is what an expression came to.
 */
export type DataCondition = boolean | ConditionTerm;

/** One comparison, or a group of conditions. */
export type ConditionTerm = {
  readonly field?: string | undefined;
  readonly of?: z.output<typeof jsonSchema> | undefined;
  readonly operator: (typeof comparisons)[number] | (typeof logicalOperators)[number];
  readonly value?: z.output<typeof jsonSchema> | undefined;
  readonly ignoreCase?: boolean | undefined;
  readonly conditions?: readonly DataCondition[] | undefined;
};

/** As a document has it, references replaced. Unknown members, what an operator lacks and expressions that do not compile are issues. */
export const conditionSchema: z.ZodType<DataCondition> = z.lazy(() =>
  z.union([
    z.boolean(),
    z
      .strictObject({
        field: z
          .string()
          .max(1_000)
          .optional()
          .describe('Path of the value in what is looked at: "email", "files.0.name". Left out: all of it.'),
        of: jsonSchema
          .optional()
          .describe('The value itself instead of a path, mostly a reference: "$from:n1:$output:total".'),
        operator: z
          .enum([...comparisons, ...logicalOperators])
          .describe('How it is compared; "and", "or" and "not" join the conditions of a group.'),
        value: jsonSchema.optional().describe('What it is compared with.'),
        ignoreCase: z.boolean().optional().describe('Of texts: whether capital letters are the same.'),
        conditions: z.array(conditionSchema).min(1).max(200).optional().describe('The members of a group.'),
      })
      .superRefine(checkMembers),
  ]),
);

/** Several conditions in a list mean all of them. */
export const conditionsSchema = z.union([conditionSchema, z.array(conditionSchema).min(1).max(200)]);

/** Operators that look at the value alone. */
const unary: ReadonlySet<string> = new Set(['exists', 'missing', 'empty', 'notEmpty', 'isTrue', 'isFalse']);

function checkMembers(term: ConditionTerm, context: z.RefinementCtx): void {
  const refuse = (member: string, message: string): void =>
    context.addIssue({ code: 'custom', path: [member], message });
  const { operator, value, conditions, field, of } = term;
  const isGroup = logicalOperators.some((known) => known === operator);
  if (isGroup) {
    if (conditions === undefined) refuse('conditions', `must be a list: "${operator}" joins conditions`);
    for (const member of ['field', 'of', 'value'] as const)
      if (term[member] !== undefined) refuse(member, `must be left out: "${operator}" joins conditions`);
    return;
  }
  if (conditions !== undefined)
    refuse('conditions', 'must be left out unless operator is "and", "or" or "not"');
  if (field !== undefined && of !== undefined) refuse('of', 'must be left out where there is a field');
  if (unary.has(operator)) {
    if (value !== undefined) refuse('value', `must be left out: "${operator}" looks at the value alone`);
  } else if (value === undefined) refuse('value', `must be given: "${operator}" compares with it`);
  else if (operator === 'in' && typeof value !== 'string' && !Array.isArray(value))
    refuse('value', 'must be a list for "in"');
  else if (operator === 'regex') checkPattern(value, refuse);
}

function checkPattern(value: unknown, refuse: (member: string, message: string) => void): void {
  if (typeof value !== 'string') {
    refuse('value', 'must be a regular expression as text');
    return;
  }
  // What a reference or an expression gives is known when it runs.
  if (value.includes('$from:') || value.includes('$input:') || value.includes('{{')) return;
  try {
    linearPattern(value);
  } catch (thrown) {
    refuse(
      'value',
      `must be a regular expression; ${thrown instanceof Error ? thrown.message : 'it is none'}`,
    );
  }
}
