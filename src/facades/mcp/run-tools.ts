import { z } from 'zod';
import { success } from '../../bus/result.ts';
import { compileWorkflow } from '../../workflow/compile.ts';
import { answerOf } from '../../workflow/preview/preview.ts';
import { showPreview } from '../../workflow/preview/show-preview.ts';
import { showRunResult, showRunStatus } from '../../workflow/show-run.ts';
import { defineTool, type WorkflowTool } from './define-tool.ts';
import { waitForRun } from './wait-for-run.ts';
import { watchProgress } from './watch-progress.ts';
import {
  documentOf,
  executionIdField,
  forceField,
  libraryFields,
  neededDocument,
  optionalWorkflow,
  waitField,
  workflowField,
} from './workflow-fields.ts';

/** What a run gives; a handle has `state`, a preview `previewId` instead of `executionId`. */
const runOutput = z.looseObject({
  executionId: z.string().optional(),
  previewId: z.string().optional(),
  workflowId: z.string(),
  results: z.array(z.looseObject({ node: z.string(), type: z.string(), ok: z.boolean() })),
  waapiCalls: z.number(),
  durationMs: z.number(),
});

const statusOutput = z.looseObject({
  executionId: z.string().optional(),
  previewId: z.string().optional(),
  workflowId: z.string(),
  state: z.string().optional(),
  percent: z.number().optional(),
});

/** Running workflows, and following, ending and taking back runs. */
export const runTools: readonly WorkflowTool[] = [
  defineTool({
    name: 'workflow_run',
    title: 'Run workflow',
    description:
      'Compile and run a workflow, to do several steps as one: in order, wired, stopping at the first failure. mode ' +
      '"preview" tries it on a copy of the project instead and shows what would be created, changed, moved and deleted, ' +
      'with a diff of the files; workflow_apply then does it. Running the same workflow again is safe: nodes that are ' +
      'done and still hold are memo hits. For a single step call its command; to only check it, call workflow_compile.',
    // A workflow may contain any command, so the hints must allow for the worst.
    effect: 'destroy',
    input: z.strictObject({
      workflow: workflowField().optional(),
      ...libraryFields,
      input: z
        .record(z.string(), z.json())
        .optional()
        .describe('Values of the inputs the workflow declares, by name.'),
      mode: z
        .enum(['run', 'preview', 'background'])
        .default('run')
        .describe('preview: touch nothing, show what would happen. background: give a handle at once.'),
      forceRerun: forceField,
      waitMs: waitField,
    }),
    output: runOutput,
    run: async ({ mode, input = {}, forceRerun, waitMs, ...choice }, call) => {
      const desk = await call.desk();
      const plan = compileWorkflow(neededDocument(choice, desk), desk.bus);
      const options = { input, forceRerun };
      if (mode === 'preview') {
        const { signal, progress } = call;
        const preview = await desk.previews.make(plan, {
          ...options,
          signal,
          onEvent: watchProgress(progress),
        });
        // A run that was refused before it began has nothing to show.
        if (answerOf(preview.result).results === undefined) return preview.result;
        return success(showPreview(preview));
      }
      return waitForRun(
        (watch) => desk.runs.start(plan, { ...options, ...watch, caller: 'mcp' }),
        mode === 'background' ? 0 : waitMs,
        desk.runs,
        call,
      );
    },
  }),
  defineTool({
    name: 'workflow_apply',
    title: 'Apply preview',
    description:
      'Do what a preview showed, after somebody has looked at it: runs the same plan with the same input. Refuses when ' +
      'the project or a file to import has changed since, or after half an hour. Without a preview use workflow_run.',
    effect: 'destroy',
    input: z.strictObject({
      previewId: z.string().min(1).max(100).describe('The previewId of workflow_run with mode preview.'),
      waitMs: waitField,
    }),
    output: runOutput,
    run: async ({ previewId, waitMs }, call) => {
      const desk = await call.desk();
      const { plan, options } = await desk.previews.checkUnchanged(previewId);
      return waitForRun(
        (watch) => desk.runs.start(plan, { ...options, ...watch, caller: 'mcp' }),
        waitMs,
        desk.runs,
        call,
      );
    },
  }),
  defineTool({
    name: 'workflow_status',
    title: 'Workflow status',
    description:
      'Show how far a run is: the state of every node, percent, timings and how it ended; with waitMs wait for the end ' +
      'first. Also gives the rest of a long answer: with the cursor it named, for a run or a preview. For all runs use ' +
      'workflow_runs.',
    effect: 'read',
    input: z.strictObject({
      executionId: executionIdField.describe('The executionId of a run, or the previewId of a preview.'),
      waitMs: z
        .int()
        .min(0)
        .max(600_000)
        .default(0)
        .describe('Milliseconds to wait for the end of the run, 0 to 600,000.'),
      cursor: z.string().max(40).optional().describe('A cursor that an answer named, e.g. results:50.'),
      file: z
        .string()
        .max(1_000)
        .optional()
        .describe('Of a preview: show the diff of this Work Unit file only.'),
    }),
    output: statusOutput,
    run: async ({ executionId, waitMs, cursor, file }, { desk, signal }) => {
      const { runs, previews } = await desk();
      if (executionId.startsWith('preview_'))
        return success(showPreview(previews.get(executionId), { cursor, file }));
      const status = waitMs > 0 ? await runs.wait(executionId, waitMs, signal) : runs.status(executionId);
      return success(showRunStatus(status, cursor));
    },
  }),
  defineTool({
    name: 'workflow_resume',
    title: 'Resume run',
    description:
      'Go on with a run that failed, was cancelled or was interrupted by a crash: finished nodes are checked and reused, ' +
      'nothing is done twice. from, only and force do parts of a run again. After correcting the workflow give the ' +
      'corrected one with acceptChanges. To start afresh use workflow_run.',
    effect: 'destroy',
    input: z.strictObject({
      executionId: executionIdField,
      workflow: optionalWorkflow(),
      ...libraryFields,
      input: z
        .record(z.string(), z.json())
        .optional()
        .describe(
          'Values of workflow inputs that were missing or wrong; what reads a changed one is done again.',
        ),
      acceptChanges: z
        .boolean()
        .optional()
        .describe('Go on although the workflow given is not the one that ran.'),
      from: z.string().optional().describe('Do this node and everything after it again.'),
      only: z.array(z.string()).optional().describe('Execute these nodes only.'),
      force: forceField,
      takeOver: z.boolean().optional().describe('Go on although another process seems to be at it.'),
      waitMs: waitField,
    }),
    output: runOutput,
    run: async (input, call) => {
      const { executionId, workflow, workflowId, version, waitMs, ...how } = input;
      const desk = await call.desk();
      const document = documentOf({ workflow, workflowId, version }, desk);
      const plan = document === undefined ? undefined : compileWorkflow(document, desk.bus);
      return waitForRun(
        (watch) => desk.runs.resume(executionId, { ...how, plan, ...watch, caller: 'mcp' }),
        waitMs,
        desk.runs,
        call,
      );
    },
  }),
  defineTool({
    name: 'workflow_cancel',
    title: 'Cancel run',
    description:
      'Stop a run that is going on: no further node begins. What was done stays done: workflow_resume goes on, ' +
      'workflow_rollback takes it back.',
    effect: 'barrier',
    input: z.strictObject({ executionId: executionIdField }),
    output: statusOutput,
    run: async ({ executionId }, { desk }) => success(showRunStatus((await desk()).runs.cancel(executionId))),
  }),
  defineTool({
    name: 'workflow_rollback',
    title: 'Roll back run',
    description:
      'Take back what a finished run did, by undo and by removing the files it put into the Originals, when its outcome ' +
      'is not wanted. What cannot be taken back (saving, Work Units, banks) is named. For one object use delete_object.',
    effect: 'destroy',
    input: z.strictObject({ executionId: executionIdField }),
    output: z.looseObject({}),
    run: async ({ executionId }, { desk, signal }) =>
      showRunResult(await (await desk()).runs.rollback(executionId, signal)),
  }),
  defineTool({
    name: 'workflow_runs',
    title: 'List runs',
    description:
      'List the runs of workflows, the newest first, page by page, to find an executionId or what failed. For the nodes ' +
      'of one run use workflow_status; for single commands audit_query.',
    effect: 'read',
    input: z.strictObject({
      workflowId: z.string().max(128).optional().describe('Only runs of this workflow.'),
      state: z
        .enum(['running', 'done', 'failed', 'cancelled', 'interrupted', 'rolledBack'])
        .optional()
        .describe('Only runs in this state.'),
      limit: z.int().min(1).max(100).default(20).describe('Runs per page, 1 to 100.'),
      cursor: z.string().max(100).optional().describe('The cursor of the page before.'),
    }),
    output: z.looseObject({
      runs: z.array(z.looseObject({ executionId: z.string(), state: z.string() })),
      cursor: z.string().nullable(),
    }),
    run: async (filter, { desk }) => success({ ...(await desk()).runs.list(filter) }),
  }),
];
