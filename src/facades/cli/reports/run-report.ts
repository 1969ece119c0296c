import { asJsonArray, asJsonObject, asString } from '../../../core/json.ts';
import type { Failure, Result } from '../../../core/result.ts';
import type { Plan, RunStatus } from '../../../workflow/service.ts';
import type { BuildReport, ReportCase } from './report.ts';

/** A run, node by node. */
export function runReport(run: RunStatus, subject: string, version: string): BuildReport {
  const outcomes = { done: 'passed', failed: 'failed', rolledBack: 'failed', suspended: 'noted' } as const;
  const cases = run.nodes.map(({ node, type, state, code, error, durationMs }): ReportCase => {
    const outcome = Reflect.has(outcomes, state) ? outcomes[state as keyof typeof outcomes] : 'skipped';
    const message = error === null ? (outcome === 'passed' ? undefined : state) : `${code}: ${error}`;
    return { rule: type, name: node, outcome, message, durationMs: durationMs ?? undefined };
  });
  const { code, error, state } = run;
  const isSaid = cases.some(({ outcome }) => outcome === 'failed');
  const whole: ReportCase = {
    rule: 'run',
    name: run.workflowId,
    outcome: 'failed',
    message: `${code}: ${error}`,
  };
  const isFailed = state !== 'done' && state !== 'suspended';
  return { tool: 'run', subject, version, cases: isFailed && !isSaid ? [...cases, whole] : cases };
}

/** Why nothing ran: each problem of a workflow that does not compile. */
export function refusalReport(refused: Failure, subject: string, version: string): BuildReport {
  const problems = asJsonArray(refused.details?.problems).map(asJsonObject);
  const cases = problems.map((problem): ReportCase => {
    const at = asString(problem.pointer) ?? asString(problem.path) ?? '/';
    const rule = asString(problem.code) ?? refused.code;
    return {
      rule,
      name: at,
      outcome: 'failed',
      message: asString(problem.message) ?? refused.error,
      filePath: subject,
    };
  });
  const whole: ReportCase = {
    ...{ rule: refused.code, name: 'workflow', outcome: 'failed', message: refused.error, filePath: subject },
  };
  return { tool: 'run', subject, version, cases: cases.length > 0 ? cases : [whole] };
}

/** A plan: each node that would run, and what it warns of. */
export function planReport({ nodes, warnings }: Plan, subject: string, version: string): BuildReport {
  const planned = nodes.map(({ id, type }): ReportCase => ({ rule: type, name: id, outcome: 'passed' }));
  const noted = warnings.map(
    (message): ReportCase => ({
      rule: 'warning',
      name: 'plan',
      outcome: 'noted',
      message,
      filePath: subject,
    }),
  );
  return { tool: 'run', subject, version, cases: [...planned, ...noted] };
}

/** A preview: what a run would do. */
export function previewReport(
  {
    result,
    warnings,
    objects,
  }: {
    readonly result: Result;
    readonly warnings: readonly string[];
    readonly objects: readonly unknown[];
  },
  subject: string,
  version: string,
): BuildReport {
  const name = `${objects.length} objects would change`;
  const whole: ReportCase = result.ok
    ? { rule: 'preview', name, outcome: 'passed' }
    : { rule: result.code, name: 'preview', outcome: 'failed', message: result.error, filePath: subject };
  const noted = warnings.map(
    (message): ReportCase => ({
      rule: 'warning',
      name: 'preview',
      outcome: 'noted',
      message,
      filePath: subject,
    }),
  );
  return { tool: 'run', subject, version, cases: [whole, ...noted] };
}
