import { join } from 'node:path';
import { z } from 'zod';
import { success } from '../../../bus/result.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { exportBelow } from '../../../workflow/library/export-file.ts';
import { pageOf } from '../../../workflow/library/page.ts';
import { defineTool, type WorkflowTool } from '../define-tool.ts';

const moment = z
  .string()
  .refine(
    (text) => !Number.isNaN(Date.parse(text)),
    'must be a date or a date with time, as 2026-05-31T14:00:00Z',
  );

/** Who did what. */
export const auditTools: readonly WorkflowTool[] = [
  defineTool({
    name: 'audit_query',
    title: 'Query audit',
    description:
      'List the commands that were carried out, the newest first: when, by whom, with what input and ' +
      'outcome: who changed an object, what failed. For whole runs use workflow_runs.',
    effect: 'read',
    input: z.strictObject({
      from: moment.optional().describe('From this moment on, ISO 8601.'),
      to: moment.optional().describe('Before this moment.'),
      executionId: z.string().max(100).optional().describe('Only of this run.'),
      command: z.string().max(100).optional().describe('E.g. set_property.'),
      objectId: z.string().max(100).optional().describe('Only what names this GUID.'),
      outcome: z.string().max(50).optional().describe('ok, failed, or an error code such as NAME_CONFLICT.'),
      limit: z.int().min(1).max(1_000).default(50).describe('Per page.'),
      cursor: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional()
        .describe('Next page.'),
      export: z.boolean().default(false).describe('Write all to a JSONL file in the state directory.'),
    }),
    output: z.looseObject({
      records: z.array(z.looseObject({ atMs: z.number(), command: z.string(), ok: z.boolean() })),
      cursor: z.string().nullable(),
    }),
    run: async ({ from, to, limit, cursor, export: toFile, ...others }, { desk }) => {
      const { audit, stateDir } = await desk();
      const filter = {
        ...others,
        fromMs: from === undefined ? undefined : Date.parse(from),
        toMs: to === undefined ? undefined : Date.parse(to),
      };
      if (toFile) {
        if (cursor !== undefined) throw exportWithCursor();
        const lines: string[] = [];
        let next: string | undefined;
        do {
          const page = await audit.query({ ...filter, limit: 1_000, cursor: next });
          for (const record of page.records) lines.push(`${JSON.stringify(record)}\n`);
          next = page.cursor ?? undefined;
        } while (next !== undefined);
        const name = `audit-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.jsonl`;
        const file = await exportBelow(join(stateDir, 'exports'), name, lines.join(''));
        return success({ records: [], cursor: null, ...file, exported: lines.length });
      }
      const page = await audit.query({ ...filter, limit, cursor });
      const rows = page.records.map(({ objects, result, ...record }) => ({
        ...record,
        ...(objects === undefined ? {} : { objects }),
        ...(result === undefined ? {} : { result }),
      }));
      const fitting = pageOf('records', rows, 0);
      if (fitting.cursor === null) return success({ records: fitting.rows, cursor: page.cursor });
      // The store's cursor leads behind what it gave: ask for as many as fit, and its cursor is right again.
      const fewer = await audit.query({ ...filter, limit: fitting.rows.length, cursor });
      return success({
        records: fitting.rows,
        cursor: fewer.cursor,
        notices: [
          `${fitting.rows.length} of ${rows.length} records are shown: give the cursor for the next.`,
        ],
      });
    },
  }),
];

function exportWithCursor(): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    'export and cursor exclude each other: an export holds every page.',
    {
      hint: 'Leave the cursor out.',
    },
  );
}
