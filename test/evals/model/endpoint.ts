import { anthropicModel } from './anthropic.ts';
import type { Model } from './model.ts';
import { openAiModel } from './openai.ts';

/** How an endpoint is named: what `npm run evals` reads, beside the ids of tasks. */
export const evalsVariables = {
  EVALS_URL: 'the endpoint up to its version, as https://api.openai.com/v1 or http://127.0.0.1:1234/v1',
  EVALS_MODEL: 'the model',
  EVALS_KEY: 'its key; may be left out for one of your own machine',
  EVALS_FORMAT: 'openai or anthropic; by default anthropic for a host of that name, else openai',
} as const;

/** The model that the environment names. Throws in words for who runs it. */
export function modelFrom(env: Readonly<Record<string, string | undefined>>): Model {
  const { EVALS_URL, EVALS_MODEL, EVALS_KEY, EVALS_FORMAT } = env;
  if (!EVALS_URL || !EVALS_MODEL || !URL.canParse(EVALS_URL))
    throw new Error(
      `Name a model by the environment:\n${Object.entries(evalsVariables)
        .map(([name, means]) => `  ${name}  ${means}`)
        .join('\n')}`,
    );
  const format = EVALS_FORMAT ?? (new URL(EVALS_URL).hostname.includes('anthropic') ? 'anthropic' : 'openai');
  const make = { openai: openAiModel, anthropic: anthropicModel }[format];
  if (make === undefined) throw new Error(`EVALS_FORMAT is openai or anthropic, not ${format}.`);
  return make(EVALS_URL.replace(/\/+$/, ''), EVALS_MODEL, EVALS_KEY ?? '');
}
