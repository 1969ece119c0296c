import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../../core/answers/page.ts';
import { asJsonArray, asJsonObject } from '../../../core/json.ts';
import { success } from '../../../core/result.ts';
import { defineTool, type WorkflowTool } from '../tools/define-tool.ts';

const ids = z.array(z.string().min(1).max(100)).max(100).default([]);

/** What workers could not do. */
export const deadLetterTools: readonly WorkflowTool[] = [
  defineTool({
    name: 'dead_letters',
    title: 'Dead letters',
    description:
      'List the jobs of workers that failed for good, the newest first, each with its reason; have some done ' +
      'again or take them off the list. For failed runs without workers use workflow_runs.',
    effect: 'barrier',
    input: z.strictObject({
      retry: ids.describe('executionIds to do again, from where their journals stand.'),
      discard: ids.describe('executionIds to take off the list; their runs stay as they are.'),
      limit: z.int().min(1).max(200).default(20).describe('Per page.'),
      cursor: pageInput.cursor,
    }),
    output: z.looseObject({
      deadLetters: z.array(
        z.looseObject({ executionId: z.string(), code: z.string().nullable(), error: z.string().nullable() }),
      ),
      ...pageOutput,
    }),
    run: async ({ retry, discard, limit, cursor }, { service, caller }) => {
      const { deadLetters } = await service();
      for (const executionId of retry) {
        const retried = await deadLetters.retry(executionId, caller);
        if (!retried.ok) return retried;
      }
      for (const executionId of discard) {
        const discarded = await deadLetters.discard(executionId);
        if (!discarded.ok) return discarded;
      }
      const listed = await deadLetters.list();
      if (!listed.ok) return listed;
      const letters = asJsonArray(listed.data.deadLetters).map(asJsonObject);
      const { items, ...rest } = page('dead_letters', { limit, cursor }, letters);
      return success({ deadLetters: items, ...rest });
    },
  }),
];
