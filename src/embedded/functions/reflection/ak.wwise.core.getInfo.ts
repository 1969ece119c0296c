import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../core/json.ts';
import { defineFunction, type FunctionContext, type WaapiFunction } from '../define-function.ts';

/** What getInfo says about the running program that it cannot find out itself. */
export interface InstanceInfo {
  /** Version of this program, e.g. `0.1.0`. */
  readonly productVersion: string;
  /** Directory the program is installed in. */
  readonly installDir: string;
  /** Directory where the program keeps the user's state. */
  readonly userDir: string;
}

/** Information on the running instance. The version is the open project's: its files are read and written as that Wwise would. */
export function getInfo(instance: InstanceInfo): WaapiFunction {
  const sessionId = `{${randomUUID().toUpperCase()}}`;
  return defineFunction({
    uri: 'ak.wwise.core.getInfo',
    run: (_args, _options, context) => ({
      sessionId,
      apiVersion: 1,
      displayName: 'Wwise (embedded engine of WwiseFlow)',
      branch: `wwiseflow_v${instance.productVersion}`,
      copyright: 'WwiseFlow contributors. Not a product of Audiokinetic.',
      version: wwiseVersion(context),
      configuration: 'release',
      platform: platformName(),
      isCommandLine: true,
      processId: process.pid,
      processPath: process.execPath,
      directories: {
        install: instance.installDir,
        authoring: instance.installDir,
        bin: instance.installDir,
        help: instance.installDir,
        user: instance.userDir,
      },
    }),
  });
}

function wwiseVersion(context: FunctionContext): JsonObject {
  const { year, major, minor, build, schema } = projectVersion(context) ?? newestVersion;
  return { displayName: `v${year}.${major}.${minor}`, year, major, minor, build, nickname: '', schema };
}

/** Without a project: the version new projects are written as. */
const newestVersion = { year: 2025, major: 1, minor: 4, build: 9062, schema: 133 };

function projectVersion(context: FunctionContext): typeof newestVersion | undefined {
  try {
    return context.project.model.version;
  } catch {
    return undefined;
  }
}

/** Wwise knows four platforms; a machine with another processor counts as its system's usual one. */
function platformName(): string {
  if (process.platform === 'darwin') return 'macosx';
  if (process.platform === 'win32') return process.arch === 'ia32' ? 'win32' : 'x64';
  return 'linux';
}
