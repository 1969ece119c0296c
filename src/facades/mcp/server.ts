import { McpServer } from '@modelcontextprotocol/server';
import { instructionsFor } from './instructions.ts';
import { offerTools, type ToolDoor } from './offer-tools.ts';
import type { PromptFile } from './prompt-file.ts';
import { registerPrompts } from './prompts.ts';
import { registerResources } from './resources.ts';

export interface McpDoor extends ToolDoor {
  readonly version: string;
  readonly prompts: readonly PromptFile[];
}

/** One MCP server over the bus. Tools never throw: whatever goes wrong is a result with a code and a hint. */
export function createMcpServer(door: McpDoor): McpServer {
  const server = new McpServer(
    { name: 'wwiseflow', title: 'WwiseFlow', version: door.version },
    {
      instructions: instructionsFor(new Set(door.toolNames), door.readOnly),
      // What is offered is fixed at start-up, so clients need not watch for changes.
      capabilities: { tools: fixed, prompts: fixed, resources: fixed },
    },
  );
  offerTools(server, door);
  registerPrompts(server, door.prompts);
  registerResources(server, door.openBus);
  return server;
}

const fixed = { listChanged: false };
