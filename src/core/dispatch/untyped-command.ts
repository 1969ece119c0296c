import type { AnyCommand, CallContext } from '../command.ts';
import { WwiseFlowError } from '../errors.ts';
import { asJsonObject, isJsonObject, type Json, type JsonObject } from '../json.ts';

/**
 * The functions of a command whose types are not known here. A registry holds commands of all kinds, so what the command's
 * own schema accepted is what its functions take: the inputs given here must come from `parseInput`.
 */

/** Runs it and gives its output as its schema describes it. Rejects like the command; INTERNAL for any other output. */
export async function runCommand(
  command: AnyCommand,
  input: JsonObject,
  context: CallContext,
): Promise<JsonObject> {
  return checkedOutput(command, await command.run(asInput(input), asContext(context)));
}

/** The files it reads, as the input names them. */
export function inputFilesOf(command: AnyCommand, input: JsonObject): readonly string[] {
  return command.inputFiles?.(asInput(input)) ?? [];
}

/** Files that the back-end wrote for a command or found there, as its output names them. */
export function writtenFilesOf(command: AnyCommand, output: JsonObject): readonly string[] {
  return command.writtenFiles?.(asInput(output)) ?? [];
}

/** What an output claims; nothing for a command that claims nothing. */
export function claimsOf(command: AnyCommand, input: JsonObject, output: JsonObject): readonly JsonObject[] {
  return (command.achieved?.(asInput(input), asInput(output)) ?? []).map(asJsonObject);
}

/** What the project looks like before the effect, as far as the command wants to know. */
export async function lookBefore(
  command: AnyCommand,
  input: JsonObject,
  context: CallContext,
): Promise<Json> {
  return (await command.before?.(asInput(input), asContext(context))) ?? null;
}

/** The output when an effect that was cut off took place after all, null when it did not or that cannot be known. */
export async function settleCommand(
  command: AnyCommand,
  input: JsonObject,
  before: Json,
  context: CallContext,
): Promise<JsonObject | null> {
  const output = await command.settle?.(asInput(input), before, asContext(context));
  return output === undefined || output === null ? null : checkedOutput(command, output);
}

/** The output as the command's schema describes it; anything else is a defect of the command: INTERNAL. */
export function checkedOutput(command: AnyCommand, output: unknown): JsonObject {
  const parsed = command.output.safeParse(output);
  if (parsed.success && isJsonObject(parsed.data)) return asJsonObject(parsed.data);
  throw new WwiseFlowError('INTERNAL', `${command.name} gave an output that does not fit its schema.`, {
    hint: 'The command itself ran; report this with the input that led to it.',
    details: { command: command.name, problems: parsed.error?.issues.map((issue) => issue.message) ?? [] },
  });
}

/** The one line where a checked value is taken for what a command's function asks for. */
export function asInput(checked: JsonObject): never {
  return checked as never;
}

/** A back-end gives its own commands what they ask for: a bus has commands of one back-end. */
function asContext(context: CallContext): never {
  return context as never;
}
