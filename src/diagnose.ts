import type { App } from './app.ts';
import type { Config } from './config/config.ts';
import { diagnoseRun } from './facades/cli/diagnose.ts';
import type { Print } from './facades/cli/print.ts';
import { diskUse } from './workspace/disk-use.ts';

/** Says why a run stands as it does. Exit code 0: nothing is wrong, 1: something is. Throws RUN_NOT_FOUND. */
export async function diagnose(
  app: App,
  { stateDir }: Config,
  wanted: { readonly executionId: string; readonly json: boolean },
  print: Print,
): Promise<number> {
  const service = await app.openService();
  const [jobs, lanes] = [await app.storage.openJobs(), await app.storage.openLanes()];
  const parts = { service, diskUse: diskUse(stateDir) ?? 0, nowMs: Date.now() };
  return diagnoseRun(wanted, { ...parts, jobs, lanes }, print);
}
