import type { Bus } from '../bus/bus.ts';
import { success } from '../bus/result.ts';
import type { Log } from '../core/log.ts';
import type { AuditStore } from '../core/stores/audit-store.ts';
import type { MemoStore } from '../core/stores/memo-store.ts';
import { answering, found } from './answered.ts';
import { compileWorkflow } from './compiler/compile.ts';
import type { Plan } from './compiler/plan.ts';
import { showPlan } from './compiler/show-plan.ts';
import { warnUnreadable } from './compiler/warn-unreadable.ts';
import { workflowSchema } from './document/workflow-schema.ts';
import { chosenDocument, type WorkflowChoice } from './library/choose-document.ts';
import type { WorkflowSources } from './library/find-workflow.ts';
import { createLibraryService } from './library/library-service.ts';
import { nodeKinds } from './nodes/catalog.ts';
import { nodeTypes } from './nodes/node-types.ts';
import { showNodeTypes } from './nodes/show-node-types.ts';
import { previewToApply } from './preview/apply-preview.ts';
import { answerOf, type Previews } from './preview/preview.ts';
import { showPreview, showWholePreview } from './preview/show-preview.ts';
import { createAuditService } from './records/audit-service.ts';
import { createMemoService } from './records/memo-service.ts';
import { type FollowedRun, followRun } from './runtime/follow-run.ts';
import { leftUnsaved, withUnsaved } from './runtime/left-unsaved.ts';
import { forgetOlderThan } from './runtime/retention.ts';
import type { Runs } from './runtime/runs.ts';
import { showRunStatus } from './runtime/show-run.ts';
import type { WorkflowService } from './service.ts';

/** What the service is made of. */
export interface ServiceParts extends WorkflowSources {
  readonly bus: Bus;
  readonly runs: Runs;
  readonly previews: Previews;
  readonly audit: AuditStore;
  readonly memo: MemoStore;
  /** Directories a caller may have files written to. */
  readonly exportDirs: readonly string[];
  /** Where exports go that name no path of their own, and what runs left. */
  readonly stateDir: string;
  /** Files of the open project with unsaved edits; absent with a live Wwise, which does not say. */
  readonly unsavedFiles?: (() => readonly string[]) | undefined;
  readonly log: Log;
}

/** The one service that every facade calls. */
export function createWorkflowService(parts: ServiceParts): WorkflowService {
  const { bus, runs, previews, library, examples, audit, memo, stateDir, unsavedFiles, log } = parts;
  const sources = { library, examples };
  const answer = answering(log);
  const kinds = nodeKinds(bus.commands);

  const planOf = async (choice: WorkflowChoice): Promise<Plan> =>
    choice.plan ?? compileWorkflow(await chosenDocument(choice, sources), bus);
  const checkedPlanOf = async (choice: WorkflowChoice): Promise<Plan> =>
    warnUnreadable(await planOf(choice), bus);
  const followed = async (...[start, following]: FollowedArguments) => {
    const run = await followRun(start, following, runs, answer);
    return found<FollowedRun>({
      ...run,
      answer: run.answer.then((result) => withUnsaved(result, unsavedFiles)),
    });
  };

  return {
    nodeTypes: (wanted) => answer(async () => success(showNodeTypes(kinds, wanted))),
    authoring: () =>
      answer(async () => found({ nodeTypes: nodeTypes(kinds), schema: workflowSchema(kinds) })),
    compile: ({ checkProject, ...choice }) =>
      answer(async () => found(await (checkProject === true ? checkedPlanOf(choice) : planOf(choice)))),
    showPlan: ({ cursor, ...choice }) =>
      answer(async () => success(showPlan(await checkedPlanOf(choice), cursor))),
    preview: ({ input, forceRerun, signal, onEvent, caller: _, ...choice }) =>
      answer(async () => {
        const plan = await planOf(choice);
        return found(await previews.make(plan, { input, forceRerun, signal, onEvent }));
      }),
    run: ({ input, forceRerun, caller, waitMs, signal, onEvent, ...choice }) =>
      answer(async () => {
        const plan = await planOf(choice);
        const following = { caller, waitMs, signal, onEvent };
        return followed((watch) => runs.start(plan, { input, forceRerun, ...watch }), following);
      }),
    apply: (previewId, { force = false, ...following }) =>
      answer(async () => {
        const { plan, options } = await previewToApply(previewId, force, previews);
        return followed((watch) => runs.start(plan, { ...options, ...watch }), following);
      }),
    resume: (executionId, { workflow, caller, waitMs, signal, onEvent, ...how }) =>
      answer(async () => {
        const plan = workflow === undefined ? undefined : compileWorkflow(workflow, bus);
        const following = { caller, waitMs, signal, onEvent };
        return followed((watch) => runs.resume(executionId, { ...how, plan, ...watch }), following);
      }),
    cancel: (executionId) => answer(async () => success(showRunStatus(await runs.cancel(executionId)))),
    rollBack: (executionId, signal) => answer(() => runs.rollback(executionId, signal)),

    status: (executionId) => answer(async () => found(await runs.status(executionId))),
    show: ({ executionId, waitMs = 0, cursor, file, whole, signal }) =>
      answer(async () => {
        if (executionId.startsWith('preview_')) {
          const preview = previews.get(executionId);
          if (whole === true) return success(showWholePreview(preview));
          // A run that was refused before it began has nothing to show.
          if (answerOf(preview.result).results === undefined) return preview.result;
          return success(showPreview(preview, { cursor, file }));
        }
        const status =
          waitMs > 0 ? await runs.wait(executionId, waitMs, signal) : await runs.status(executionId);
        return success(showRunStatus(status, cursor));
      }),
    events: (executionId, listener) => answer(async () => found(await runs.events(executionId, listener))),
    list: (filter) => answer(async () => found(await runs.list(filter))),

    library: createLibraryService(sources, bus, parts.exportDirs, answer),
    audit: createAuditService(audit, stateDir, answer),
    memo: createMemoService(memo, answer),

    saveProject: async () => {
      const saving = bus.commands.find(({ savesProject }) => savesProject === true);
      return saving === undefined ? null : answer(() => bus.dispatch(saving.name, {}));
    },
    unsavedAfter: (result) => answer(async () => found(await leftUnsaved(result, unsavedFiles, stateDir))),
    gc: (days, what) =>
      answer(async () =>
        found(await forgetOlderThan(days, { audit, runs, memo: what?.memo === true ? memo : undefined })),
      ),
  };
}

type FollowedArguments =
  Parameters<typeof followRun> extends [infer Start, infer Following, ...unknown[]]
    ? [start: Start, following: Following]
    : never;
