import { readFile } from 'node:fs/promises';
import type { McpServer } from '@modelcontextprotocol/server';
import { WwiseFlowError } from '../../core/errors.ts';
import type { WorkflowService } from '../../workflow/service.ts';

/**
 * What an author of workflows needs to read: the kinds of nodes and the schema, made from the commands on offer, and the primer
 * where there is one.
 */
export function registerResources(
  server: McpServer,
  openService: () => Promise<WorkflowService>,
  primerFile: string | undefined,
): void {
  if (primerFile !== undefined) registerPrimer(server, primerFile);
  register(server, {
    name: 'node-types',
    uri: 'wwiseflow://node-types',
    title: 'Workflow node types',
    description: 'Every node type of a workflow as a typed signature, by toolset.',
    mimeType: 'application/json',
    read: async () => ({ toolsets: (await authoring(openService)).toolsets }),
  });
  register(server, {
    name: 'workflow-schema',
    uri: 'wwiseflow://workflow-schema',
    title: 'Workflow JSON Schema',
    description: 'JSON Schema (2020-12) of a workflow document.',
    mimeType: 'application/schema+json',
    read: async () => (await authoring(openService)).schema,
  });
}

function registerPrimer(server: McpServer, primerFile: string): void {
  const uri = 'wwiseflow://wwise-primer';
  const mimeType = 'text/markdown';
  const facts = {
    title: 'Wwise primer',
    description: 'Object model, inheritance, names, units and what each property does for the ear.',
    mimeType,
  };
  server.registerResource('wwise-primer', uri, facts, async () => ({
    contents: [{ uri, mimeType, text: await readFile(primerFile, 'utf8') }],
  }));
}

async function authoring(openService: () => Promise<WorkflowService>) {
  const result = await (await openService()).authoring();
  if (result.ok) return result.data;
  throw new WwiseFlowError(result.code, result.error, result);
}

interface Document {
  readonly name: string;
  readonly uri: string;
  readonly title: string;
  readonly description: string;
  readonly mimeType: string;
  read(): Promise<unknown>;
}

function register(server: McpServer, { name, uri, title, description, mimeType, read }: Document): void {
  server.registerResource(name, uri, { title, description, mimeType }, async () => ({
    contents: [{ uri, mimeType, text: JSON.stringify(await read()) }],
  }));
}
