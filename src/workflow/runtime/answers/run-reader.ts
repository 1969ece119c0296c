import type { JsonObject } from '../../../core/json.ts';
import type { RunRecord } from '../../../core/stores/run-store.ts';
import type { JournalledNode } from '../journal/read-journal.ts';
import type { RunnerParts } from '../run-request.ts';
import { inputOfNode } from './node-input.ts';

/** What there is to read of one run beside how it stands. */
export interface RunReader {
  /** The plan of a run, as it was journalled. */
  planOf(executionId: string): Promise<JsonObject>;
  /** What flows into one of its nodes: see `inputOfNode`. */
  inputOf(executionId: string, node: string): Promise<JsonObject>;
}

/** `journalOf`: where its nodes stood when the journal was last written. */
export function createRunReader(
  parts: RunnerParts,
  known: (executionId: string) => Promise<RunRecord>,
  journalOf: (executionId: string) => Promise<{ readonly nodes: ReadonlyMap<string, JournalledNode> }>,
): RunReader {
  return {
    planOf: async (executionId) => (await known(executionId)).plan,
    inputOf: async (executionId, node) => {
      const record = await known(executionId);
      return inputOfNode(parts, record, (await journalOf(executionId)).nodes, node);
    },
  };
}
