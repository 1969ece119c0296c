import { z } from 'zod';
import { pageInput } from '../../../core/answers/page.ts';
import { defineTool, type WorkflowTool } from '../tools/define-tool.ts';
import { workflowAgain } from './workflow-fields.ts';

const idField = z.string().min(1).max(128).describe('One of workflow_list.');
const newIdField = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,128}$/, 'must be 1 to 128 letters, digits, ".", "_", ":" or "-"');
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
      workflowId: newIdField.optional().describe('Default: the one in the document.'),
      description: z.string().max(1_000).optional().describe('What it is for, in a sentence.'),
    }),
    output: entryOutput,
    run: async (input, { service }) => (await service()).library.save(input),
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
    run: async (input, { service }) => (await service()).library.list(input),
  }),
  defineTool({
    name: 'workflow_from_template',
    title: 'Workflow from template',
    description:
      'Make a workflow of a template, checked and ready for workflow_run or workflow_save; without a template ' +
      'list them with their inputs. To run one at once give its workflowId and input to workflow_run.',
    effect: 'read',
    input: z.strictObject({
      template: z.string().min(1).max(128).optional().describe('Its workflowId. Default: list them.'),
      input: z.record(z.string(), z.json()).optional().describe('Values of its inputs, by name.'),
      workflowId: newIdField.optional().describe('Of what is made. Default: by template and values.'),
      text: z.string().max(200).optional().describe('List: text in id, name or description.'),
    }),
    output: z.looseObject({
      templates: z.array(z.looseObject({ workflowId: z.string(), inputs: z.looseObject({}) })).optional(),
      workflowId: z.string().optional(),
      workflow: z.looseObject({}).optional(),
    }),
    run: async ({ template, text, ...wanted }, { service }) => {
      const { templates } = await service();
      return template === undefined ? templates.list({ text }) : templates.make({ template, ...wanted });
    },
  }),
  defineTool({
    name: 'workflow_get',
    title: 'Get workflow',
    description:
      'Read a workflow of the library or an example, with its versions. To run it give its workflowId to ' +
      'workflow_run.',
    effect: 'read',
    input: z.strictObject({ workflowId: idField, version: versionField, cursor: pageInput.cursor }),
    output: entryOutput.extend({ document: z.looseObject({}) }),
    run: async (asked, { service }) => (await service()).library.show(asked),
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
    run: async (input, { service }) => (await service()).library.delete(input),
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
    run: async (input, { service }) => (await service()).library.export(input),
  }),
];
