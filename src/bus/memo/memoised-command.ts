import type { JsonObject } from '../../core/json.ts';
import { contentHash } from '../../wwise/files/content-hash.ts';
import type { AnyCommand, CommandContext } from '../command.ts';
import { inputFilesOf } from '../untyped-command.ts';
import { memoKey } from './memo-key.ts';

/** Reads and barriers are never memoised; neither is a command that cannot say what to check before a result is reused. */
export function isMemoised(command: AnyCommand): boolean {
  return command.effect !== 'read' && command.effect !== 'barrier' && command.achieved !== undefined;
}

/** The key of one call in the project that is open. Rejects like `readableFile` for an input file. */
export async function keyOfCall(
  command: AnyCommand,
  input: JsonObject,
  scope: string | undefined,
  context: CommandContext,
): Promise<string> {
  const fileHashes: string[] = [];
  for (const path of inputFilesOf(command, input)) {
    fileHashes.push(await contentHash(await context.readableFile(path)));
  }
  const project = await context.project();
  return memoKey({ command, input, fileHashes, projectId: project.id, scope });
}
