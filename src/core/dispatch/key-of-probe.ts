import type { AnyCommand, CallContext } from '../command.ts';
import { noCallCanBeMade, toWwiseFlowError } from '../errors.ts';
import type { InputFiles } from '../files/input-files.ts';
import type { JsonObject } from '../json.ts';
import { keyOfCall } from '../memo/memoised-command.ts';
import type { MemoProbe } from './bus.ts';
import { parseInput } from './input/parse-input.ts';

/** The key of a probe, or nothing for one that will not be a memo hit anyway. Rejects when the back-end cannot be asked. */
export async function keyOfProbe(
  probe: MemoProbe,
  outputs: ReadonlyMap<string, JsonObject>,
  find: (name: string) => AnyCommand,
  context: CallContext,
  files: InputFiles,
): Promise<readonly string[]> {
  try {
    const command = find(probe.command);
    const input = probe.node?.resolve((node) => outputs.get(node)) ?? probe.input;
    const key = await keyOfCall(command, parseInput(command, input), probe.scope, context, files);
    return key === null ? [] : [key];
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (noCallCanBeMade(error.code)) throw error;
    return [];
  }
}
