import { listCursor, readListCursor } from '../../../core/answers/answer-list.ts';
import { LIST_BYTES } from '../../../core/answers/budget.ts';
import type { CursorScope } from '../../../core/answers/cursor.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Artifact, ArtifactStore } from '../../../core/stores/artifact-store.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';

/**
 * Part of an artifact of a run, to show: `{ artifact, offset, text }`, or `base64` for what is no text, and the cursor that goes
 * on. Rejects with ARTIFACT_NOT_FOUND, naming what the run has.
 */
export async function readArtifact(
  store: ArtifactStore,
  executionId: string,
  id: string,
  cursor: string | undefined,
): Promise<JsonObject> {
  const scope: CursorScope = ['workflow_status', executionId, id];
  const offset = cursor === undefined ? 0 : readListCursor(scope, cursor, ['artifact']).offset;
  const known = await store.head(id);
  const part = known?.run === executionId ? await store.get(id, { offset, bytes: LIST_BYTES }) : undefined;
  if (known === undefined || part === undefined) {
    throw artifactGone(id, executionId, await store.list(executionId));
  }
  const { bytes, contentType } = known;
  const shown = isText(contentType) ? wholeCharacters(part, offset + part.length >= bytes) : part;
  const end = offset + shown.length;
  const content = Buffer.from(shown);
  return {
    executionId,
    artifact: { id, bytes, contentType },
    offset,
    ...(isText(contentType) ? { text: content.toString('utf8') } : { base64: content.toString('base64') }),
    cursor: end < bytes && shown.length > 0 ? listCursor(scope, 'artifact', end) : null,
  };
}

/** `present`: the artifacts of the run that was asked. */
export function artifactGone(
  id: string,
  executionId?: string,
  present: readonly Artifact[] = [],
): WwiseFlowError {
  const ids = present.map((artifact) => artifact.id);
  const where = executionId === undefined ? 'There is' : `The run "${executionId}" has`;
  return new WwiseFlowError(
    'ARTIFACT_NOT_FOUND',
    `${where} no artifact "${id}" (any more).${didYouMean(id, ids)}`,
    {
      hint:
        ids.length > 0
          ? 'Give the id of an artifact exactly as the answer of the run names it.'
          : 'Execute the node that gave it again: workflow_resume with from.',
      details: { artifact: id, candidates: nearest(id, ids) },
    },
  );
}

function isText(contentType: string): boolean {
  return /^(text\/|application\/([\w.-]+\+)?(json|xml)\b)/.test(contentType);
}

/** Without the beginning of a character of UTF-8 whose rest is in the next part. */
function wholeCharacters(part: Uint8Array, isLast: boolean): Uint8Array {
  if (isLast) return part;
  for (let back = 1; back <= 3 && back < part.length; back += 1) {
    const byte = part[part.length - back] ?? 0;
    if (byte < 0x80) return part;
    // The first byte of a character says how many it has.
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? part.subarray(0, part.length - back) : part;
    }
  }
  return part;
}
