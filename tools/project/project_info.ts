import { z } from 'zod';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { toWwiseFlowError } from '../../src/core/errors.ts';
import { asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const projectInfo = defineCommand({
  name: 'project_info',
  title: 'Project info',
  description:
    'Read the open project, its version, platforms, languages and default Work Units: call it first.',
  toolset: 'project',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Learn what is open', input: {} }],
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
      .describe('Whether there are unsaved changes; null when this Wwise does not say.'),
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
    health: z
      .record(z.string(), z.int())
      .nullable()
      .describe('How much is wrong, by kind, audio aside: project_lint says what. Null in a running Wwise.'),
    ...unreadableOutput,
  }),
  async run(_input, context) {
    const facts = await context.project();
    const project = await projectInfoIfAny(context);
    const { isDirty } = project;
    return {
      id: facts.id,
      name: facts.name,
      filePath: facts.filePath,
      originalsDir: facts.originalsDir,
      wwiseVersion: facts.wwiseVersion,
      year: facts.year,
      platforms: [...facts.platforms],
      languages: [...facts.languages],
      isDirty: typeof isDirty === 'boolean' ? isDirty : null,
      defaultWorkUnits: pathsOf(asJsonObject(project.defaultWorkUnits)),
      health: await healthCounts(context),
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

async function healthCounts({ projectFiles }: CommandContext): Promise<Record<string, number> | null> {
  const [findings, duplicates] = [await projectFiles.health(false), await projectFiles.duplicates()];
  if (findings === null || duplicates === null) return null;
  const counts: Record<string, number> = {};
  const kinds = [...duplicates.map(() => 'duplicateId'), ...findings.map(({ kind }) => kind)];
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

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
