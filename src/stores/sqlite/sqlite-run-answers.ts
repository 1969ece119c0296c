import type { RunStore } from '../../core/stores/run-store.ts';
import { runAnswerOf } from '../rows/run-rows.ts';
import type { Connections } from './connections.ts';

/** The answers to questions of the runs of one workspace in SQLite. */
export function sqliteRunAnswers(
  { database, read, write }: Connections,
  workspace: string,
): Pick<RunStore, 'answer' | 'answers'> {
  const insert = database.prepare(
    `INSERT OR IGNORE INTO run_answer (workspace, execution_id, question, node, value, is_declined, caller, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const select = database.prepare(
    'SELECT * FROM run_answer WHERE workspace = ? AND execution_id = ? ORDER BY id',
  );
  return {
    answer: (executionId, { question, node, value, isDeclined, caller, atMs }) =>
      write('powerSafe', () => {
        const given = [JSON.stringify(value), isDeclined ? 1 : 0, caller, atMs];
        return insert.run(workspace, executionId, question, node, ...given).changes === 1;
      }),
    answers: (executionId) =>
      read(() => select.all(workspace, executionId).flatMap((row) => runAnswerOf(row) ?? [])),
  };
}
