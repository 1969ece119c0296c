import { z } from 'zod';
import { conditionSchema } from '../nodes/conditions/condition.ts';
import { jsonSchema } from '../nodes/conditions/json-value.ts';

/** What a dialogue collects and how it asks. Fields are asked in their order; those of a `group` one by one where one answer did not give them all. */
export type DialogueTemplate = z.output<typeof dialogueTemplate>;

/** One value to collect, or a group of them. */
export type DialogueField = {
  readonly name: string;
  readonly type: (typeof fieldTypes)[number];
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  readonly required: boolean;
  readonly default?: z.output<typeof jsonSchema> | undefined;
  readonly choices?: readonly Choice[] | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly unit?: (typeof units)[number] | undefined;
  readonly pattern?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly objectTypes?: readonly string[] | undefined;
  readonly rules?: readonly Rule[] | undefined;
  readonly when?: z.output<typeof conditionSchema> | undefined;
  readonly confirm?: boolean | undefined;
  readonly tries?: number | undefined;
  readonly escalation?: Escalation | undefined;
  readonly prompts?: Prompts | undefined;
  readonly fields?: readonly DialogueField[] | undefined;
};

export type Choice = z.output<typeof choice>;
export type Rule = z.output<typeof rule>;
export type Prompts = z.output<typeof prompts>;
export type Escalation = z.output<typeof escalation>;

/** `object` is something of the open project; `group` has `fields` of its own. */
export const fieldTypes = ['text', 'number', 'choice', 'yesNo', 'date', 'object', 'group'] as const;

/** Of a number. An answer in a related unit is converted: 200 cents are 2 semitones. */
export const units = ['dB', 'semitones', 'cents', 's', 'ms', 'Hz', '%'] as const;

/** What can become of a field. */
export const dialogueSteps = [
  'start',
  'noInput',
  'noMatch',
  'confirmation',
  'notConfirmed',
  'success',
  'failed',
  'escalate',
] as const;

const text = z.string().min(1).max(2_000);
const texts = z.union([text, z.array(text).min(1).max(10)]);

const prompts = z
  .strictObject(Object.fromEntries(dialogueSteps.map((step) => [step, texts.optional()])))
  .describe('What is said in each state; a list: one after the other, the last again and again.');

const choice = z.strictObject({
  value: z.union([z.string().max(1_000), z.number(), z.boolean()]).describe('What the field becomes.'),
  label: text.optional().describe('How it is shown. Default: the value.'),
  words: z.array(text).max(50).optional().describe('Other ways to say it.'),
});

const rule = z.strictObject({
  pattern: text.describe('A regular expression (RE2) that is searched for in the answer.'),
  value: jsonSchema.describe('What the field becomes; in a text $1 stands for the first group.'),
});

const escalation = z
  .enum(['default', 'fail', 'handoff'])
  .describe('After too many tries: take the default, fail, or hand over to a person with the role.');

const tries = z.int().min(1).max(10);
const fieldName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'must be letters, digits and _, not beginning with a digit');

const field: z.ZodType<DialogueField> = z.lazy(() =>
  z
    .strictObject({
      name: fieldName.describe('Under which the value is given.'),
      type: z.enum(fieldTypes).describe('What the value is.'),
      label: text.optional().describe('How the field is called in prompts. Default: the name.'),
      description: text.optional().describe('What it is for; shown with the question.'),
      required: z.boolean().default(true).describe('false: an empty answer leaves it out.'),
      default: jsonSchema.optional().describe('Taken when it is not required, or by escalation.'),
      choices: z.array(choice).min(1).max(500).optional().describe('Of a choice: what there is.'),
      min: z.number().optional().describe('Of a number: the smallest.'),
      max: z.number().optional().describe('Of a number: the largest.'),
      unit: z.enum(units).optional().describe('Of a number: its unit.'),
      pattern: text.optional().describe('Of a text: a regular expression (RE2) all of it must match.'),
      maxLength: z.int().min(1).max(100_000).optional().describe('Of a text: most characters.'),
      objectTypes: z.array(text).min(1).max(50).optional().describe('Of an object: the types it may have.'),
      rules: z.array(rule).max(100).optional().describe('What certain answers mean, tried in order.'),
      when: conditionSchema
        .optional()
        .describe('Asked only where this holds for the values collected so far.'),
      confirm: z.boolean().optional().describe('Whether the value is confirmed by itself.'),
      tries: tries.optional().describe('Answers that may be of no use before it escalates.'),
      escalation: escalation.optional(),
      prompts: prompts.optional(),
      fields: z.array(field).min(1).max(50).optional().describe('Of a group: its fields.'),
    })
    .superRefine(checkField),
);

/** As a document has it. Unknown members, twin names and what does not fit the type of a field are issues. */
export const dialogueTemplate = z
  .strictObject({
    fields: z.array(field).min(1).max(100).describe('What to ask for.'),
    confirm: z
      .enum(['none', 'value', 'summary'])
      .default('none')
      .describe('Whether each value is confirmed, or all of them once at the end.'),
    tries: tries.default(3).describe('Answers of no use before a field escalates.'),
    escalation: escalation.default('fail'),
    role: text.optional().describe('Who is asked after a handoff.'),
    language: z.enum(['en', 'it']).default('en').describe('Of the prompts that are not given.'),
    prompts: prompts.optional(),
  })
  .superRefine(({ fields }, context) => checkTwins(fields, ['fields'], context));

type Report = z.RefinementCtx;

/** Members that only some types have. */
const membersOfTypes: Readonly<Record<string, readonly string[]>> = {
  choices: ['choice'],
  min: ['number'],
  max: ['number'],
  unit: ['number'],
  pattern: ['text'],
  maxLength: ['text'],
  objectTypes: ['object'],
  fields: ['group'],
};

function checkField(value: DialogueField, context: Report): void {
  const refuse = (member: string, message: string): void =>
    context.addIssue({ code: 'custom', path: [member], message });
  for (const [member, types] of Object.entries(membersOfTypes)) {
    const isGiven = Reflect.get(value, member) !== undefined;
    if (isGiven && !types.includes(value.type))
      refuse(member, `must be left out of a field of type "${value.type}"`);
  }
  if (value.type === 'choice' && value.choices === undefined)
    refuse('choices', 'must be given: a choice is made from them');
  if (value.type === 'group' && value.fields === undefined)
    refuse('fields', 'must be given: a group is made of them');
  if (value.min !== undefined && value.max !== undefined && value.min > value.max)
    refuse('max', `must be at least min, ${value.min}`);
  if (value.escalation === 'default' && value.default === undefined && value.type !== 'group')
    refuse('default', 'must be given: the field escalates to it');
  checkTwins(value.fields ?? [], ['fields'], context);
}

function checkTwins(fields: readonly DialogueField[], path: readonly string[], context: Report): void {
  const seen = new Set<string>();
  for (const [index, { name }] of fields.entries()) {
    if (seen.has(name))
      context.addIssue({
        code: 'custom',
        path: [...path, index, 'name'],
        message: `must be another name: "${name}" is taken`,
      });
    seen.add(name);
  }
}
