import { z } from 'zod';
import { jsonSchema } from './conditions/json-value.ts';
import { itemListFields, itemListOf } from './data/item-list.ts';
import { askModel, type ModelAnswer } from './models/ask-model.ts';
import { batchesOf, checkAnswerSchema } from './models/batches-of.ts';
import { combinedAnswers } from './models/combined-answers.ts';
import { conversationOf } from './models/conversation.ts';
import { costOfTokens, sumOfUsage } from './models/token-cost.ts';
import { wantedOfAgent } from './models/wanted-of-agent.ts';
import { done, type OwnKind } from './node-kind.ts';
import { checkPreset } from './requests/check-preset.ts';
import { costOfCalls, failureAfterCost } from './requests/cost.ts';
import { priceOfQuestion } from './requests/expected-price.ts';

const DAY_MS = 86_400_000;

const input = z.strictObject({
  preset: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe(
      'A service with models. Left out: the agent that follows the run is asked, and the run waits for its answer.',
    ),
  operation: z.string().max(80).optional(),
  url: z
    .string()
    .max(2_000)
    .optional()
    .describe('Another base address for the preset, as that of a model on this machine.'),
  settings: z.record(z.string(), jsonSchema).optional(),
  model: z.string().min(1).max(200).optional().describe('Which model. Default: as the preset says.'),
  promptTemplate: z
    .string()
    .max(120)
    .optional()
    .describe('A template of presets/prompts or of your own folder; "name@2" is one version of it.'),
  system: z.string().max(100_000).optional().describe('Who it is to be, and by which rules it answers.'),
  prompt: z.string().max(1_000_000).optional().describe('What is asked, instead of a template.'),
  mapping: z.record(z.string(), jsonSchema).optional().describe('Parameters of the template.'),
  ...itemListFields,
  param: z
    .string()
    .max(100)
    .optional()
    .describe('With a list: the parameter that is the batch. Default: the name of the list.'),
  batchSize: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('With a list: items of one question. Default: all.'),
  answerSchema: z
    .record(z.string(), jsonSchema)
    .optional()
    .describe('JSON Schema of the answer. Default: that of the template. Without any it gives "text".'),
  temperature: z.number().min(0).max(2).default(0.7),
  maxTokens: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1_000)
    .describe('The most it may answer, in tokens.'),
  cacheMs: z
    .number()
    .int()
    .min(0)
    .max(366 * DAY_MS)
    .default(DAY_MS)
    .describe('The answer to the same question is taken again for so long, in milliseconds. Default: a day.'),
});

/** Asks a model, or the agent that follows the run. */
export const ai: OwnKind = Object.freeze({
  type: 'ai',
  aliases: [],
  title: 'Model',
  description:
    'Ask a model by a prompt template or a prompt, with an answer that fits a JSON Schema. Without a preset the run waits for ' +
    'the agent that follows it to answer. A preview asks nobody.',
  toolset: 'flow',
  effect: 'none',
  profile: 'designer',
  reachesOutside: true,
  asks: true,
  input: input,
  output: z.looseObject({
    text: z.string().optional().describe('The answer, where there is no schema.'),
    items: z.array(jsonSchema).optional(),
    model: z.string().nullable().optional(),
    usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }).optional(),
    cost: z.looseObject({ totalCost: z.number(), currency: z.string() }).optional(),
  }),
  priceOf: priceOfQuestion,
  oneOf: [['promptTemplate'], ['prompt']],
  ports: ['error'],
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  examples: [
    {
      title: 'Have sounds named',
      workflow: {
        inputs: { server: { type: 'string', description: 'Where a model is, as http://127.0.0.1:1234/v1.' } },
        nodes: [
          {
            id: 'names',
            type: 'ai',
            data: {
              preset: 'openai-compatible',
              url: '$input:server',
              model: 'local',
              prompt: 'Name a sound of rain on metal.',
            },
          },
          { id: 'end', type: 'say', data: { text: 'It is called $from:names:$output:text' } },
        ],
      },
    },
  ],
  check: (node, graph) => checkPreset(node, graph, 'model'),
  run: async (raw, context) => {
    const given = input.parse(raw);
    const template =
      given.promptTemplate === undefined ? undefined : context.remote.prompts.find(given.promptTemplate);
    const schema = given.answerSchema ?? template?.answerSchema;
    if (schema !== undefined) checkAnswerSchema(schema);
    const { items, list, param, batchSize: size, mapping = {} } = given;
    const found =
      items === undefined && list === undefined ? undefined : itemListOf(context.flow(), items, list).items;
    const batches = batchesOf(mapping, { param: param ?? list, size, items: found });
    const questions = batches.map((params) => conversationOf(given, template, params, schema));
    if (given.preset === undefined) return wantedOfAgent(questions, schema, context);
    const answers: ModelAnswer[] = [];
    const { preset, model } = given;
    const costSoFar = () =>
      context.price === undefined
        ? costOfTokens(sumOfUsage(answers), model, context.remote.presets.find(preset))
        : costOfCalls(
            answers.reduce((sum, { calls }) => sum + calls, 0),
            undefined,
            context.price,
          );
    try {
      for (const [index, question] of questions.entries())
        answers.push(await askModel({ given, question, schema, key: String(index) }, context));
    } catch (thrown) {
      throw failureAfterCost(thrown, costSoFar());
    }
    const usage = sumOfUsage(answers);
    const cost = costSoFar();
    return done({
      ...combinedAnswers(answers.map(({ value }) => value)),
      model: answers[0]?.model ?? given.model ?? null,
      usage: { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens },
      ...(cost === undefined ? {} : { cost }),
    });
  },
} satisfies OwnKind);
