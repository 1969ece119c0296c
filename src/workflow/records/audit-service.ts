import { join } from 'node:path';
import { answerList } from '../../core/answers/answer-list.ts';
import { type CursorScope, readCursor, writeCursor } from '../../core/answers/cursor.ts';
import { type Result, success } from '../../core/result.ts';
import type { AuditConditions, AuditFilter, AuditStore } from '../../core/stores/audit-store.ts';
import { type Answer, found } from '../answered.ts';
import { exportBelow } from '../library/export-file.ts';

/** Who did what. */
export interface AuditService {
  /** A page of the records that fit, the newest first: as many of `limit` as make one answer. */
  query(filter: AuditFilter & { readonly listBytes?: number | undefined }): Promise<Result>;
  /** How many such records there are, on all pages. */
  count(conditions: AuditConditions): Promise<Result<{ readonly total: number }>>;
  /** Writes every record that fits to a new JSONL file in the state directory. */
  export(filter: AuditConditions): Promise<Result>;
}

/** The audit over its store; exports go below `stateDir`. */
export function createAuditService(audit: AuditStore, stateDir: string, answer: Answer): AuditService {
  return {
    count: (conditions) => answer(async () => found({ total: await audit.count(conditions) })),
    query: ({ limit, cursor, skip, listBytes, ...wanted }) =>
      answer(async () => {
        const scope: CursorScope = ['audit_query', { ...wanted }];
        const filter = { ...wanted, cursor: cursor === undefined ? undefined : readCursor(scope, cursor) };
        const goesOn = (position: string | null) => (position === null ? null : writeCursor(scope, position));
        const page = await audit.query({ ...filter, skip, limit });
        const rows = page.records.map(({ objects, result, ...record }) => ({
          ...record,
          ...(objects === undefined ? {} : { objects }),
          ...(result === undefined ? {} : { result }),
        }));
        const fitting = answerList(scope, 'records', rows, 0, listBytes);
        if (fitting.cursor === null) return success({ records: fitting.rows, cursor: goesOn(page.cursor) });
        // The store's cursor leads behind what it gave: ask for as many as fit, and its cursor is right again.
        const fewer = await audit.query({ ...filter, skip, limit: fitting.rows.length });
        return success({
          records: fitting.rows,
          cursor: goesOn(fewer.cursor),
          notices: [
            `${fitting.rows.length} of ${rows.length} records are shown: give the cursor for the next.`,
          ],
        });
      }),
    export: (filter) =>
      answer(async () => {
        const lines: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await audit.query({ ...filter, limit: 1_000, cursor });
          for (const record of page.records) lines.push(`${JSON.stringify(record)}\n`);
          cursor = page.cursor ?? undefined;
        } while (cursor !== undefined);
        const name = `audit-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.jsonl`;
        const file = await exportBelow(join(stateDir, 'exports'), name, lines.join(''));
        return success({ records: [], cursor: null, ...file, exported: lines.length });
      }),
  };
}
