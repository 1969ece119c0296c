import {
  type Tool as ListedTool,
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { Bus } from '../../bus/bus.ts';
import { failure, type Result, withNotices } from '../../bus/result.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import { asJsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import { didYouMean } from '../../core/nearest.ts';
import type { WorkflowService } from '../../workflow/service.ts';
import { toolAnswer } from './tool-answer.ts';
import { faceOf, type ToolFace } from './tool-face.ts';
import { toolIndex } from './tool-index.gen.ts';
import type { Tool } from './tools.ts';

/** What tools are made of. */
export interface ToolOffer {
  /** The names of the tools to offer. */
  readonly toolNames: readonly string[];
  /** Tools that change something were left out. */
  readonly readOnly: boolean;
  /** These tools, in the order to list them; asked for by the first request that needs them. */
  loadTools(): Promise<readonly Tool[]>;
  /** Opened by the first call: answering `initialize` touches neither Wwise nor the disk. */
  openBus(): Promise<Bus>;
  openService(): Promise<WorkflowService>;
  readonly log: Log;
}

/**
 * Lists and calls the tools of an offer, which are loaded by the first request that needs them: a client waits for the
 * first answer. Arguments are checked by the bus, whose errors carry a code, the offending value and a hint, instead of
 * by the protocol library, whose errors are one line of text.
 */
export function offerTools({ server }: McpServer, offer: ToolOffer): void {
  let loading: Promise<ReadonlyMap<string, OfferedTool>> | undefined;
  const offered = (): Promise<ReadonlyMap<string, OfferedTool>> => {
    loading ??= offer
      .loadTools()
      .then((tools) => new Map(tools.map((tool) => [tool.source.name, { tool, face: faceOf(tool.source) }])));
    return loading;
  };
  server.setRequestHandler('tools/list', async () => ({
    tools: [...(await offered()).values()].map(({ face }) => listed(face)),
  }));
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const wanted = (await offered()).get(params.name);
    if (wanted === undefined) throw notOffered(params.name, offer);
    const result = await callTool(wanted.tool, params.arguments, context, offer);
    return toolAnswer(withNotices(result, await noticesOf(offer)));
  });
}

interface OfferedTool {
  readonly tool: Tool;
  readonly face: ToolFace;
}

function listed({ inputSchema, outputSchema, ...face }: ToolFace): ListedTool {
  return {
    ...face,
    inputSchema: { ...inputSchema, type: 'object' },
    outputSchema: { ...outputSchema, type: 'object' },
  };
}

/** As the protocol wants it, no result but an error; its words say what there is instead. */
function notOffered(name: string, offer: ToolOffer): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, whyNotOffered(name, offer));
}

function whyNotOffered(name: string, { toolNames, readOnly }: ToolOffer): string {
  const known = toolIndex.find((entry) => entry.name === name);
  if (known === undefined) return `There is no tool "${name}".${didYouMean(name, toolNames)}`;
  if (readOnly && known.effect !== 'read')
    return `The tool "${name}" is not offered: this server was started read-only.`;
  const restart = `The tool "${name}" is not offered by this server. Restart it with --toolsets default,${known.toolset}`;
  return `${restart}${toolNames.includes('workflow_run') ? ', or run the command as a node of a workflow' : ''}.`;
}

async function callTool(
  tool: Tool,
  args: unknown,
  context: ServerContext,
  offer: ToolOffer,
): Promise<Result> {
  try {
    const bus = await offer.openBus();
    return await tool.run(asJsonObject(args), {
      bus,
      service: offer.openService,
      signal: context.mcpReq.signal,
      log: offer.log,
      progress: progressOf(context, offer.log),
    });
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code === 'INTERNAL')
      offer.log.error({ err: thrown, tool: tool.source.name }, 'tool failed unexpectedly');
    return failure(error);
  }
}

/** A bus that cannot be opened has said so in the result. */
async function noticesOf(offer: ToolOffer): Promise<readonly string[]> {
  try {
    return (await offer.openBus()).takeNotices();
  } catch {
    return [];
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
