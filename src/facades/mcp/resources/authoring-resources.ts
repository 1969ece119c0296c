import { readFile } from 'node:fs/promises';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asJsonObject } from '../../../core/json.ts';
import { type Result, success } from '../../../core/result.ts';
import { didYouMean, nearest } from '../../../core/text/nearest.ts';
import type { Authoring } from '../../../workflow/service.ts';
import type { FixedResource, ResourceFamily } from './resource.ts';
import type { ResourceParts } from './resource-parts.ts';

const json = 'application/json';
const still = { changesWith: 'nothing' } as const;

/** What an author of workflows reads. */
export function authoringResources(parts: ResourceParts): readonly FixedResource[] {
  const { primerFile } = parts;
  const primer: FixedResource[] =
    primerFile === undefined
      ? []
      : [
          {
            ...{ name: 'wwise-primer', uri: 'wwiseflow://wwise-primer', title: 'Wwise primer' },
            description: 'Object model, inheritance, names, units and what each property does for the ear.',
            ...{ mimeType: 'text/markdown', ...still },
            read: async () => ({ text: await readFile(primerFile, 'utf8'), mimeType: 'text/markdown' }),
          },
        ];
  return [
    ...primer,
    {
      ...{ name: 'node-types', uri: 'wwiseflow://node-types', title: 'Workflow node types' },
      description: 'Every node type of a workflow as a typed signature, by toolset.',
      ...{ mimeType: json, ...still },
      read: async () => success({ toolsets: (await authoring(parts)).toolsets }),
    },
    {
      ...{ name: 'workflow-schema', uri: 'wwiseflow://workflow-schema', title: 'Workflow JSON Schema' },
      description: 'JSON Schema (2020-12) of a workflow document.',
      ...{ mimeType: 'application/schema+json', ...still },
      read: async () => success((await authoring(parts)).schema),
    },
    {
      ...{ name: 'templates', uri: 'wwiseflow://templates', title: 'Workflow templates' },
      description: 'The templates with the inputs of each.',
      ...{ mimeType: json, ...still },
      read: async () => (await parts.openService()).templates.list({}),
    },
  ];
}

/** The same, one by one. */
export function authoringFamilies(parts: ResourceParts): readonly ResourceFamily[] {
  return [
    {
      ...{ name: 'node-type', uriTemplate: 'wwiseflow://node-types/{type}', title: 'Node type' },
      description: 'All about one kind of node: inputs, outputs, effect.',
      ...{ mimeType: json, values: 'nodeTypes', ...still },
      read: async (type) => (await parts.openService()).nodeTypes({ types: [type] }),
    },
    {
      ...{ name: 'template', uriTemplate: 'wwiseflow://templates/{template}', title: 'Workflow template' },
      description: 'A template as the document it is, with its inputs.',
      ...{ mimeType: json, values: 'templates', ...still },
      read: async (template) => templateNamed(template, parts),
    },
    {
      ...{ name: 'explanation', uriTemplate: 'wwiseflow://workflows/{workflowId}/explanation' },
      ...{ title: 'Workflow in plain sentences', mimeType: json, values: 'workflows', ...still },
      description: 'What a workflow of the library, or a template, changes, asks and needs, and each step.',
      read: async (workflowId) => (await parts.openService()).explain({ workflowId }),
    },
    {
      ...{ name: 'workflow', uriTemplate: 'wwiseflow://workflows/{workflowId}', title: 'Workflow' },
      description: 'A workflow of the library, or a template, as the document it is.',
      ...{ mimeType: json, values: 'workflows', ...still },
      read: async (workflowId) => (await parts.openService()).library.show({ workflowId }),
    },
  ];
}

async function templateNamed(name: string, { openService }: ResourceParts): Promise<Result> {
  const service = await openService();
  const listed = await service.templates.list({});
  if (!listed.ok) return listed;
  const known = asJsonArray(listed.data.templates).map((one) => String(asJsonObject(one).workflowId));
  if (known.includes(name)) return service.library.show({ workflowId: name });
  throw new WwiseFlowError(
    'WORKFLOW_NOT_FOUND',
    `There is no template "${name}".${didYouMean(name, known)}`,
    {
      hint: `Choose one of: ${known.join(', ')}.`,
      details: { template: name, candidates: nearest(name, known) },
    },
  );
}

async function authoring({ openService }: ResourceParts): Promise<Authoring> {
  const result = await (await openService()).authoring();
  if (result.ok) return result.data;
  throw new WwiseFlowError(result.code, result.error, result);
}
