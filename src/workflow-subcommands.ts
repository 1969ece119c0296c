import type { App } from './app.ts';
import type { WorkflowSubcommand } from './config/argv/subcommand.ts';
import type { Config } from './config/config.ts';
import type { Print } from './facades/cli/print.ts';

/** Does a subcommand that leads to the workflow service, and gives its exit code. Each loads only what it is made of. */
export async function workflowSubcommand(
  app: App,
  config: Config,
  version: string,
  subcommand: WorkflowSubcommand,
  { signal, print }: { readonly signal: AbortSignal; readonly print: Print },
): Promise<number> {
  const parts = { openBus: app.openBus, openService: app.openService, signal };
  if (subcommand.kind === 'run') {
    const { runFlow } = await import('./facades/cli/run.ts');
    return runFlow({ ...subcommand, startDir: config.startDir, version }, parts, print);
  }
  if (subcommand.kind === 'rollback') {
    const { rollBackRun } = await import('./facades/cli/rollback.ts');
    return rollBackRun({ ...subcommand, savesProject: config.target.kind !== 'wwise' }, parts, print);
  }
  if (subcommand.kind === 'answer') {
    const { answerQuestion } = await import('./facades/cli/answer.ts');
    return answerQuestion(subcommand, parts, print);
  }
  if (subcommand.kind === 'explain') {
    const { explainFlow } = await import('./facades/cli/explain.ts');
    return explainFlow(subcommand, await app.openService(), print);
  }
  const trials = () => import('./facades/cli/trials.ts');
  if (subcommand.kind === 'test-node') return (await trials()).tryNode(subcommand, parts, print);
  if (subcommand.kind === 'compare') return (await trials()).compareFlows(subcommand, parts, print);
  if (subcommand.kind === 'schema') return (await trials()).printSchema(await app.openService(), print);
  if (subcommand.kind === 'template') {
    const { printTemplate } = await import('./facades/cli/template.ts');
    return printTemplate(subcommand, await app.openService(), print);
  }
  const { collectGarbage, listRuns, resumeRun } = await import('./facades/cli/runs.ts');
  if (subcommand.kind === 'resume') return resumeRun(subcommand, parts, print);
  const service = await app.openService();
  return subcommand.kind === 'runs'
    ? listRuns(subcommand, service, app, print)
    : collectGarbage(subcommand, service, print);
}
