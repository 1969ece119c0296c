import { McpServer, type ServerContext } from '@modelcontextprotocol/server';
import { toWwiseFlowError } from '../../base/errors.ts';
import { asJsonObject } from '../../base/json.ts';
import type { Log } from '../../base/log.ts';
import type { Bus } from '../../bus/bus.ts';
import { failure, type Result } from '../../bus/result.ts';
import type { WorkflowDesk } from '../../workflow/desk.ts';
import { instructionsFor } from './instructions.ts';
import { openSchema } from './open-schema.ts';
import type { PromptFile } from './prompt-file.ts';
import { registerPrompts } from './prompts.ts';
import { registerResources } from './resources.ts';
import { toolAnswer } from './tool-answer.ts';
import { faceOf } from './tool-face.ts';
import type { Tool } from './tools.ts';

export interface McpDoor {
  readonly version: string;
  /** The tools to offer, in the order to list them. */
  readonly tools: readonly Tool[];
  readonly prompts: readonly PromptFile[];
  readonly readOnly: boolean;
  /** Opened by the first call: answering `initialize` touches neither Wwise nor the disk. */
  openBus(): Promise<Bus>;
  openDesk(): Promise<WorkflowDesk>;
  readonly log: Log;
}

/** One MCP server over the bus. Tools never throw: whatever goes wrong is a result with a code and a hint. */
export function createMcpServer(door: McpDoor): McpServer {
  const names = new Set(door.tools.map((tool) => tool.source.name));
  const server = new McpServer(
    { name: 'wwiseflow', title: 'WwiseFlow', version: door.version },
    {
      instructions: instructionsFor(names, door.readOnly),
      // What is offered is fixed at start-up, so clients need not watch for changes.
      capabilities: { tools: fixed, prompts: fixed, resources: fixed },
    },
  );
  for (const tool of door.tools) registerTool(server, tool, door);
  registerPrompts(server, door.prompts);
  registerResources(server, door.openBus);
  return server;
}

const fixed = { listChanged: false };

function registerTool(server: McpServer, tool: Tool, door: McpDoor): void {
  const face = faceOf(tool.source);
  const { title, description, annotations, _meta } = face;
  const config = {
    ...{ title, description, annotations, ...(_meta === undefined ? {} : { _meta }) },
    inputSchema: openSchema(() => face.inputSchema),
    outputSchema: openSchema(() => face.outputSchema),
  };
  server.registerTool(face.name, config, async (args, context) =>
    toolAnswer(await callTool(tool, args, context, door)),
  );
}

async function callTool(tool: Tool, args: unknown, context: ServerContext, door: McpDoor): Promise<Result> {
  try {
    const bus = await door.openBus();
    return await tool.run(asJsonObject(args), {
      bus,
      desk: door.openDesk,
      signal: context.mcpReq.signal,
      log: door.log,
      progress: progressOf(context, door.log),
    });
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code === 'INTERNAL')
      door.log.error({ err: thrown, tool: tool.source.name }, 'tool failed unexpectedly');
    return failure(error);
  }
}

function progressOf(context: ServerContext, log: Log) {
  const progressToken = context.mcpReq._meta?.progressToken;
  return (progress: number, total: number, message: string): void => {
    if (progressToken === undefined) return;
    context.mcpReq
      .notify({ method: 'notifications/progress', params: { progressToken, progress, total, message } })
      .catch((reason: unknown) => log.debug({ err: reason }, 'a progress notification was lost'));
  };
}
