import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { done, type NodeContext, type Outcome, type OwnKind } from './node-kind.ts';
import { askingAboutCalls } from './requests/ask-about-call.ts';
import { callForItems } from './requests/call-for-items.ts';
import { requestKey } from './requests/call-notes.ts';
import { callService } from './requests/call-service.ts';
import { checkPreset } from './requests/check-preset.ts';
import { choosePreset, composeRequest } from './requests/compose-request.ts';
import { costOfCalls } from './requests/cost.ts';
import { priceOfRequest } from './requests/expected-price.ts';
import { pickOutput } from './requests/pick-answer.ts';
import { httpInput, isForItems } from './requests/request-input.ts';

/** How long a request may take where nobody says it, in milliseconds. */
const USUAL_TIMEOUT_MS = 60_000;

/** Asks a service by HTTP. */
export const http: OwnKind = Object.freeze({
  type: 'http',
  aliases: ['api'],
  title: 'HTTP request',
  description:
    'Ask a service by HTTP: by a preset, or any address. With a list it asks for each item, or for each batch of them, and gives ' +
    'the list with what came. What was answered is not asked again when the run is resumed. A preview asks nobody.',
  toolset: 'flow',
  effect: 'none',
  profile: 'designer',
  reachesOutside: true,
  input: httpInput,
  secretInputs: ['url', 'headers', 'query', 'mapping', 'body', 'form'],
  output: z.looseObject({
    status: z.number().optional().describe('Of one request: the status.'),
    body: jsonSchema
      .optional()
      .describe('Of one request: the answer, where the preset and "fieldMapping" say nothing else.'),
    file: z.string().optional().describe('With "saveAs": the file.'),
    bytes: z.number().optional().describe('With "saveAs": its size.'),
    items: z.array(jsonSchema).optional().describe('Of a list that was handed in: the items with what came.'),
    calls: z.number().optional().describe('Of a list: the requests that were made.'),
    fromCache: z.union([z.number(), z.boolean()]).optional().describe('Answers that were known.'),
    failed: z
      .array(z.object({ index: z.number(), code: z.string(), error: z.string() }))
      .optional()
      .describe('Of a list: the items that failed.'),
    cost: z
      .object({ apiCalls: z.number(), costPerCall: z.number(), totalCost: z.number(), currency: z.string() })
      .optional()
      .describe('What it cost, where the preset has a price.'),
  }),
  priceOf: priceOfRequest,
  oneOf: [['preset'], ['url']],
  ports: ['error'],
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  asks: true,
  irreversible: ({ method }) =>
    method === undefined || method === 'GET' || method === 'HEAD'
      ? undefined
      : 'What a service outside did by a request stays done.',
  examples: [
    {
      title: 'Ask a service, and say what it answered',
      workflow: {
        inputs: { server: { type: 'string', description: 'Where it is.' } },
        nodes: [
          {
            id: 'ask',
            type: 'http',
            data: {
              url: '{{ workflow.input.server }}/words',
              mapping: { theme: 'rain' },
              fieldMapping: { first: 'words[0].text' },
            },
          },
          { id: 'end', type: 'say', data: { text: 'First word: $from:ask:$output:first' } },
        ],
      },
    },
    {
      title: 'Ask for each item of a list',
      workflow: {
        inputs: {
          server: { type: 'string', description: 'Where it is.' },
          sounds: { type: 'array', default: [{ name: 'rain' }, { name: 'wind' }] },
        },
        nodes: [
          {
            id: 'each',
            type: 'api',
            data: {
              url: '{{ workflow.input.server }}/words',
              items: '$input:sounds',
              itemMapping: { theme: 'item.name' },
              fieldMapping: { word: 'words[0].text' },
            },
          },
          { id: 'end', type: 'say', data: { text: '{{ nodes.each.items[1].word }}' } },
        ],
      },
    },
  ],
  check: (node, graph) => checkPreset(node, graph, 'request'),
  run: (raw, context) => askingAboutCalls(() => work(raw, context)),
} satisfies OwnKind);

async function work(raw: JsonObject, context: NodeContext): Promise<Outcome> {
  const input = httpInput.parse(raw);
  const { remote } = context;
  const chosen = choosePreset(input, remote.presets);
  const timeoutMs = context.timeoutMs ?? chosen.preset?.timeoutMs ?? USUAL_TIMEOUT_MS;
  const cacheMs = input.cacheMs ?? chosen.operation?.cacheMs;
  const mostBytes = input.mostBytes ?? chosen.preset?.mostBytes;
  const how = { ...input, cacheMs, mostBytes };
  if (isForItems(input)) return done(await callForItems({ input: how, chosen, timeoutMs }, context));
  const request = composeRequest(input, chosen, input.mapping ?? {}, requestKey(context.key, 'only'));
  const presign = chosen.operation?.presign;
  if (presign !== undefined) {
    const url = await remote.authoriser.presigned(request.auth, { ...request, ...presign });
    return done({ url, expiresAt: new Date(context.now() + presign.forSeconds * 1_000).toISOString() });
  }
  const { fieldMapping, saveAs } = input;
  const { value, wasMade } = await callService(
    {
      key: 'only',
      request,
      how,
      timeoutMs,
      mustBeJson: fieldMapping !== undefined || chosen.operation?.answer?.format === 'json',
      pick: (body, status) => (saveAs === undefined ? pickOutput(request, body, status, fieldMapping) : body),
    },
    context,
  );
  const cost = costOfCalls(wasMade ? 1 : 0, chosen.operation, context.price);
  return done({
    ...(isJsonObject(value) ? value : { body: value }),
    ...(wasMade ? {} : { fromCache: true }),
    ...(cost === undefined ? {} : { cost }),
  });
}
