import type { RunStore } from '../../core/stores/run-store.ts';
import { runAnswerOf } from '../rows/run-rows.ts';
import type { PostgresSession } from './session.ts';

/** The answers to questions of the runs of one workspace in PostgreSQL. */
export function postgresRunAnswers(
  { read, write }: PostgresSession,
  workspace: string,
): Pick<RunStore, 'answer' | 'answers'> {
  return {
    answer: (executionId, { question, node, value, isDeclined, caller, atMs }) =>
      write(async (sql) => {
        const { count } =
          await sql`insert into run_answer (workspace, execution_id, question, node, value, is_declined,
            caller, at_ms)
          values (${workspace}, ${executionId}, ${question}, ${node}, ${JSON.stringify(value)}, ${isDeclined ? 1 : 0},
            ${caller}, ${atMs})
          on conflict do nothing`;
        return count === 1;
      }),
    answers: (executionId) =>
      read(async (sql) => {
        const rows = await sql`select question, node, value, is_declined, caller, at_ms from run_answer
          where workspace = ${workspace} and execution_id = ${executionId} order by id`;
        return rows.flatMap((row) => runAnswerOf(row) ?? []);
      }),
  };
}
