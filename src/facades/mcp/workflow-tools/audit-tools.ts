import { z } from 'zod';
import { pageInput } from '../../../core/answers/page.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { defineTool, type WorkflowTool } from '../tools/define-tool.ts';

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
      'List the commands that were executed, the newest first: when, by whom, with what input and ' +
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
      cursor: pageInput.cursor,
      export: z.boolean().default(false).describe('Write all to a JSONL file in the state directory.'),
    }),
    output: z.looseObject({
      records: z.array(z.looseObject({ atMs: z.number(), command: z.string(), ok: z.boolean() })),
      cursor: z.string().nullable(),
    }),
    run: async ({ from, to, limit, cursor, export: toFile, ...others }, { service }) => {
      const { audit } = await service();
      const filter = {
        ...others,
        fromMs: from === undefined ? undefined : Date.parse(from),
        toMs: to === undefined ? undefined : Date.parse(to),
      };
      if (!toFile) return audit.query({ ...filter, limit, cursor });
      if (cursor !== undefined) throw exportWithCursor();
      return audit.export(filter);
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
