import { z } from 'zod';
import { type Result, success } from '../../../bus/result.ts';
import { pageInput } from '../../../core/answers/page.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { WorkflowDesk } from '../../../workflow/desk.ts';
import { pageOf } from '../../../workflow/library/page.ts';
import { defineTool, type WorkflowTool } from '../define-tool.ts';

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
      idemKey: z.string().length(64).optional().describe('The idemKey of a result.'),
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
    run: async ({ idemKey, limit, cursor, ...filter }, { desk }) => {
      const { memo } = await desk();
      if (idemKey !== undefined) {
        const entry = await memo.get(idemKey);
        return success({
          entries: entry === undefined ? [] : [entry],
          total: entry === undefined ? 0 : 1,
          cursor: null,
        });
      }
      const offset = Number(cursor ?? 0);
      const { entries, total } = await memo.find({ ...filter, limit, offset });
      const { rows } = pageOf('entries', entries, 0);
      const end = offset + rows.length;
      return success({ entries: rows, total, cursor: end < total && rows.length > 0 ? String(end) : null });
    },
  }),
  defineTool({
    name: 'memo_forget',
    title: 'Forget memo',
    description:
      'Forget remembered results, so that the same call is carried out again; the project stays as it is. ' +
      'For one call forceRerun is simpler.',
    effect: 'barrier',
    input: z.strictObject({
      idemKeys: z
        .array(z.string().length(64))
        .min(1)
        .max(1_000)
        .optional()
        .describe('The idemKeys of results.'),
      ...filterFields,
    }),
    output: z.looseObject({ forgotten: z.number() }),
    run: async ({ idemKeys, command, text }, { desk }) => {
      const { memo } = await desk();
      if (idemKeys === undefined) return forgetAll({ command, text }, memo);
      const known = new Set((await memo.getMany(idemKeys)).map(({ key }) => key));
      for (const key of known) await memo.forget(key);
      return success({ forgotten: known.size, unknown: idemKeys.filter((key) => !known.has(key)) });
    },
  }),
];

async function forgetAll(
  filter: { readonly command: string | undefined; readonly text: string | undefined },
  memo: WorkflowDesk['memo'],
): Promise<Result> {
  if (filter.command === undefined && filter.text === undefined) {
    throw new WwiseFlowError('INVALID_INPUT', 'memo_forget was not told what to forget.', {
      hint: 'Give idemKeys, command or text; memo_inspect shows what there is.',
    });
  }
  let forgotten = 0;
  for (;;) {
    const entries = (await memo.find({ ...filter, limit: 500, offset: 0 })).entries;
    if (entries.length === 0) return success({ forgotten });
    for (const { key } of entries) await memo.forget(key);
    forgotten += entries.length;
  }
}
