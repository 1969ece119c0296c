import type { App } from './app.ts';
import type { Config } from './config/config.ts';
import type { DoctorShape } from './facades/cli/doctor.ts';
import type { Print } from './facades/cli/print.ts';

/** What the program finds out about its own set-up, and the exit code that says whether it can work. */
export async function doctor(
  app: App,
  config: Config,
  version: string,
  shape: DoctorShape,
  print: Print,
): Promise<number> {
  const { runDoctor } = await import('./facades/cli/doctor.ts');
  const { target } = config;
  const configured = {
    version,
    nodeVersion: process.version,
    target: target.kind === 'wwise' ? `Wwise at ${target.address}` : target.filePath,
    stateDir: config.stateDir,
    allowedDirs: config.allowedDirs,
    expectProject: config.expectProject,
    readOnly: config.choice.readOnly,
    tools: app.toolNames,
    files: config.files,
    settings: config.settings,
    warnings: config.warnings,
  };
  return runDoctor(configured, app, shape, print);
}
