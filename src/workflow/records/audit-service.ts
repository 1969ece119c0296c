import { join } from 'node:path';
import { type Result, success } from '../../bus/result.ts';
import type { AuditFilter, AuditStore } from '../../core/stores/audit-store.ts';
import type { Answer } from '../answered.ts';
import { exportBelow } from '../library/export-file.ts';
import { pageOf } from '../library/page.ts';

/** Who did what. */
export interface AuditService {
  /** A page of the records that fit, the newest first: as many of `limit` as make one answer. */
  query(filter: AuditFilter): Promise<Result>;
  /** Writes every record that fits to a new JSONL file in the state directory. */
  export(filter: Omit<AuditFilter, 'limit' | 'cursor'>): Promise<Result>;
}

/** The audit over its store; exports go below `stateDir`. */
export function createAuditService(audit: AuditStore, stateDir: string, answer: Answer): AuditService {
  return {
    query: (filter) =>
      answer(async () => {
        const page = await audit.query(filter);
        const rows = page.records.map(({ objects, result, ...record }) => ({
          ...record,
          ...(objects === undefined ? {} : { objects }),
          ...(result === undefined ? {} : { result }),
        }));
        const fitting = pageOf('records', rows, 0);
        if (fitting.cursor === null) return success({ records: fitting.rows, cursor: page.cursor });
        // The store's cursor leads behind what it gave: ask for as many as fit, and its cursor is right again.
        const fewer = await audit.query({ ...filter, limit: fitting.rows.length });
        return success({
          records: fitting.rows,
          cursor: fewer.cursor,
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
