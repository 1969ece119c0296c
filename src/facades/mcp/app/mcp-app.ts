import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Tool as ListedTool, Server, ServerContext } from '@modelcontextprotocol/server';
import { readRegularFile } from '../../../core/files/regular-file.ts';
import { asJsonArray, asJsonObject, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { type Result, success } from '../../../core/result.ts';
import type { WorkflowService } from '../../../workflow/service.ts';

/** Where hosts of MCP Apps find the picture of a run. */
export const APP_ADDRESS = 'ui://wwiseflow/run.html';

const APP_TYPE = 'text/html;profile=mcp-app';

/** The tools whose calls are shown by it. */
const shownTools: ReadonlySet<string> = new Set([
  'workflow_run',
  'workflow_apply',
  'workflow_resume',
  'workflow_status',
  'workflow_compile',
]);

/** What the picture asks for: for it alone, agents are not offered it. */
export const VIEW_TOOL = 'workflow_view';

/** The picture of a run among the files of the page; not there where the program runs from its sources. */
export function builtApp(webDir: string): string | undefined {
  const file = join(webDir, 'mcp-app.html');
  return existsSync(file) ? file : undefined;
}

/** The picture of a run as a list of resources has it. */
export const appAsResource = {
  name: 'run-view',
  uri: APP_ADDRESS,
  title: 'A run of a workflow',
  description: 'Shows the steps of a run as they go on, where the host renders MCP Apps.',
  mimeType: APP_TYPE,
};

/** The picture itself; `file`: the page that was built as one file. */
export function appPage(file: string) {
  return {
    ...{ uri: APP_ADDRESS, mimeType: APP_TYPE, text: readRegularFile(file).toString('utf8') },
    // It asks nobody: all that it shows comes through the host.
    _meta: { ui: { prefersBorder: true } },
  };
}

/** Whether the client said, at the beginning or with the request, that it renders MCP Apps. */
export function rendersApps({ mcpReq }: ServerContext, server: Server): boolean {
  const inEnvelope = asJsonObject(mcpReq.envelope)['io.modelcontextprotocol/clientCapabilities'];
  const capabilities = inEnvelope ?? server.getClientCapabilities();
  if (!isJsonObject(capabilities)) return false;
  const ui = asJsonObject(asJsonObject(capabilities.extensions)['io.modelcontextprotocol/ui']);
  return asJsonArray(ui.mimeTypes).includes(APP_TYPE);
}

/** The tools as a client sees them that renders apps: those of workflows name the picture, and the picture has a tool of its own. */
export function withApp(tools: readonly ListedTool[]): ListedTool[] {
  const named = tools.map((tool) =>
    shownTools.has(tool.name)
      ? { ...tool, _meta: { ...tool._meta, ui: { resourceUri: APP_ADDRESS } } }
      : tool,
  );
  return [...named, viewTool];
}

const viewTool: ListedTool = {
  name: VIEW_TOOL,
  title: 'View run',
  description: 'For the picture of a run: its plan and its state, or the plan of a workflow.',
  annotations: { readOnlyHint: true, openWorldHint: false },
  _meta: { ui: { resourceUri: APP_ADDRESS, visibility: ['app'] } },
  inputSchema: {
    type: 'object',
    properties: {
      executionId: { type: 'string' },
      workflow: { type: 'object' },
      workflowId: { type: 'string' },
    },
    additionalProperties: false,
  },
};

/** The plan and the state of a run; of a workflow the plan alone. */
export async function viewRun(
  { executionId, workflow, workflowId }: JsonObject,
  service: WorkflowService,
): Promise<Result> {
  if (typeof executionId !== 'string') {
    const planned = await service.compile({
      ...(workflow === undefined ? {} : { workflow }),
      ...(typeof workflowId === 'string' ? { workflowId } : {}),
    });
    return planned.ok ? success({ plan: drawn(asJsonObject(planned.data)) }) : planned;
  }
  const [planned, status] = await Promise.all([service.planOf(executionId), service.status(executionId)]);
  if (!planned.ok) return planned;
  if (!status.ok) return status;
  const { result: _, ...state } = status.data;
  return success({ plan: drawn(planned.data), status: asJsonObject(state) });
}

/** Of a plan what is drawn: it goes through the host each time. */
function drawn({ workflowId, name, nodes }: JsonObject): JsonObject {
  return {
    ...{ workflowId: workflowId ?? '', name: name ?? null },
    nodes: asJsonArray(nodes).map((node) => {
      const { id, type, after } = asJsonObject(node);
      return { id: id ?? '', type: type ?? '', after: asJsonArray(after) };
    }),
  };
}
