import type { JsonObject } from '../../../core/json.ts';
import type { NamedPreset } from '../../remote/presets/preset.ts';
import { money } from '../requests/cost.ts';

/** Tokens that were paid for. */
export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export function sumOfUsage(answers: readonly TokenUsage[]): TokenUsage {
  return answers.reduce(
    (sum, { inputTokens, outputTokens }) => ({
      inputTokens: sum.inputTokens + inputTokens,
      outputTokens: sum.outputTokens + outputTokens,
    }),
    { inputTokens: 0, outputTokens: 0 },
  );
}

/** What they cost by the price of the model in the preset; undefined where it has none. */
export function costOfTokens(
  { inputTokens, outputTokens }: TokenUsage,
  model: string | undefined,
  { models, settings }: NamedPreset,
): JsonObject | undefined {
  const usual = settings.model?.default;
  const name = model ?? (typeof usual === 'string' ? usual : '');
  const price = models?.[name] ?? models?.['*'];
  if (price === undefined) return undefined;
  const totalCost = money(inputTokens * price.perInputToken + outputTokens * price.perOutputToken);
  return { inputTokens, outputTokens, totalCost, currency: price.currency };
}
