import { asJsonArray, isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { CommandContext } from '../../wwise-command.ts';

/** The rows of one WAQL query; `returns` are what each row holds. Rejects like Waapi. */
export async function askRows(
  waql: string,
  returns: readonly string[],
  context: Pick<CommandContext, 'waapi'>,
): Promise<readonly JsonObject[]> {
  const answer = await context.waapi.call(
    'ak.wwise.core.object.get',
    { waql },
    { return: [...new Set(returns)] },
  );
  return asJsonArray(answer.return).filter(isJsonObject);
}
