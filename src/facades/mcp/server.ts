import { McpServer } from '@modelcontextprotocol/server';
import { offerLogging } from './client-log.ts';
import { offerCompletions } from './completions/offer-completions.ts';
import { numberErrorsByEra } from './era-codes.ts';
import { instructionsFor } from './instructions.ts';
import { offerPrompts } from './prompts/offer-prompts.ts';
import type { PromptFile } from './prompts/prompt-file.ts';
import { offerResources } from './resources/offer-resources.ts';
import type { ProjectReader } from './resources/project-reader.ts';
import type { FollowResources } from './subscriptions/resource-updates.ts';
import { offerTools, type ToolOffer } from './tools/offer-tools.ts';

export interface McpParts extends ToolOffer {
  readonly version: string;
  /** Called by the first request about prompts. */
  readPrompts(): readonly PromptFile[];
  readonly project: ProjectReader;
  /** The Markdown that explains Wwise. */
  readonly primerFile?: string | undefined;
  /** How clients are notified of resources that change; left out: they cannot subscribe. */
  readonly follow?: FollowResources | undefined;
}

/** What is known of a connection before its first message is handled. */
export interface McpConnection {
  readonly era: 'legacy' | 'modern';
  /** It lasts beyond one request. */
  readonly isLasting: boolean;
}

/** One MCP server over the bus. Tools never throw: whatever goes wrong is a result with a code and a hint. */
export function createMcpServer(
  parts: McpParts,
  { era, isLasting }: McpConnection = { era: 'legacy', isLasting: true },
): McpServer {
  const isLegacy = era === 'legacy';
  // In the protocol of 2026 the transport keeps subscriptions.
  const follow = isLegacy && isLasting ? parts.follow : undefined;
  const subscribe = isLegacy ? follow !== undefined : parts.follow !== undefined;
  const server = new McpServer(
    // The protocol of 2026 repeats this with each answer, so it has no picture.
    { name: 'wwiseflow', title: 'WwiseFlow', version: parts.version },
    {
      instructions: instructionsFor(new Set(parts.toolNames), parts.profile),
      // A dialogue has as many questions as it has fields, and each may be repeated.
      inputRequired: { maxRounds: 200 },
      // What is offered is fixed at start-up, so clients need not watch for changes.
      capabilities: {
        ...{ tools: fixed, prompts: fixed, resources: { ...fixed, subscribe } },
        ...{ completions: {}, logging: {} },
      },
    },
  );
  numberErrorsByEra(server);
  offerTools(server, parts, offerLogging(server.server));
  const readPrompts = once(parts.readPrompts);
  offerPrompts(server, readPrompts, parts);
  offerResources(server, { ...parts, follow });
  offerCompletions(server, readPrompts, parts);
  return server;
}

const fixed = { listChanged: false };

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
