import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../core/json.ts';
import { ImportProblem } from '../importing/import-problem.ts';
import { type StagedAudio, stageBase64Slowly } from './stage-audio.ts';

/**
 * Writes the large Base64 files of an import to disk before the edit begins, so that other clients are served meanwhile.
 * One that is no WAVE file is left to the import, which reports it with its entry. `discard` removes what was written.
 */
export async function stageAhead(
  args: JsonObject,
): Promise<{ readonly staged: ReadonlyMap<string, StagedAudio>; discard(): void }> {
  const staged = new Map<string, StagedAudio>();
  const discard = (): void => {
    for (const audio of staged.values()) audio.discard();
  };
  for (const entry of [args.default, ...asJsonArray(args.imports)]) {
    const text = asString(asJsonObject(entry).audioFileBase64);
    if (text === undefined || text.length < largeLength || staged.has(text)) continue;
    try {
      staged.set(text, await stageBase64Slowly(text));
    } catch (problem) {
      if (problem instanceof ImportProblem) continue;
      discard();
      throw problem;
    }
  }
  return { staged, discard };
}

/** Below this, decoding takes less time than anyone notices. */
const largeLength = 1024 * 1024;
