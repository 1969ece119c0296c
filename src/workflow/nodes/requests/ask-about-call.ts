import { toWwiseFlowError, type WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { type NodeContext, type Outcome, suspended } from '../node-kind.ts';

/** Nobody here knows what became of a call, and its node asks. */
export class AskAboutCall extends Error {
  readonly key: string;
  readonly unknown: WwiseFlowError;

  constructor(key: string, unknown: WwiseFlowError) {
    super(unknown.message);
    this.key = key;
    this.unknown = unknown;
  }
}

/** What was decided of a call. */
export interface CallDecision {
  readonly decision: 'sendAgain' | 'tookEffect' | 'giveUp';
  /** What it would have answered. */
  readonly body: Json | undefined;
}

/** The answer to the question about this call; undefined where it was about another one, or there is none. */
export function decisionOn(
  key: string,
  { answer, awaited }: Pick<NodeContext, 'answer' | 'awaited'>,
): CallDecision | undefined {
  if (answer === undefined || awaited?.for !== 'answer' || awaited.state?.call !== key) return undefined;
  if (answer.isDeclined) return { decision: 'giveUp', body: undefined };
  const { decision, body } = asJsonObject(answer.value);
  const known = decisions.find((one) => one === decision);
  return known === undefined ? undefined : { decision: known, body };
}

/** Does the work of a node; where it asks about a call, the run is suspended until somebody answers. */
export async function askingAboutCalls(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof AskAboutCall)) throw toWwiseFlowError(thrown);
    return suspended({
      for: 'answer',
      asks: {
        prompt: `${thrown.unknown.message} Look at the service, and decide.`,
        schema: answerSchema,
      },
      state: { call: thrown.key },
    });
  }
}

const decisions = ['sendAgain', 'tookEffect', 'giveUp'] as const;

const answerSchema: JsonObject = {
  type: 'object',
  required: ['decision'],
  additionalProperties: false,
  properties: {
    decision: {
      enum: [...decisions],
      description:
        'sendAgain: it did not take effect. tookEffect: it did, and is not sent again. giveUp: the node fails.',
    },
    body: { description: 'With tookEffect: what the service would have answered, where nodes read it.' },
  },
};
