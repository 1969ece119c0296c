import { z } from 'zod';
import { pageInput } from '../../../core/answers/page.ts';
import { defineTool, type WorkflowTool } from '../tools/define-tool.ts';

/** As an answer has it, or in full. */
const keyField = z
  .string()
  .min(12)
  .max(64)
  .regex(/^[0-9a-f]*$/, 'must be the idemKey of a result');

const filterFields = {
  command: z.string().max(100).optional().describe('E.g. create_sound.'),
  text: z.string().min(3).max(200).optional().describe('Only with this text, e.g. a GUID.'),
};

/** What is remembered of earlier calls, so that they are not done again. */
export const memoTools: readonly WorkflowTool[] = [
  defineTool({
    name: 'memo_inspect',
    title: 'Inspect memo',
    description:
      'List what the memo holds, or one entry: the result and the claims that must still hold for a hit, ' +
      'to see why a call was one. For who did what use audit_query.',
    effect: 'read',
    input: z.strictObject({
      idemKey: keyField.optional().describe('The idemKey of a result.'),
      ...filterFields,
      state: z.enum(['intent', 'done']).optional().describe('intent: begun, the outcome not recorded.'),
      limit: z.int().min(1).max(200).default(20).describe('Per page.'),
      cursor: pageInput.cursor,
    }),
    output: z.looseObject({
      entries: z.array(z.looseObject({ key: z.string(), command: z.string(), state: z.string() })),
      total: z.number(),
      cursor: z.string().nullable(),
    }),
    run: async ({ idemKey, ...filter }, { service }) =>
      (await service()).memo.inspect(idemKey === undefined ? filter : { idemKey }),
  }),
  defineTool({
    name: 'memo_forget',
    title: 'Forget memo',
    description:
      'Forget remembered results, so that the same call is executed again; the project stays as it is. ' +
      'For one call forceRerun is simpler.',
    effect: 'barrier',
    profile: 'admin',
    input: z.strictObject({
      idemKeys: z.array(keyField).min(1).max(1_000).optional().describe('The idemKeys of results.'),
      ...filterFields,
    }),
    output: z.looseObject({ forgotten: z.number() }),
    run: async (asked, { service }) => (await service()).memo.forget(asked),
  }),
];
