import { WwiseFlowError } from '../../core/errors.ts';
import { type AnswerCache, cacheInMemory } from './answer-cache.ts';
import { type Authoriser, createAuthoriser } from './http/authorise.ts';
import { createHostQueues, type HostQueues } from './http/host-queues.ts';
import type { HttpAnswer, HttpRequest } from './http/http-request.ts';
import type { PresetWebhook } from './presets/preset.ts';
import { noPresets, type Presets } from './presets/read-presets.ts';
import { noPromptTemplates, type PromptTemplates } from './prompts/prompt-template.ts';

/** What a program lets its nodes ask of others. */
export interface RemoteParts {
  readonly presets?: Presets | undefined;
  readonly cache?: AnswerCache | undefined;
  /** The secret of this name. Throws UNRESOLVED_REFERENCE where there is none. */
  readonly secret?: ((name: string) => string) | undefined;
  /** Programs that may be run, by name or path. */
  readonly programs?: readonly string[] | undefined;
  readonly prompts?: PromptTemplates | undefined;
  /** Makes the token of a webhook that answers what this node asks. */
  readonly callback?: ((node: CalledBackNode) => Promise<string>) | undefined;
  /** Hosts of private networks that a redirect may lead to. */
  readonly redirectHosts?: readonly string[] | undefined;
}

/** A node that a service is to call back. */
export interface CalledBackNode {
  readonly executionId: string;
  readonly workflowId: string;
  readonly node: string;
  /** For so many days. */
  readonly days: number;
  /** How the service signs it; undefined: it does not. */
  readonly signed?: PresetWebhook | undefined;
}

/** What nodes ask of programs and machines other than the back-end. One for all runs of a process. */
export interface Remote {
  readonly presets: Presets;
  readonly cache: AnswerCache;
  readonly hosts: HostQueues;
  readonly authoriser: Authoriser;
  readonly prompts: PromptTemplates;
  readonly programs: readonly string[];
  secret(name: string): string;
  /** The token of a new webhook that answers what this node asks. Rejects with NOT_PERMITTED where there are none. */
  callback(node: CalledBackNode): Promise<string>;
  /** One request, as `sendRequest` sends it. */
  send(request: HttpRequest): Promise<HttpAnswer>;
}

/** Opens no connection before the first request. */
export function createRemote(parts: RemoteParts): Remote {
  const { presets = noPresets, cache = cacheInMemory(), redirectHosts = [], programs = [] } = parts;
  const secret = parts.secret ?? noSecretHere;
  let sending: ReturnType<typeof loadSending> | undefined;
  const send = async (request: HttpRequest) => {
    // Loaded by who needs it, once: a start waits for none of it.
    sending ??= loadSending();
    const { sendRequest, agents } = await sending;
    return sendRequest(request, agents, (host) => redirectHosts.includes(host.toLowerCase()));
  };
  return {
    presets,
    prompts: parts.prompts ?? noPromptTemplates,
    programs,
    cache,
    hosts: createHostQueues(),
    authoriser: createAuthoriser(secret, send),
    secret,
    callback: parts.callback ?? noCallbacks,
    send,
  };
}

async function loadSending() {
  const [{ sendRequest }, { createAgents }] = await Promise.all([
    import('./http/send-request.ts'),
    import('./http/agents.ts'),
  ]);
  return { sendRequest, agents: createAgents() };
}

async function noCallbacks(): Promise<never> {
  throw new WwiseFlowError('NOT_PERMITTED', 'Nobody can call back here: there is no store for webhooks.', {
    hint: 'Leave "webhook" out, so that the service is asked, or run it with WwiseFlow itself.',
  });
}

function noSecretHere(name: string): never {
  throw new WwiseFlowError('UNRESOLVED_REFERENCE', `There is no secret "${name}": none is set up here.`, {
    hint: `Set the variable WWISEFLOW_SECRET_${name}, and start again.`,
    details: { secret: name },
  });
}
