import { z } from 'zod';
import { success } from '../../../bus/result.ts';
import { pageInput } from '../../../core/answers/page.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, asString, type JsonObject } from '../../../core/json.ts';
import { compileWorkflow } from '../../../workflow/compiler/compile.ts';
import { exportFile } from '../../../workflow/library/export-file.ts';
import { findWorkflow } from '../../../workflow/library/find-workflow.ts';
import { defineTool, type WorkflowTool } from '../define-tool.ts';
import { workflowAgain } from './workflow-fields.ts';

const idField = z.string().min(1).max(128).describe('One of workflow_list.');
const versionField = z.int().min(1).optional().describe('Default: the newest.');

const entryOutput = z.looseObject({ workflowId: z.string(), version: z.number().nullable() });

/** The library: workflows kept by name, in versions, to be run again. */
export const libraryTools: readonly WorkflowTool[] = [
  defineTool({
    name: 'workflow_save',
    title: 'Save workflow',
    description:
      'Keep a workflow in the library, to run it again by its workflowId; a changed one becomes a new ' +
      'version. It must compile.',
    effect: 'barrier',
    input: z.strictObject({
      workflow: workflowAgain(),
      workflowId: z
        .string()
        .regex(/^[A-Za-z0-9._:-]{1,128}$/, 'must be 1 to 128 letters, digits, ".", "_", ":" or "-"')
        .optional()
        .describe('Default: the one in the document.'),
      description: z.string().max(1_000).optional().describe('What it is for, in a sentence.'),
    }),
    output: entryOutput,
    run: async ({ workflow, workflowId, description }, { desk }) => {
      const { bus, library } = await desk();
      const document = documentUnder(workflowId, workflow);
      const plan = compileWorkflow(document, bus);
      const kept = await library.get(plan.workflowId);
      const saved = await library.save({
        workflowId: plan.workflowId,
        name: plan.name ?? null,
        description: description ?? kept?.description ?? null,
        document: { ...document, workflowId: plan.workflowId },
      });
      return success({ workflowId: plan.workflowId, ...saved, planHash: plan.planHash });
    },
  }),
  defineTool({
    name: 'workflow_list',
    title: 'List workflows',
    description:
      'List the workflows of the library and the examples, to find one to run or to start from. For runs ' +
      'use workflow_runs, for steps workflow_node_types.',
    effect: 'read',
    input: z.strictObject({
      text: z.string().max(200).optional().describe('Text in id, name or description.'),
      limit: z.int().min(1).max(100).default(50).describe('Per page.'),
      cursor: pageInput.cursor,
    }),
    output: z.looseObject({
      workflows: z.array(entryOutput),
      examples: z.array(entryOutput),
      total: z.number(),
      cursor: z.string().nullable(),
    }),
    run: async ({ text, limit, cursor }, { desk }) => {
      const { library, examples } = await desk();
      const offset = Number(cursor ?? 0);
      const { entries, total } = await library.list({ text, limit, offset });
      const end = offset + entries.length;
      const wanted = (value: string | null): boolean =>
        value?.toLowerCase().includes((text ?? '').toLowerCase()) ?? false;
      return success({
        workflows: entries,
        examples: examples
          .filter(({ workflowId, name, description }) => [workflowId, name, description].some(wanted))
          .map(({ workflowId, name, description }) => ({ workflowId, version: null, name, description })),
        total,
        cursor: end < total && entries.length > 0 ? String(end) : null,
      });
    },
  }),
  defineTool({
    name: 'workflow_get',
    title: 'Get workflow',
    description:
      'Read a workflow of the library or an example, with its versions. To run it give its workflowId to ' +
      'workflow_run.',
    effect: 'read',
    input: z.strictObject({ workflowId: idField, version: versionField }),
    output: entryOutput.extend({ document: z.looseObject({}) }),
    run: async ({ workflowId, version }, { desk }) => {
      const { library, examples } = await desk();
      const { document, ...found } = await findWorkflow({ library, examples }, workflowId, version);
      const versions = (await library.versions(workflowId)).map((entry) => ({
        version: entry.version,
        savedAtMs: entry.savedAtMs,
      }));
      return success({ ...found, document, versions: versions.slice(0, 50) });
    },
  }),
  defineTool({
    name: 'workflow_delete',
    title: 'Delete workflow',
    description:
      'Delete a workflow, or one version of it, from the library for good. For objects of the project use ' +
      'delete_object.',
    effect: 'destroy',
    input: z.strictObject({ workflowId: idField, version: versionField }),
    output: z.looseObject({ workflowId: z.string(), deletedVersions: z.number() }),
    run: async ({ workflowId, version }, { desk }) => {
      const { library, examples } = await desk();
      const deletedVersions = await library.delete(workflowId, version);
      if (deletedVersions > 0) return success({ workflowId, deletedVersions });
      const found = await findWorkflow({ library, examples }, workflowId, version);
      throw new WwiseFlowError(
        'INVALID_INPUT',
        `"${found.workflowId}" is an example of WwiseFlow: it cannot be deleted.`,
        {
          hint: 'Save one under the same workflowId to have that one instead.',
          details: { workflowId },
        },
      );
    },
  }),
  defineTool({
    name: 'workflow_export',
    title: 'Export workflow',
    description:
      'Write a workflow of the library to a new JSON file, to share it; `wwiseflow run FILE` runs it. To ' +
      'only read it use workflow_get.',
    effect: 'barrier',
    input: z.strictObject({
      workflowId: idField,
      version: versionField,
      filePath: z
        .string()
        .min(1)
        .max(4_000)
        .describe('Absolute path of a new .json file in an allowed directory.'),
    }),
    output: z.looseObject({ filePath: z.string(), sizeBytes: z.number() }),
    run: async ({ workflowId, version, filePath }, { desk }) => {
      const room = await desk();
      const { document } = await findWorkflow(room, workflowId, version);
      const text = `${JSON.stringify(document, null, 2)}\n`;
      return success(await exportFile(filePath, '.json', text, room.exportDirs));
    },
  }),
];

/** The document as JSON, under another id when one is given. Text is left to the compiler when it is no JSON. */
function documentUnder(workflowId: string | undefined, given: unknown): JsonObject {
  const document = asJsonObject(parsed(given));
  return workflowId === undefined ? document : { ...document, workflowId };
}

function parsed(given: unknown): unknown {
  const text = asString(given);
  if (text === undefined) return given;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WwiseFlowError(
      'WORKFLOW_INVALID',
      `The workflow is not JSON: ${cause instanceof Error ? cause.message : text.slice(0, 80)}.`,
      {
        hint: 'Send the document as a JSON object.',
        cause,
      },
    );
  }
}
