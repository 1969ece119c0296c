import type { McpServer } from '@modelcontextprotocol/server';
import type { Bus } from '../../bus/bus.ts';
import { workflowSchema } from '../../workflow/document/workflow-schema.ts';
import { nodeKinds } from '../../workflow/nodes/catalog.ts';
import { nodeTypes } from '../../workflow/nodes/node-types.ts';

/** The two documents an author of workflows needs, made from the commands on offer. */
export function registerResources(server: McpServer, openBus: () => Promise<Bus>): void {
  register(server, {
    name: 'node-types',
    uri: 'wwiseflow://node-types',
    title: 'Workflow node types',
    description: 'Every node type of a workflow: inputs, outputs and what is wired automatically.',
    mimeType: 'application/json',
    read: async () => ({ nodeTypes: nodeTypes(nodeKinds((await openBus()).commands)) }),
  });
  register(server, {
    name: 'workflow-schema',
    uri: 'wwiseflow://workflow-schema',
    title: 'Workflow JSON Schema',
    description: 'JSON Schema (2020-12) of a workflow document.',
    mimeType: 'application/schema+json',
    read: async () => workflowSchema(nodeKinds((await openBus()).commands)),
  });
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
