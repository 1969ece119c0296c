import { z } from 'zod';
import { pageInput } from '../../../core/answers/page.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { Result } from '../../../core/result.ts';
import { runsWanted } from '../../../core/run-states.ts';
import type { FollowedRun } from '../../../workflow/service.ts';
import { defineTool, type WorkflowTool } from '../tools/define-tool.ts';
import type { ToolCall } from '../tools/tool-call.ts';
import { watchProgress } from './watch-progress.ts';
import {
  executionIdField,
  forceField,
  libraryFields,
  PATIENCE_MS,
  previewIdField,
  waitField,
  workflowAgain,
} from './workflow-fields.ts';

/** What a run gives; a handle has `state`, a preview `previewId` instead of `executionId`. */
const runOutput = z.looseObject({
  executionId: z.string().optional(),
  previewId: z.string().optional(),
  workflowId: z.string(),
  results: z.array(z.looseObject({ node: z.string(), ok: z.boolean() })),
});

const statusOutput = z.looseObject({
  executionId: z.string().optional(),
  previewId: z.string().optional(),
  workflowId: z.string(),
  state: z.string().optional(),
  percent: z.number().optional(),
});

/** Running workflows, and following, ending and rolling back runs. */
export const runTools: readonly WorkflowTool[] = [
  defineTool({
    name: 'workflow_run',
    title: 'Run workflow',
    description:
      'Compile and run a workflow: many steps as one undo step, in order, up to the first failure. ' +
      'mode preview tries it on a copy of the project and shows what would change; its previewId then does it. ' +
      'Again: what is done and still holds is a memo hit.',
    // A workflow may contain any command, so the hints must allow for the worst.
    effect: 'destroy',
    hints: { idempotent: false },
    input: z.strictObject({
      workflow: workflowAgain().optional(),
      ...libraryFields,
      previewId: previewIdField.optional().describe('Or: do what it showed.'),
      input: z.record(z.string(), z.json()).optional().describe('Values of its inputs, by name.'),
      mode: z
        .enum(['run', 'preview', 'demo', 'background'])
        .default('run')
        .describe('background: give a handle at once. demo: a preview in which nodes give their mocks.'),
      forceRerun: forceField,
      waitMs: waitField,
    }),
    output: runOutput,
    run: async ({ mode, waitMs, previewId, ...request }, call) => {
      const service = await call.service();
      if (previewId !== undefined) {
        refuseBeside(previewId, request);
        const patience = mode === 'background' ? 0 : waitMs;
        const following = { ...followedBy(call), waitMs: patience, whole: call.verbose };
        return answerOf(await service.apply(previewId, following));
      }
      if (mode !== 'preview' && mode !== 'demo') {
        const patience = mode === 'background' ? 0 : waitMs;
        return answerOf(await service.run({ input: {}, ...request, ...followedBy(call), waitMs: patience }));
      }
      const demo = mode === 'demo';
      const made = await service.preview({ input: {}, ...request, demo, ...followedBy(call) });
      return made.ok ? service.show({ executionId: made.data.previewId, verbose: call.verbose }) : made;
    },
  }),
  defineTool({
    name: 'workflow_apply',
    title: 'Apply preview',
    description:
      'Do what a preview of workflow_run showed, after somebody has looked at it. Refuses when the ' +
      'project or a file to import changed since, or the preview said that it fails.',
    effect: 'destroy',
    hints: { idempotent: false },
    input: z.strictObject({
      previewId: previewIdField,
      force: z.boolean().default(false).describe('Also a preview that fails, up to where it does.'),
      waitMs: waitField,
    }),
    output: runOutput,
    run: async ({ previewId, ...request }, call) =>
      answerOf(
        await (await call.service()).apply(previewId, {
          ...request,
          ...followedBy(call),
          whole: call.verbose,
        }),
      ),
  }),
  defineTool({
    name: 'workflow_status',
    title: 'Workflow status',
    description:
      'Show how far a run is, node by node, and how it ended; also the rest of a long answer, by its cursor, or an artifact.',
    effect: 'read',
    input: z.strictObject({
      executionId: executionIdField.describe('Of a run; or a previewId.'),
      waitMs: z.int().min(0).max(600_000).default(0).describe('ms to wait for its end.'),
      cursor: pageInput.cursor.describe('As an answer named it.'),
      mermaid: z.boolean().optional().describe('As a picture.'),
      file: z.string().max(1_000).optional().describe('Of a preview: only this file.'),
      artifact: z.string().max(1_000).optional().describe('Its content, by id.'),
    }),
    output: statusOutput,
    run: async (view, { service, signal, verbose }) => (await service()).show({ ...view, verbose, signal }),
  }),
  defineTool({
    name: 'workflow_resume',
    title: 'Resume run',
    description:
      'Go on with a run that failed, was cancelled, cut off or suspended: what is done is checked and kept.',
    effect: 'destroy',
    hints: { idempotent: false },
    input: z.strictObject({
      executionId: executionIdField,
      workflow: workflowAgain().optional(),
      input: z.record(z.string(), z.json()).optional().describe('Its inputs that were wrong.'),
      acceptChanges: z.boolean().optional().describe('The workflow was corrected.'),
      from: z.string().optional().describe('Again from here on.'),
      only: z.array(z.string()).optional().describe('Only these nodes.'),
      force: forceField,
      takeOver: z.boolean().optional().describe('Though a process seems to be at it.'),
      waitMs: waitField,
    }),
    output: runOutput,
    run: async ({ executionId, ...request }, call) =>
      answerOf(await (await call.service()).resume(executionId, { ...request, ...followedBy(call) })),
  }),
  defineTool({
    name: 'workflow_answer',
    title: 'Answer run',
    description:
      'Answer what a run asks: the words of the person it is for, never made up, or data of its schema.',
    effect: 'destroy',
    hints: { idempotent: false },
    input: z.strictObject({
      executionId: executionIdField,
      question: z.string().max(400).optional().describe('Default: the open one.'),
      node: z.string().max(300).optional().describe('Or the node.'),
      answer: z
        .union([z.string(), z.number(), z.boolean(), z.record(z.string(), z.json())])
        .optional()
        .describe('Text or data.'),
      decline: z.boolean().default(false).describe('Instead.'),
    }),
    output: runOutput,
    run: async ({ executionId, answer, decline, question, node }, call) => {
      const service = await call.service();
      const given = { question, node, value: answer, isDeclined: decline };
      const { caller, onEvent } = followedBy(call);
      return answerOf(await service.answer(executionId, given, { caller, onEvent, waitMs: PATIENCE_MS }));
    },
  }),
  defineTool({
    name: 'workflow_cancel',
    title: 'Cancel run',
    description:
      'Stop a run: no further node begins. What is done stays: workflow_resume goes on, ' +
      'workflow_rollback reverts it.',
    effect: 'barrier',
    input: z.strictObject({ executionId: executionIdField }),
    output: statusOutput,
    run: async ({ executionId }, { service }) => (await service()).cancel(executionId),
  }),
  defineTool({
    name: 'workflow_rollback',
    title: 'Roll back run',
    description:
      'Roll back what a finished run did, files in the Originals included, when its outcome is not ' +
      'wanted; names what cannot be.',
    effect: 'destroy',
    input: z.strictObject({ executionId: executionIdField }),
    output: z.looseObject({}),
    run: async ({ executionId }, { service, signal }) => (await service()).rollBack(executionId, signal),
  }),
  defineTool({
    name: 'workflow_runs',
    title: 'List runs',
    description:
      'List the runs of workflows, the newest first, to find an executionId or what failed. For one run ' +
      'use workflow_status, for single commands audit_query.',
    effect: 'read',
    input: z.strictObject({
      workflowId: z.string().max(128).optional().describe('Only runs of this workflow.'),
      state: z.enum(runsWanted).optional().describe('Only runs in this state; waiting: for an answer.'),
      limit: z.int().min(1).max(100).default(20).describe('Per page.'),
      cursor: pageInput.cursor,
    }),
    output: z.looseObject({
      runs: z.array(z.looseObject({ executionId: z.string(), state: z.string() })),
      cursor: z.string().nullable(),
    }),
    run: async (filter, { service }) => (await service()).list(filter),
  }),
];

/** A preview is of a workflow with its inputs: both stand. */
function refuseBeside(previewId: string, request: Readonly<Record<string, unknown>>): void {
  const [other] = Object.keys(request).filter((name) => request[name] !== undefined);
  if (other === undefined) return;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `workflow_run: ${other} does not go with previewId "${previewId}".`,
    {
      hint: 'Give the previewId alone, or make a new preview.',
      details: { previewId, input: other },
    },
  );
}

/** The call's patience and its ear for the progress of the run it begins. */
function followedBy({ caller, signal, progress }: ToolCall) {
  return { caller, signal, onEvent: watchProgress(progress) };
}

async function answerOf(begun: Result<FollowedRun>): Promise<Result> {
  return begun.ok ? begun.data.answer : begun;
}
