import { type McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { toWwiseFlowError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { promptNamed } from '../prompts/offer-prompts.ts';
import type { PromptFile } from '../prompts/prompt-file.ts';
import type { ResourceParts } from '../resources/resource-parts.ts';
import type { CompletionSource } from './sources.ts';

export interface CompletionOffer extends ResourceParts {
  readonly log: Log;
}

const params = z.looseObject({
  ref: z.union([
    z.looseObject({ type: z.literal('ref/prompt'), name: z.string() }),
    z.looseObject({ type: z.literal('ref/resource'), uri: z.string() }),
  ]),
  argument: z.looseObject({ name: z.string(), value: z.string() }),
  context: z.looseObject({ arguments: z.record(z.string(), z.string()).optional() }).optional(),
});

type Wanted = z.output<typeof params>;

/**
 * Completes the arguments of prompts and the variables of resource templates from what there is. Somebody is typing: what
 * cannot be asked, or takes long, is nothing to choose from.
 */
export function offerCompletions(
  { server }: McpServer,
  readPrompts: () => readonly PromptFile[],
  offer: CompletionOffer,
): void {
  server.setRequestHandler('completion/complete', { params }, async (wanted) => {
    const from = await sourceNameOf(wanted, readPrompts, offer);
    const { completionSources } = await import('./sources.ts');
    const [, isList, name = ''] = /^(list of )?(\w+)$/.exec(from ?? '') ?? [];
    const source = completionSources(offer)[name];
    const { argument, context } = wanted;
    const beside = context?.arguments ?? {};
    const ask = source === undefined || isList === undefined ? source : lastOf(source);
    const all = ask === undefined ? [] : await soon(() => ask(argument.value, beside), offer.log);
    const values = [...new Set(all)];
    return {
      completion: {
        values: values.slice(0, mostValues),
        total: values.length,
        hasMore: values.length > mostValues,
      },
    };
  });
}

/** As the protocol has it. */
const mostValues = 100;

/** @throws ProtocolError -32602 for a prompt, a template or an argument that is not there */
async function sourceNameOf(
  { ref, argument }: Wanted,
  readPrompts: () => readonly PromptFile[],
  offer: CompletionOffer,
): Promise<string | undefined> {
  if (ref.type === 'ref/prompt') {
    const declared = promptNamed(ref.name, readPrompts()).arguments.find(
      ({ name }) => name === argument.name,
    );
    if (declared === undefined) throw unknown(`The prompt ${ref.name} has no argument "${argument.name}".`);
    return declared.complete;
  }
  const { resourceCatalog } = await import('../resources/catalog.ts');
  const { fixed, families } = resourceCatalog(offer);
  const family = families.find(({ uriTemplate }) => uriTemplate === ref.uri);
  if (family === undefined) {
    if (fixed.some(({ uri }) => uri === ref.uri)) return undefined;
    throw unknown(`There is no resource template "${ref.uri.slice(0, 200)}".`);
  }
  if (!family.uriTemplate.includes(`{${argument.name}}`))
    throw unknown(`The template ${ref.uri} has no variable "${argument.name}".`);
  return family.values;
}

/** Of a list with commas the last is completed, with what is not in it yet. */
function lastOf(source: CompletionSource): CompletionSource {
  return async (text, beside) => {
    const [, before = '', last = ''] = /^(.*,\s*)?(.*)$/s.exec(text) ?? [];
    const taken = before.split(',').map((one) => one.trim());
    return (await source(last, beside)).filter((one) => !taken.includes(one)).map((one) => `${before}${one}`);
  };
}

async function soon(ask: () => Promise<readonly string[]>, log: Log): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(() => resolve([]), patienceMs);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch (thrown) {
    log.debug({ err: toWwiseFlowError(thrown) }, 'nothing to complete from');
    return [];
  } finally {
    clearTimeout(timer);
  }
}

const patienceMs = 20_000;

function unknown(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}
