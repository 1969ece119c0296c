import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { DialogueTurn } from '../dialogue/reduce.ts';
import { type DialogueTemplate, dialogueTemplate, fieldTypes } from '../dialogue/template.ts';
import { answerByField, answerByMsOf, declinedError, unansweredError } from './asking/answer-by.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { done, failed, type NodeContext, type Outcome, type OwnKind, suspended } from './node-kind.ts';

const input = z.strictObject({
  template: dialogueTemplate.describe('What to ask for, and how.'),
  known: z
    .record(z.string(), jsonSchema)
    .optional()
    .describe('Values that need no question, by the path of their field: {"sound.volume": -6}.'),
  answerBy: answerByField,
  remindAfterMs: z
    .number()
    .min(1_000)
    .max(366 * 86_400_000)
    .optional()
    .describe('After so many milliseconds without an answer it is asked again, which counts as a try.'),
});

/** Asks a person for values, by a dialogue. */
export const askUser: OwnKind = Object.freeze({
  type: 'ask_user',
  aliases: ['askUser', 'getData'],
  title: 'Ask',
  description:
    'Ask the person for values by a dialogue: which bus, how loud, which take. One answer may give several values; what was not ' +
    'understood is asked again, up to an escalation. The run is suspended meanwhile, without a process. A field of the template is ' +
    `{name, type: ${fieldTypes.join('|')}, label?, unit?, min?, max?, choices?: {value, label?}[], objectTypes?, required?, fields?}.`,
  toolset: 'flow',
  effect: 'none',
  input,
  output: z.looseObject({
    found: z
      .record(z.string(), z.looseObject({}))
      .optional()
      .describe('By path of field: its value, the words it was found in, and by which layer.'),
  }),
  ports: ['error'],
  asks: true,
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  examples: [
    {
      title: 'Ask how loud it shall be',
      workflow: {
        nodes: [
          {
            id: 'loud',
            type: 'ask_user',
            data: {
              template: {
                fields: [{ name: 'volume', type: 'number', unit: 'dB', min: -96, max: 12, label: 'Volume' }],
              },
            },
          },
          { id: 'said', type: 'say', data: { text: 'It is $from:loud:$output:volume dB' } },
        ],
      },
    },
  ],
  run: async (raw, context) => {
    const { template, known = {}, answerBy, remindAfterMs } = input.parse(raw);
    const { answer, awaited, dialogues, isPreview, now } = context;
    const state = awaited?.for === 'answer' ? awaited.state : undefined;
    const asked = awaited?.for === 'answer' ? awaited.question.prompt : '';
    if (answer?.isDeclined === true) return failed(declinedError(asked));
    const answerByMs = answerByMsOf(answerBy, awaited, now());
    if (answer === undefined && answerByMs !== undefined && answerByMs <= now())
      return failed(unansweredError(asked, answerByMs));
    const turn =
      state === undefined
        ? dialogues.begin(template, known)
        : answer === undefined
          ? dialogues.remind(template, state)
          : await dialogues.answer(template, state, answer.value, answer.atMs);
    if (turn.prompt === null) return ended(turn, template, context);
    if (isPreview) return failed(nobodyAsked(turn.prompt.field));
    const { text, schema, choices } = turn.prompt;
    const role = turn.state.handedTo ?? undefined;
    return suspended({
      for: 'answer',
      asks: {
        prompt: [...turn.said, text].join('\n'),
        schema,
        takesWords: true,
        ...(choices === undefined ? {} : { choices }),
        ...(role === undefined ? {} : { role }),
        ...(answerByMs === undefined ? {} : { answerByMs }),
      },
      state: { ...turn.state },
      ...(remindAfterMs === undefined ? {} : { remindAtMs: now() + remindAfterMs }),
    });
  },
} satisfies OwnKind);

function ended(
  { said, state }: DialogueTurn,
  template: DialogueTemplate,
  { dialogues, say }: NodeContext,
): Outcome {
  for (const text of said) say(text);
  const { values, found } = dialogues.collected(template, { ...state });
  if (state.end?.how !== 'failed') return done({ ...values, found });
  return failed(noAnswer(state.end.field ?? '', said, values));
}

function noAnswer(field: string, said: readonly string[], values: JsonObject): WwiseFlowError {
  return new WwiseFlowError('RUN_ENDED', `The dialogue got no answer of use for "${field}".`, {
    hint: 'Resume the run with `from` this node to ask again; a default, or escalation "handoff", makes it go on.',
    details: { field, said: [...said], values },
  });
}

function nobodyAsked(field: string): WwiseFlowError {
  return new WwiseFlowError('MISSING_INPUT', `A preview asks nobody, and "${field}" is not known.`, {
    hint: 'Give the value in `known`, as from an input of the workflow, to see the preview with it.',
    details: { field },
  });
}
