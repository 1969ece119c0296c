import { requireProfile } from '../core/access/profile.ts';
import type { Bus } from '../core/dispatch/bus.ts';
import type { Alert } from '../core/health/thresholds.ts';
import type { Log } from '../core/log.ts';
import { type Result, success } from '../core/result.ts';
import type { ArtifactStore } from '../core/stores/artifact-store.ts';
import type { AuditStore } from '../core/stores/audit-store.ts';
import type { MemoStore } from '../core/stores/memo-store.ts';
import type { SessionStore } from '../core/stores/session-store.ts';
import { answering, found } from './answered.ts';
import { mermaidOf } from './compiler/mermaid.ts';
import type { Plan } from './compiler/plan.ts';
import { showPlan } from './compiler/show-plan.ts';
import { warnUnreadable } from './compiler/warn-unreadable.ts';
import { workflowSchema } from './document/workflow-schema.ts';
import { explainPlan } from './explain/explain-plan.ts';
import { showExplanation } from './explain/show-explanation.ts';
import { chosenDocument, type WorkflowChoice } from './library/choose-document.ts';
import { compileFromLibrary } from './library/compile-from-library.ts';
import type { WorkflowSources } from './library/find-workflow.ts';
import { createLibraryService } from './library/library-service.ts';
import { createTemplateService } from './library/template-service.ts';
import { kindsOf } from './nodes/catalog.ts';
import { functionNamesFor } from './nodes/described/expression-names.ts';
import { nodeTypes } from './nodes/described/node-types.ts';
import { allSignatures, type Purposes, showNodeTypes } from './nodes/described/show-node-types.ts';
import { previewToApply } from './preview/apply-preview.ts';
import { sincePreview } from './preview/as-previewed.ts';
import { estimateCosts } from './preview/estimate-costs.ts';
import { keepToPolicies } from './preview/keep-to-policies.ts';
import { answerOf, type Previews } from './preview/preview.ts';
import { showPreview, showWholePreview } from './preview/show-preview.ts';
import { createAuditService } from './records/audit-service.ts';
import { createDeadLetterService } from './records/dead-letter-service.ts';
import { serviceHealth } from './records/health.ts';
import { createMemoService } from './records/memo-service.ts';
import { runPage } from './records/run-page.ts';
import { noPresets, type Presets } from './remote/presets/read-presets.ts';
import { webhookOf } from './remote/presets/webhook-of.ts';
import { readArtifact } from './runtime/answers/read-artifact.ts';
import { showRunStatus } from './runtime/answers/show-run.ts';
import { deliverTo } from './runtime/deliver.ts';
import { type FollowedRun, followRun } from './runtime/events/follow-run.ts';
import type { ExecutedElsewhere } from './runtime/executed-elsewhere.ts';
import { forgetOlderThan } from './runtime/retention/retention.ts';
import { leftUnsaved, withUnsaved } from './runtime/roll-back/left-unsaved.ts';
import { forcedNodes, runInputs } from './runtime/run-options.ts';
import type { Runs } from './runtime/runs.ts';
import type { Authoring, WorkflowService } from './service.ts';
import { compareWorkflows } from './trial/compare-workflows.ts';
import { testNode } from './trial/test-node.ts';

/** What the service is made of. */
export interface ServiceParts extends WorkflowSources {
  /** What somebody should look at; undefined: nobody looks. */
  readonly alerts?: (() => Promise<readonly Alert[]>) | undefined;
  readonly bus: Bus;
  /** Whose it is. */
  readonly workspace: string;
  readonly runs: Runs;
  /** Where other processes execute the runs; left out: this one does. */
  readonly elsewhere?: ExecutedElsewhere | undefined;
  readonly previews: Previews;
  readonly audit: AuditStore;
  readonly memo: MemoStore;
  readonly artifacts: ArtifactStore;
  /** Sessions of runs that ended; left out: none are kept. */
  readonly sessions?: Pick<SessionStore, 'forgetArchivedBefore'> | undefined;
  /** Whose prices estimates go by; left out: only the prices in workflows are known. */
  readonly presets?: Presets | undefined;
  /** The secret of this name; left out: there are none here. */
  readonly secret?: ((name: string) => string) | undefined;
  /** What each toolset is for. */
  readonly purposes: Purposes;
  /** Directories a caller may have files written to. */
  readonly exportDirs: readonly string[];
  /** Where exports go that name no path of their own, and what runs left. */
  readonly stateDir: string;
  /** Files of the open project with unsaved edits; absent with a back-end that does not say. */
  readonly unsavedFiles?: (() => readonly string[]) | undefined;
  readonly log: Log;
}

/** The one service that every facade calls. */
export function createWorkflowService(parts: ServiceParts): WorkflowService {
  const { bus, runs, previews, library, examples, audit, memo, artifacts, stateDir, unsavedFiles, log } =
    parts;
  const { purposes } = parts;
  const executed: ExecutedElsewhere | Runs = parts.elsewhere ?? runs;
  const { services } = parts;
  const sources = { library, examples, plans: parts.plans, services };
  // What is kept, explained or made of a template may run where other secrets are set up.
  const kept = { ...sources, services: services && { ...services, secretNames: undefined } };
  const answer = answering(log);
  const kinds = kindsOf(bus).all;
  let authored: Authoring | undefined;

  const planOf = async (choice: WorkflowChoice, from = sources): Promise<Plan> =>
    choice.plan ?? (await compileFromLibrary(await chosenDocument(choice, from), bus, from));
  const estimate = (plan: Plan) => estimateCosts(plan, kindsOf(bus), parts.presets ?? noPresets);
  const checkedPlanOf = async (choice: WorkflowChoice, from = sources): Promise<Plan> =>
    warnUnreadable(await planOf(choice, from), bus);
  const followed = async (...[start, following]: FollowedArguments) => {
    const run = await followRun(start, following, runs, answer);
    return found<FollowedRun>({
      ...run,
      answer: run.answer.then((result) => withUnsaved(result, unsavedFiles)),
    });
  };

  const service: Omit<WorkflowService, 'testNode' | 'compare'> = {
    nodeTypes: (wanted) => answer(async () => success(showNodeTypes(kinds, wanted, purposes))),
    authoring: () =>
      answer(async () => {
        // Schemas of a hundred kinds take long to make, and stay what they are.
        authored ??= {
          toolsets: allSignatures(kinds, purposes),
          nodeTypes: nodeTypes(kinds),
          functions: functionNamesFor(),
          schema: workflowSchema(kinds),
        };
        return found(authored);
      }),
    compile: ({ checkProject, ...choice }) =>
      answer(async () => found(await (checkProject === true ? checkedPlanOf(choice) : planOf(choice)))),
    showPlan: ({ cursor, verbose, mermaid, ...choice }) =>
      answer(async () => {
        const plan = await checkedPlanOf(choice);
        if (mermaid === true) return success(mermaidOf({ ...plan }));
        const estimatedCosts = estimate(plan);
        const beside = estimatedCosts === undefined ? {} : { estimatedCosts };
        return success(showPlan(plan, { cursor, verbose, beside }));
      }),
    explain: ({ cursor, ...choice }) =>
      answer(async () => {
        const plan = await checkedPlanOf(choice, kept);
        return success(showExplanation(plan, explainPlan(plan, kindsOf(bus)), cursor));
      }),
    estimateCosts: (plan) => estimate(plan) ?? null,
    preview: ({ input, forceRerun, demo, signal, onEvent, caller: _, ...choice }) =>
      answer(async () => {
        const plan = await planOf(choice);
        return found(await previews.make(plan, { input, forceRerun, demo, signal, onEvent }));
      }),
    run: ({ input, forceRerun, caller, waitMs, signal, onEvent, ...choice }) =>
      answer(async () => {
        const plan = await planOf(choice);
        await keepToPolicies(plan, (demanded) => previews.make(demanded, { input, forceRerun, signal }));
        // What is refused here does not begin.
        runInputs(plan, input);
        forcedNodes(plan, forceRerun);
        const following = { caller, waitMs, signal, onEvent };
        return followed((watch) => executed.start(plan, { input, forceRerun, ...watch }), following);
      }),
    deliver: ({ workflowId, ...delivery }) =>
      answer(() =>
        deliverTo(
          { ...runs, ...executed },
          () => planOf({ workflowId }),
          (plan, input) => keepToPolicies(plan, (demanded) => previews.make(demanded, { input })),
          delivery,
        ),
      ),
    apply: (previewId, { force = false, whole = true, ...request }) =>
      answer(async () => {
        const { plan, options, result } = await previewToApply(previewId, force, previews);
        const following = whole
          ? request
          : { ...request, shown: (done: Result) => sincePreview(result, done) };
        return followed((watch) => executed.start(plan, { ...options, ...watch }), following);
      }),
    resume: (executionId, { workflow, caller, waitMs, signal, onEvent, ...how }) =>
      answer(async () => {
        const plan = workflow === undefined ? undefined : await compileFromLibrary(workflow, bus, sources);
        const following = { caller, waitMs, signal, onEvent };
        return followed((watch) => executed.resume(executionId, { ...how, plan, ...watch }), following);
      }),
    answer: (executionId, given, { caller, ...following }) =>
      answer(() =>
        // Who gives up waiting has answered all the same: the run goes on.
        followed(({ onEvent }) => runs.answer(executionId, given, { onEvent, caller }), {
          ...following,
          caller,
        }),
      ),
    cancel: (executionId, how) =>
      answer(async () => success(showRunStatus(await executed.cancel(executionId, how)))),
    rollBack: (executionId, signal) =>
      answer(() => {
        // It takes another way than commands do.
        requireProfile('A rollback', bus.profile ?? 'admin', 'designer');
        return runs.rollback(executionId, signal);
      }),

    planOf: (executionId) => answer(async () => success(await runs.planOf(executionId))),
    inputOf: (executionId, node) => answer(async () => success(await runs.inputOf(executionId, node))),
    status: (executionId) => answer(async () => found(await runs.status(executionId))),
    show: ({ executionId, waitMs = 0, cursor, file, artifact, whole, verbose, mermaid, signal }) =>
      answer(async () => {
        if (artifact !== undefined) {
          await runs.planOf(executionId);
          return success(await readArtifact(artifacts, executionId, artifact, cursor));
        }
        if (executionId.startsWith('preview_')) {
          const preview = previews.get(executionId);
          if (whole === true) return success(showWholePreview(preview, verbose));
          // A run that was refused before it began has nothing to show.
          if (answerOf(preview.result).results === undefined) return preview.result;
          return success(showPreview(preview, { cursor, file, verbose }));
        }
        const status =
          waitMs > 0 ? await executed.wait(executionId, waitMs, signal) : await runs.status(executionId);
        if (mermaid === true) {
          const states = new Map(status.nodes.map(({ node, state }) => [node, state]));
          return success({ executionId, ...mermaidOf(await runs.planOf(executionId), states) });
        }
        return success(showRunStatus(status, cursor));
      }),
    events: (executionId, listener) => answer(async () => found(await runs.events(executionId, listener))),
    list: (filter) => answer(async () => found(await runPage(runs, filter))),
    count: (filter) => answer(async () => found({ total: await runs.count(filter) })),

    webhookOf: (preset) =>
      answer(async () => found(webhookOf((parts.presets ?? noPresets).find(preset), parts.secret))),
    library: createLibraryService(kept, bus, parts.exportDirs, answer),
    templates: createTemplateService(kept, bus, answer),
    audit: createAuditService(audit, stateDir, answer),
    deadLetters: createDeadLetterService(parts.elsewhere, answer),
    memo: createMemoService(memo, answer),

    health: () =>
      answer(async () => success(serviceHealth(bus, parts.workspace, (await parts.alerts?.()) ?? []))),

    saveProject: async () => {
      const saving = bus.commands.find(({ savesProject }) => savesProject === true);
      return saving === undefined ? null : answer(() => bus.dispatch(saving.name, {}));
    },
    unsavedAfter: (result) => answer(async () => found(await leftUnsaved(result, unsavedFiles, stateDir))),
    gc: (days, what) =>
      answer(async () =>
        found(
          await forgetOlderThan(
            days,
            {
              ...{ audit, runs, memo: what?.memo === true ? memo : undefined },
              ...{ plans: parts.plans, sessions: parts.sessions },
            },
            what?.mostBytes,
          ),
        ),
      ),
  };
  return {
    ...service,
    testNode: (node) => answer(() => testNode(node, service)),
    compare: (variants) => answer(() => compareWorkflows(variants, service)),
  };
}

type FollowedArguments =
  Parameters<typeof followRun> extends [infer Start, infer Following, ...unknown[]]
    ? [start: Start, following: Following]
    : never;
