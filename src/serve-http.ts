import { isAbsolute, join, relative } from 'node:path';
import type { App } from './app.ts';
import type { ServeSubcommand } from './config/argv/subcommand.ts';
import type { Config } from './config/config.ts';
import { mayDo, profileToOffer } from './core/access/profile.ts';
import { hashToken } from './core/access/token.ts';
import { toWwiseFlowError, WwiseFlowError } from './core/errors.ts';
import { asJsonObject, asString } from './core/json.ts';
import type { Log } from './core/log.ts';
import { failure, type Result, success } from './core/result.ts';
import type { HookStore } from './core/stores/hook-store.ts';
import { DEFAULT_WORKSPACE } from './core/stores/stores.ts';
import type { TokenStore } from './core/stores/token-store.ts';
import type { Caller } from './facades/http/access/caller.ts';
import { createHttpApp } from './facades/http/http-app.ts';
import type { Operation } from './facades/http/http-parts.ts';
import { createMetrics } from './facades/http/metrics/metrics.ts';
import { openPageFiles } from './facades/http/page/page-files.ts';
import { type HttpServer, startHttpServer } from './facades/http/server/start-http-server.ts';
import { createUploads } from './facades/http/server/uploads.ts';
import { type McpOverHttp, mcpOverHttp } from './facades/mcp/answer-http.ts';
import { builtApp } from './facades/mcp/app/mcp-app.ts';
import { readPromptFiles } from './facades/mcp/prompts/prompt-file.ts';
import { createMcpServer, type McpConnection } from './facades/mcp/server.ts';
import { resourceUpdates } from './facades/mcp/subscriptions/resource-updates.ts';
import { toolNamesFor } from './facades/mcp/tools/select-tools.ts';
import type { Tool } from './facades/mcp/tools/tool.ts';
import { dataSchemaOf, faceOf } from './facades/mcp/tools/tool-face.ts';
import { allTools, pluginTools } from './facades/mcp/tools/tools.ts';
import type { LoadedPlugin } from './plugins/loaded-plugin.ts';
import type { ProgramInfo } from './program-info.ts';
import { serveBeside } from './serve-beside.ts';
import { namesInWorkflows } from './workspace/chosen-commands.ts';

/** The server as `main` shows and ends it. */
export interface Serving extends HttpServer {
  /** What is worked on: a project file, or the address of Wwise. */
  readonly serves: string;
}

export interface ServedProgram extends ProgramInfo {
  /** Where the page was built; left out: in the package. */
  readonly pageDir?: string | undefined;
  /** A workflow that the page shows first. */
  readonly opened?: unknown;
}

/** Puts the HTTP server together and listens. Throws INVALID_INPUT when the address cannot be listened on. */
export async function startServing(
  app: App,
  { host, port, allowedHosts, auth }: Omit<ServeSubcommand, 'kind' | 'open'>,
  config: Config,
  { version, packageDir, pageDir, opened }: ServedProgram,
  log: Log,
): Promise<Serving> {
  const serves =
    config.target.kind === 'wwise' ? `Wwise at ${config.target.address}` : config.target.filePath;
  const prompts = readPromptFiles(join(packageDir, 'prompts'));
  const primerFile = join(packageDir, 'docs', 'guides', 'wwise-primer.md');
  const webDir = pageDir ?? join(packageDir, 'dist', 'web');
  const handlers = new Map<string, McpOverHttp>();
  const handlerOf = (workspace: string, readOnly: boolean): McpOverHttp => {
    const key = JSON.stringify([workspace, readOnly]);
    const known = handlers.get(key);
    if (known !== undefined) return known;
    const { openBus, openService, project, changes } = app.openWorkspace(workspace);
    const follow = resourceUpdates({ project, changes, openService, primerFile, log });
    const toolNames = readOnly ? toolNamesFor(config.choice, 'reader') : app.toolNames;
    let tools: Promise<readonly Tool[]> | undefined;
    const loadTools = (): Promise<readonly Tool[]> => {
      tools ??= app.loadTools();
      return tools;
    };
    const build = (connection: McpConnection) =>
      createMcpServer(
        {
          ...{ version, toolNames, loadTools, project, openBus, openService, primerFile, follow, log },
          hasPlugins: app.hasPlugins,
          readPrompts: () => prompts,
          profile: readOnly ? 'reader' : config.choice.profile,
          appFile: builtApp(webDir),
        },
        connection,
      );
    const handler = mcpOverHttp(build, mostMessageBytes, follow, log);
    handlers.set(key, handler);
    return handler;
  };
  const tokens = auth ? await app.storage.openTokens() : null;
  let hooks: Promise<HookStore> | undefined;
  const beside = await serveBeside(app, config, log);
  const metrics = createMetrics(app.queueLength);
  app.observe(metrics);
  const http = createHttpApp({
    metrics,
    ...{ version, host, allowedHosts, log },
    callerOf: tokens === null ? null : (token) => callerOf(tokens, token),
    openRoom: app.openWorkspace,
    openHooks: () => {
      hooks ??= app.storage.openHooks();
      return hooks;
    },
    openSchedules: beside.openSchedules,
    openCallbacks: beside.openCallbacks,
    loadOperations: async () => loadOperations(config, await app.loadPlugins()),
    keepUpload: createUploads(config.stateDir).keep,
    answerMcp: (request, { workspace, scope }, body) =>
      handlerOf(workspace, scope === 'read').answer(request, body),
    opened,
    findOriginal: (workspace, sourceId) => findOriginal(app, workspace, sourceId),
    page: openPageFiles(webDir),
    describeProject: () => describeProject(app, serves),
  });
  const server = await startHttpServer(http.fetch, { host, port, log });
  return {
    url: server.url,
    serves,
    async close() {
      http.close();
      await beside.close();
      await Promise.all([server.close(), ...[...handlers.values()].map((handler) => handler.close())]);
      await tokens?.close();
      await (await hooks)?.close();
    },
  };
}

const mostMessageBytes = 8 * 1024 * 1024;

async function callerOf(tokens: TokenStore, token: string): Promise<Caller | undefined> {
  const known = await tokens.find(hashToken(token));
  return known === undefined ? undefined : { ...known, key: known.id };
}

/** Everything that a workflow of this start-up could do, and what is done with workflows. */
async function loadOperations(
  config: Config,
  plugins: readonly LoadedPlugin[],
): Promise<readonly Operation[]> {
  const { commands } = await import('../tools/catalog.ts');
  const names = namesInWorkflows(config.choice);
  const tools = allTools(commands).filter(
    ({ source }) => source.toolset === 'workflow' || names.has(source.name),
  );
  return [...tools, ...pluginTools(plugins, 'admin')]
    .filter(({ source }) => mayDo(config.choice.profile, profileToOffer(source)))
    .map(({ source, run }) => {
      const face = faceOf(source);
      return {
        ...{ source, run },
        get inputSchema() {
          return face.inputSchema;
        },
        get dataSchema() {
          return dataSchemaOf(source);
        },
      };
    });
}

/** Only what lies in the Originals is anybody's to hear, wherever a source points. */
async function findOriginal(app: App, workspace: string, sourceId: string): Promise<Result> {
  try {
    const bus = await app.openWorkspace(workspace).openBus();
    const caller = { caller: 'rest' } as const;
    const [object, project] = await Promise.all([
      bus.dispatch('get_object', { objectId: sourceId, return: ['originalFilePath'] }, caller),
      bus.dispatch('project_info', {}, caller),
    ]);
    if (!object.ok) return object;
    if (!project.ok) return project;
    const filePath = asString(asJsonObject(object.data.values).originalFilePath) ?? '';
    const originalsDir = asString(project.data.originalsDir) ?? '';
    const below = relative(originalsDir, filePath);
    const isInside = filePath !== '' && originalsDir !== '' && !below.startsWith('..') && !isAbsolute(below);
    if (isInside) return success({ filePath });
    throw new WwiseFlowError('FILE_NOT_FOUND', `"${sourceId.slice(0, 200)}" has no file in the Originals.`, {
      hint: 'Name an AudioFileSource: what a Sound has inside.',
      details: { objectId: sourceId.slice(0, 200) },
    });
  } catch (thrown) {
    return failure(toWwiseFlowError(thrown));
  }
}

async function describeProject(app: App, serves: string): Promise<Result> {
  try {
    const bus = await app.openWorkspace(DEFAULT_WORKSPACE).openBus();
    const described = await bus.dispatch('project_info', {}, { caller: 'rest' });
    return described.ok ? success({ ...described.data, serves }) : described;
  } catch (thrown) {
    return failure(toWwiseFlowError(thrown));
  }
}
