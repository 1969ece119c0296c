import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../core/json.ts';
import type { DialogueTurn } from '../dialogue/reduce.ts';
import { type DialogueTemplate, dialogueTemplate, fieldTypes } from '../dialogue/template.ts';
import { isUnclear, type Unclear } from '../dialogue/unclear.ts';
import { answerByField, answerByMsOf, declinedError, unansweredError } from './asking/answer-by.ts';
import { foundByModel, questionForAgent, understandByField } from './asking/understand-by.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { withSettledConditions } from './conditions/settle-condition.ts';
import { done, failed, type NodeContext, type Outcome, type OwnKind, suspended } from './node-kind.ts';

const input = z.strictObject({
  template: dialogueTemplate.describe('What to ask for, and how.'),
  known: z
    .record(z.string(), jsonSchema)
    .optional()
    .describe('Values that need no question, by the path of their field: {"sound.volume": -6}.'),
  answerBy: answerByField,
  understandBy: understandByField,
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
  gives: ({ template }) =>
    asJsonArray(asJsonObject(template).fields).flatMap((field) => asString(asJsonObject(field).name) ?? []),
  prepared: ({ template, ...rest }) => ({
    ...rest,
    template:
      isJsonObject(template) && Array.isArray(template.fields)
        ? { ...template, fields: withSettledConditions(template.fields) }
        : template,
  }),
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
    const given = readInput(raw);
    const { template, answerBy, remindAfterMs } = given;
    const { answer, awaited, isPreview, now } = context;
    const asked = awaited?.for === 'answer' ? awaited.question.prompt : '';
    const kept = keptIn(awaited);
    if (answer?.isDeclined === true && kept.unclear === undefined) return failed(declinedError(asked));
    const answerByMs = answerByMsOf(answerBy, awaited, now());
    if (answer === undefined && answerByMs !== undefined && answerByMs <= now())
      return failed(unansweredError(asked, answerByMs));
    const until = answerByMs === undefined ? {} : { answerByMs };
    const again = remindAfterMs === undefined ? {} : { remindAtMs: now() + remindAfterMs };
    const turn = await nextTurn(given, kept, context);
    if ('words' in turn) {
      const asks = { prompt: questionForAgent(turn), schema: turn.schema, role: 'agent', ...until };
      return suspended({ for: 'answer', asks, state: { ...kept.state, unclear: turn }, ...again });
    }
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
        ...until,
      },
      state: { ...turn.state },
      ...again,
    });
  },
} satisfies OwnKind);

/** A dialogue comes back with each answer: its template is read once. The least used one goes. */
function readInput(raw: JsonObject): z.output<typeof input> {
  const key = JSON.stringify(raw);
  const known = readInputs.get(key) ?? input.parse(raw);
  readInputs.delete(key);
  readInputs.set(key, known);
  const [oldest] = readInputs.keys();
  if (readInputs.size > MOST_READ && oldest !== undefined) readInputs.delete(oldest);
  return known;
}

const readInputs = new Map<string, z.output<typeof input>>();
const MOST_READ = 100;

/** What follows from what came in; words that are unclear, where the agent is to say what they mean. */
async function nextTurn(
  { template, known = {}, understandBy }: z.output<typeof input>,
  { state, unclear }: Kept,
  context: NodeContext,
): Promise<DialogueTurn | Unclear> {
  const { answer, awaited, dialogues } = context;
  if (state === undefined) return dialogues.begin(template, known);
  if (unclear !== undefined) {
    const { words, atMs } = unclear;
    return answer === undefined || saysNothing(answer.value)
      ? dialogues.answer(template, state, words, atMs)
      : dialogues.interpret(template, state, unclear, answer.value);
  }
  if (answer === undefined) return dialogues.remind(template, state);
  const turn = await dialogues.answer(template, state, answer.value, answer.atMs);
  if (turn.unclear === undefined || understandBy === undefined) return turn;
  if (understandBy.preset === undefined) return turn.unclear;
  const question = awaited?.for === 'answer' ? awaited.question.id : '';
  const asked = await foundByModel(understandBy, turn.unclear, question, context);
  if ('why' in asked) return dialogues.uninterpreted(template, turn, asked.why);
  return saysNothing(asked.found) ? turn : dialogues.interpret(template, state, turn.unclear, asked.found);
}

interface Kept {
  /** Where the dialogue is; undefined: it has not begun. */
  readonly state: JsonObject | undefined;
  /** Words that the agent was asked about. */
  readonly unclear: Unclear | undefined;
}

function keptIn(awaited: NodeContext['awaited']): Kept {
  if (awaited?.for !== 'answer' || awaited.state === undefined)
    return { state: undefined, unclear: undefined };
  const { unclear, ...state } = awaited.state;
  return { state, unclear: isUnclear(unclear) ? unclear : undefined };
}

function saysNothing(found: Json): boolean {
  if (found === null) return true;
  return isJsonObject(found) && Object.values(found).every((value) => value === undefined || value === null);
}

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
