import type { AnyCommand, CallContext } from '../command.ts';
import { inputFilesOf } from '../dispatch/untyped-command.ts';
import type { InputFiles } from '../files/input-files.ts';
import type { JsonObject } from '../json.ts';
import { memoKey } from './memo-key.ts';

/** Reads and barriers are never memoised; neither is a command that cannot say what to check before a result is reused. */
export function isMemoised(command: AnyCommand): boolean {
  return command.effect !== 'read' && command.effect !== 'barrier' && command.achieved !== undefined;
}

/** The key of one call in the project that is open; null for a command that is never memoised. Rejects like `readableFile` for an input file. */
export async function keyOfCall(
  command: AnyCommand,
  input: JsonObject,
  scope: string | undefined,
  { project }: Pick<CallContext, 'project'>,
  files: Pick<InputFiles, 'hashed'>,
): Promise<string | null> {
  if (!isMemoised(command)) return null;
  const fileHashes: string[] = [];
  for (const path of inputFilesOf(command, input)) fileHashes.push((await files.hashed(path)).sha256);
  const { id: projectId } = await project();
  return memoKey({ command, input, fileHashes, projectId, scope });
}
