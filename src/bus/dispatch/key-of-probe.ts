import { toWwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { MemoProbe } from '../bus.ts';
import type { AnyCommand, CommandContext } from '../command.ts';
import { keyOfCall } from '../memo/memoised-command.ts';
import { parseInput } from '../parse-input.ts';
import type { InputFiles } from './input-files.ts';

/** The key of a probe, or nothing for one that will not be a memo hit anyway. Rejects when Wwise cannot be asked. */
export async function keyOfProbe(
  probe: MemoProbe,
  outputs: ReadonlyMap<string, JsonObject>,
  find: (name: string) => AnyCommand,
  context: CommandContext,
  files: InputFiles,
): Promise<readonly string[]> {
  try {
    const command = find(probe.command);
    const input = probe.node?.resolve((node) => outputs.get(node)) ?? probe.input;
    const key = await keyOfCall(command, parseInput(command, input), probe.scope, context, files);
    return key === null ? [] : [key];
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (['WAAPI_UNAVAILABLE', 'WAAPI_LOCKED', 'WAAPI_TIMEOUT', 'CANCELLED'].includes(error.code)) throw error;
    return [];
  }
}
