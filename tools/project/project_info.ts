import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { toWwiseFlowError } from '../../src/core/errors.ts';
import { asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { unreadableOutput } from '../../src/wwise/files/project-files.ts';

export const projectInfo = defineCommand({
  name: 'project_info',
  title: 'Project info',
  description:
    'Read the open project, its version, platforms, languages and default Work Units: call it first.',
  toolset: 'project',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Learn what is open', input: {} }],
  waapiCalls: 2,
  input: z.strictObject({}),
  output: z.object({
    id: z.string().describe('GUID of the project.'),
    name: z.string().describe('Name of the project.'),
    filePath: z.string().describe('Path of the .wproj.'),
    originalsDir: z.string().describe('Folder of the original audio files.'),
    wwiseVersion: z.string().describe('Version of Wwise, e.g. v2025.1.0.'),
    year: z
      .int()
      .describe('Its year: 2025 for 2025.1. Root folders were renamed in 2025; both names work everywhere.'),
    platforms: z.array(z.string()).describe('Platforms of the project.'),
    languages: z.array(z.string()).describe('Languages of the project.'),
    isDirty: z
      .boolean()
      .nullable()
      .describe('Whether there are unsaved changes; null when this Wwise does not tell.'),
    defaultWorkUnits: z
      .record(z.string(), z.string())
      .describe('Path of the default Work Unit by category: Containers, Busses, Events...'),
    recoveries: z
      .array(
        z.object({
          id: z.string(),
          writtenAt: z.string(),
          files: z.int().describe('How many files they are in.'),
          objects: z.int().describe('How many objects they touch.'),
        }),
      )
      .describe('Unsaved edits that earlier sessions left: see project_recover.'),
    ...unreadableOutput,
  }),
  async run(_input, context) {
    const facts = await context.project();
    const info = await context.waapi.call('ak.wwise.core.getInfo');
    const project = await projectInfoIfAny(context);
    const { isDirty } = project;
    return {
      id: facts.id,
      name: facts.name,
      filePath: facts.filePath,
      originalsDir: facts.originalsDir,
      wwiseVersion: asString(asJsonObject(info.version).displayName) ?? `v${facts.year}`,
      year: facts.year,
      platforms: [...facts.platforms],
      languages: [...facts.languages],
      isDirty: typeof isDirty === 'boolean' ? isDirty : null,
      defaultWorkUnits: pathsOf(asJsonObject(project.defaultWorkUnits)),
      recoveries: (context.recoveries()?.list().kept ?? []).map(
        ({ id, writtenAtMs, files, objectCount }) => ({
          id,
          writtenAt: new Date(writtenAtMs).toISOString(),
          files: files.length,
          objects: objectCount,
        }),
      ),
    };
  },
});

/** getProjectInfo, or nothing before 2022.1, which does not have it. */
async function projectInfoIfAny(context: CommandContext): Promise<JsonObject> {
  try {
    return await context.waapi.call('ak.wwise.core.getProjectInfo');
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'WAAPI_ERROR') throw error;
    return {};
  }
}

function pathsOf(workUnits: JsonObject): Record<string, string> {
  const pairs = Object.entries(workUnits).flatMap(([category, workUnit]): [string, string][] => {
    const path = asString(asJsonObject(workUnit).path);
    return path === undefined ? [] : [[category, path]];
  });
  return Object.fromEntries(pairs);
}
