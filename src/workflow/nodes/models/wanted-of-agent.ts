import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { done, failed, type NodeContext, type Outcome, suspended } from '../node-kind.ts';
import { combinedAnswers } from './combined-answers.ts';
import type { Conversation } from './conversation.ts';

/**
 * Asks the agent that follows the run instead of a model, one question after the other: it is given the question and the schema of
 * the answer, and the run goes on with what it says.
 */
export async function wantedOfAgent(
  questions: readonly Conversation[],
  schema: JsonObject | undefined,
  { answer, awaited }: Pick<NodeContext, 'answer' | 'awaited'>,
): Promise<Outcome> {
  const before =
    awaited?.for === 'answer' ? Object.values(asJsonObject(awaited.state)).map(asJsonObject) : [];
  if (answer?.isDeclined === true)
    return failed(
      new WwiseFlowError('CANCELLED', 'The question was declined.', {
        hint: 'Answer it when the run is resumed, or name a preset with models.',
      }),
    );
  const given = answer === undefined ? before : [...before, asAnswer(answer.value, schema)];
  const next = questions[given.length];
  if (next === undefined) return done({ ...combinedAnswers(given), model: null });
  return suspended({
    for: 'answer',
    asks: {
      prompt: [next.system, ...next.messages.map(({ role, content }) => `${role}: ${content}`)].join('\n\n'),
      ...(schema === undefined ? {} : { schema }),
      role: 'agent',
    },
    state: Object.fromEntries(given.map((one, index) => [String(index), one])),
  });
}

function asAnswer(value: unknown, schema: JsonObject | undefined): JsonObject {
  if (schema === undefined) return { text: typeof value === 'string' ? value : JSON.stringify(value) };
  return isJsonObject(value) ? value : { value: JSON.parse(JSON.stringify(value ?? null)) };
}
