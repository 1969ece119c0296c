import type { AnyCommand } from '../../command.ts';
import { isJsonObject } from '../../json.ts';

/** The input of a command that asks when it is wide, without its `confirm`, which is said to the dispatcher. */
export function withoutConfirmation(
  command: Pick<AnyCommand, 'asksWhenWide'> | undefined,
  input: unknown,
): { readonly input: unknown; readonly isConfirmed: boolean } {
  if (command?.asksWhenWide !== true || !isJsonObject(input)) return { input, isConfirmed: false };
  const { confirm, ...asked } = input;
  // Some clients can send texts only. What is no yes or no is refused as an input that there is not.
  if (confirm === true || confirm === 'true') return { input: asked, isConfirmed: true };
  return { input: confirm === false || confirm === 'false' ? asked : input, isConfirmed: false };
}
