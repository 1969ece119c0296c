import type { InstanceInfo } from './embedded/functions/reflection/ak.wwise.core.getInfo.ts';

/** What the running program knows about itself; main.ts reads it from the process. */
export interface ProgramInfo {
  readonly version: string;
  /** The package's directory, where prompts/ lies. */
  readonly packageDir: string;
}

/** The same as the embedded engine reports it. */
export function instanceInfo({ version, packageDir }: ProgramInfo, stateDir: string): InstanceInfo {
  return { productVersion: version, installDir: packageDir, userDir: stateDir };
}
