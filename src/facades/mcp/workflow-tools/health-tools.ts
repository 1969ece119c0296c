import { z } from 'zod';
import { defineTool, type WorkflowTool } from '../tools/define-tool.ts';

/** How the server is. */
export const healthTools: readonly WorkflowTool[] = [
  defineTool({
    name: 'health',
    title: 'Health',
    description:
      'Say how this server is, without asking Wwise: connection, queue, reconnects, memo, last errors. ' +
      'For the project use project_info.',
    effect: 'read',
    input: z.strictObject({}),
    output: z.looseObject({
      status: z.string(),
      workspace: z.string(),
      project: z.string().optional(),
      connected: z.boolean().optional(),
      queueLength: z.int().optional(),
      calls: z.int().optional(),
      reconnects: z.int().optional(),
      memo: z.looseObject({ hitRatio: z.number().nullable() }).optional(),
      lastErrors: z.array(z.looseObject({ command: z.string(), code: z.string() })).optional(),
    }),
    run: async (_none, { service }) => (await service()).health(),
  }),
];
