import {
  type Tool as ListedTool,
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { mayDo, type Profile, profileToOffer } from '../../../core/access/profile.ts';
import { isVerbose, type LeanOptions, leanAnswer } from '../../../core/answers/lean-answer.ts';
import type { Bus } from '../../../core/dispatch/bus.ts';
import { toWwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, type JsonObject } from '../../../core/json.ts';
import type { Log } from '../../../core/log.ts';
import { type Failure, failure, type Result, withNotices } from '../../../core/result.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import { inSpan } from '../../../core/tracing.ts';
import type { WorkflowService } from '../../../workflow/service.ts';
import { rendersApps, VIEW_TOOL, viewRun, withApp } from '../app/mcp-app.ts';
import type { WriteToClient } from '../client-log.ts';
import { listParams, refuseCursor } from '../list-request.ts';
import { asListed } from './as-listed.ts';
import { elicitAnswer, takeElicited } from './elicit-answer.ts';
import { elicitConfirmation, takeConfirmed } from './elicit-confirmation.ts';
import { listed } from './listed-tool.ts';
import { reportProgress } from './report-progress.ts';
import type { Tool } from './tool.ts';
import { toolAnswer } from './tool-answer.ts';
import type { ToolCall } from './tool-call.ts';
import { faceOf, type ToolFace } from './tool-face.ts';
import { toolIndex } from './tool-index.gen.ts';

/** What tools are made of. */
export interface ToolOffer {
  /** The names of the tools to list. */
  readonly toolNames: readonly string[];
  /** Tools that are loaded may be more than these: those of plug-ins. */
  readonly hasPlugins?: boolean | undefined;
  /** What it does not include was left out. */
  readonly profile: Profile;
  /**
   * These tools in the order to list them, and those that can be called without being listed; asked for by the first request
   * that needs them.
   */
  loadTools(): Promise<readonly Tool[]>;
  /** Opened by the first call: answering `initialize` touches neither Wwise nor the disk. */
  openBus(): Promise<Bus>;
  openService(): Promise<WorkflowService>;
  readonly log: Log;
  /** The picture of a run that hosts of MCP Apps show, as one file; left out where it was not built. */
  readonly appFile?: string | undefined;
}

/**
 * Lists and calls the tools of an offer, which are loaded by the first request that needs them: a client waits for the
 * first answer. What a node of a workflow may be can be called by its own name too, listed or not. Arguments are checked by the bus, whose errors have a code, the offending value and a hint, instead of
 * by the protocol library, whose errors are one line of text.
 */
export function offerTools(
  { server }: McpServer,
  offer: ToolOffer,
  writeTo: (context: ServerContext) => WriteToClient,
): void {
  let loading: Promise<ReadonlyMap<string, OfferedTool>> | undefined;
  const offered = (): Promise<ReadonlyMap<string, OfferedTool>> => {
    loading ??= offer
      .loadTools()
      .then((tools) => new Map(tools.map((tool) => [tool.source.name, { tool, face: faceOf(tool.source) }])));
    return loading;
  };
  const isListed = new Set(offer.toolNames);
  const hasApp = offer.appFile !== undefined && isListed.has('workflow_status');
  server.setRequestHandler('tools/list', { params: listParams }, async (params, context) => {
    refuseCursor(params);
    const shownTo = (tools: ListedTool[]) =>
      hasApp && rendersApps(context, server) ? withApp(tools) : tools;
    const { listedTools } = await import('./listed-tools.gen.ts');
    const known = listedTools.flatMap(([name, json]) => (isListed.has(name) ? [listedFrom(json)] : []));
    // Those of a program of its own are not among them.
    if (known.length === isListed.size && offer.hasPlugins !== true) {
      // Who lists them calls one soon: they are loaded once this is answered.
      setImmediate(() => offered().catch((reason: unknown) => offer.log.debug({ err: reason }, 'tools')));
      return { tools: shownTo(known) };
    }
    const tools = [...(await offered()).values()].filter(
      ({ tool, face }) => tool.isPluggedIn === true || isListed.has(face.name),
    );
    return { tools: shownTo(tools.map(({ face }) => listed(face))) };
  });
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    if (hasApp && params.name === VIEW_TOOL)
      return toolAnswer(await viewRun(asJsonObject(params.arguments), await offer.openService()));
    const tools = await offered();
    const wanted = tools.get(params.name);
    if (wanted === undefined || !mayDo(offer.profile, profileToOffer(wanted.tool.source)))
      throw notOffered(params.name, offer);
    const { verbose, ...args } = asJsonObject(params.arguments);
    const write = writeTo(context);
    const result = await inSpan(
      `tools/call ${params.name}`,
      { 'mcp.tool.name': params.name },
      () => callTool(wanted.tool, args, isVerbose(verbose), context, offer, write),
      { kind: 'server' },
    );
    const asked = elicitAnswer(result, context, server) ?? elicitConfirmation(result, context, server);
    if (asked !== undefined) return asked;
    const whole = asListed(withNotices(result, await noticesOf(offer)), offer.toolNames);
    for (const notice of whole.notices ?? []) write('notice', { tool: params.name, notice });
    if (!whole.ok) write(whole.code === 'INTERNAL' ? 'error' : 'warning', failed(params.name, whole));
    if (isVerbose(verbose)) return toolAnswer(whole);
    return toolAnswer(leanAnswer(whole, await leanBy(meantTool(wanted.tool, args, tools), offer)));
  });
}

function failed(tool: string, { code, error }: Failure): JsonObject {
  return { tool, code, error };
}

interface OfferedTool {
  readonly tool: Tool;
  readonly face: ToolFace;
}

/** Written by the generator from what lists a tool that is loaded. */
function listedFrom(json: string): ListedTool {
  return JSON.parse(json);
}

/** As the protocol wants it, no result but an error; its words say what there is instead. */
function notOffered(name: string, offer: ToolOffer): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, whyNotOffered(name, offer));
}

function whyNotOffered(name: string, { toolNames, profile }: ToolOffer): string {
  const known = toolIndex.find((entry) => entry.name === name);
  const callable = toolNames.includes('workflow_run') ? toolIndex.map((entry) => entry.name) : toolNames;
  if (known === undefined)
    return `There is no tool "${name.slice(0, longestName)}".${didYouMean(name, callable)}`;
  if (profile === 'reader' && known.effect !== 'read')
    return `The tool "${name}" is not offered: this server was started read-only.`;
  if (!mayDo(profile, known.profile))
    return `The tool "${name}" is not offered: it needs the profile ${known.profile}, and this server was started for a ${profile}.`;
  const restart = `The tool "${name}" is not offered by this server. Restart it with --toolsets default,${known.toolset}`;
  return `${restart}${toolNames.includes('workflow_run') ? ', or run the command as a node of a workflow' : ''}.`;
}

/** Of a name from outside no more is repeated. */
const longestName = 200;

/** Of several commands that one tool stands for the one that was called. */
function meantTool(tool: Tool, args: JsonObject, tools: ReadonlyMap<string, OfferedTool>): Tool {
  if (tool.meantCommand === undefined) return tool;
  try {
    return tools.get(tool.meantCommand(args))?.tool ?? tool;
  } catch {
    // The result says that none was meant.
    return tool;
  }
}

async function leanBy({ source, isCommand }: Tool, { openBus }: ToolOffer): Promise<LeanOptions> {
  const bus = await openBus().catch(() => undefined);
  return {
    verbose: false,
    output: isCommand ? source.output : undefined,
    outputOf: (type) => bus?.find(type)?.output,
  };
}

async function callTool(
  tool: Tool,
  args: JsonObject,
  verbose: boolean,
  context: ServerContext,
  offer: ToolOffer,
  write: WriteToClient,
): Promise<Result> {
  const progress = reportProgress(context, offer.log);
  try {
    const bus = await offer.openBus();
    const call: ToolCall = {
      bus,
      service: offer.openService,
      verbose,
      signal: context.mcpReq.signal,
      log: offer.log,
      caller: 'mcp',
      progress: (done, total, message) => {
        progress.report(done, total, message);
        write('info', { tool: tool.source.name, done, total, message });
      },
    };
    const taken = (await takeElicited(context, call)) ?? (await takeConfirmed(tool, args, context, call));
    return taken ?? (await tool.run(args, call));
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code === 'INTERNAL')
      offer.log.error({ err: thrown, tool: tool.source.name }, 'tool failed unexpectedly');
    return failure(error);
  } finally {
    progress.end();
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
