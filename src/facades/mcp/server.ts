import { McpServer } from '@modelcontextprotocol/server';
import { registerApp } from './app/mcp-app.ts';
import { instructionsFor } from './instructions.ts';
import type { PromptFile } from './prompt-file.ts';
import { registerPrompts } from './prompts.ts';
import { registerResources } from './resources.ts';
import { offerTools, type ToolOffer } from './tools/offer-tools.ts';

export interface McpParts extends ToolOffer {
  readonly version: string;
  readonly prompts: readonly PromptFile[];
  /** The Markdown that explains Wwise. */
  readonly primerFile?: string | undefined;
}

/** One MCP server over the bus. Tools never throw: whatever goes wrong is a result with a code and a hint. */
export function createMcpServer(parts: McpParts): McpServer {
  const server = new McpServer(
    { name: 'wwiseflow', title: 'WwiseFlow', version: parts.version },
    {
      instructions: instructionsFor(new Set(parts.toolNames), parts.profile),
      // What is offered is fixed at start-up, so clients need not watch for changes.
      // A dialogue has as many questions as it has fields, and each may be repeated.
      inputRequired: { maxRounds: 200 },
      capabilities: { tools: fixed, prompts: fixed, resources: fixed },
    },
  );
  offerTools(server, parts);
  registerPrompts(server, parts.prompts);
  registerResources(server, parts.openService, parts.primerFile);
  if (parts.appFile !== undefined) registerApp(server, parts.appFile);
  return server;
}

const fixed = { listChanged: false };
