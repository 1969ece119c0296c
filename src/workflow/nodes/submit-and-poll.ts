import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, asString, type Json, type JsonObject } from '../../core/json.ts';
import { evaluatePreset } from '../remote/presets/fill-template.ts';
import { type PresetWebhook, pollSchema } from '../remote/presets/preset.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { done, type NodeContext, type Outcome, type OwnKind, suspended } from './node-kind.ts';
import { askingAboutCalls } from './requests/ask-about-call.ts';
import { callSoFar, requestKey } from './requests/call-notes.ts';
import { callService, type ServiceCall, sendAsOftenAsAllowed } from './requests/call-service.ts';
import { checkPreset } from './requests/check-preset.ts';
import { choosePreset, composeFollowUp, composeRequest } from './requests/compose-request.ts';
import { costOfCalls } from './requests/cost.ts';
import { priceOfRequest } from './requests/expected-price.ts';
import { plainTextOf } from './requests/plain-text.ts';
import { readAnswerBody } from './requests/read-body.ts';
import { answerFields, requestFields } from './requests/request-input.ts';

const { acceptStatus, saveAs, overwrite, mostBytes, mostRedirects, onUnknown } = answerFields;

const input = z.strictObject({
  ...requestFields,
  ...{ acceptStatus, saveAs, overwrite, mostBytes, mostRedirects, onUnknown },
  poll: pollSchema
    .optional()
    .describe('How the job is followed. Default: as the operation of the preset says.'),
  webhook: z
    .strictObject({
      server: z
        .string()
        .min(1)
        .max(2_000)
        .describe('Where the service reaches the server of WwiseFlow, as https://audio.example.com.'),
      param: z
        .string()
        .min(1)
        .max(200)
        .describe('The parameter, or member of the body, by which the service learns where to call back.'),
    })
    .optional()
    .describe(
      'The service calls back when it is over, with what it would answer when asked: the run waits for that, and asks at the end of "forMs" only.',
    ),
  everyMs: z
    .number()
    .int()
    .min(10)
    .max(3_600_000)
    .optional()
    .describe('Ask so often instead, in milliseconds.'),
  forMs: z
    .number()
    .int()
    .min(10)
    .max(366 * 86_400_000)
    .optional()
    .describe('Give up after so long instead, in milliseconds.'),
});

/** How long each of its requests may take where nobody says it, in milliseconds. */
const USUAL_TIMEOUT_MS = 60_000;

/** Begins a job at a service and asks for it until it is over. */
export const submitAndPoll: OwnKind = Object.freeze({
  type: 'submit_and_poll',
  aliases: ['submitAndPoll'],
  title: 'Submit and poll',
  description:
    'Begin a job at a service that takes long, as one that makes a sound, ask for it until it is over, and fetch what came of it. ' +
    'What the job is called is kept before it is asked for: a run that was cut off goes on asking, and begins no second one.',
  toolset: 'flow',
  effect: 'none',
  profile: 'designer',
  reachesOutside: true,
  priceOf: priceOfRequest,
  input,
  secretInputs: ['url', 'headers', 'query', 'mapping', 'body', 'form'],
  output: z.looseObject({
    handle: jsonSchema.describe('What the service calls the job.'),
    result: jsonSchema.describe('What came of it.'),
    file: z.string().optional().describe('With "saveAs": the file that was fetched.'),
    bytes: z.number().optional().describe('With "saveAs": its size.'),
    cost: z.looseObject({ totalCost: z.number(), currency: z.string() }).optional(),
  }),
  oneOf: [['preset'], ['url']],
  ports: ['error'],
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  asks: true,
  irreversible: () => 'What a service outside did by a request stays done.',
  examples: [
    {
      title: 'Begin a job, and say what came of it',
      workflow: {
        inputs: { server: { type: 'string', description: 'Where it is.' } },
        nodes: [
          {
            id: 'make',
            type: 'submitAndPoll',
            data: {
              url: '{{ workflow.input.server }}/jobs',
              method: 'POST',
              mapping: { text: 'rain' },
              poll: {
                handle: 'input.body.id',
                address: '"/jobs/" + input.handle',
                everyMs: 10,
                isDone: 'input.body.state == "done"',
                result: 'input.body.text',
              },
            },
          },
          { id: 'end', type: 'say', data: { text: 'It made $from:make:$output:result' } },
        ],
      },
    },
  ],
  check: (node, graph) => checkPreset(node, graph, 'job'),
  run: (raw, context) => askingAboutCalls(() => work(raw, context)),
} satisfies OwnKind);

async function work(raw: JsonObject, context: NodeContext): Promise<Outcome> {
  const given = input.parse(raw);
  const chosen = choosePreset(given, context.remote.presets);
  const poll = given.poll ?? chosen.operation?.poll;
  if (poll === undefined)
    throw new WwiseFlowError('INVALID_INPUT', `${chosen.where} does not say how a job is followed.`, {
      hint: 'Write "poll" with handle, address and isDone, or choose an operation that has it.',
      details: { field: 'poll' },
    });
  // A job that costs money is not begun for an answer that could not be kept.
  if (given.saveAs !== undefined) await context.outside.writablePath(given.saveAs);
  const mapping = { ...given.mapping, ...(await calledBackAt(given, poll, chosen.preset?.webhook, context)) };
  const request = composeRequest(given, chosen, mapping, requestKey(context.key, 'submit'));
  const timeoutMs = context.timeoutMs ?? chosen.preset?.timeoutMs ?? USUAL_TIMEOUT_MS;
  const how = { ...given, cacheMs: undefined };
  const { where, scope } = request;
  const begun = await callService(
    {
      key: 'submit',
      request,
      how: { ...how, saveAs: undefined },
      timeoutMs,
      mustBeJson: true,
      pick: (body, status) => ({
        handle: evaluatePreset(poll.handle, { ...scope, body, status }, where),
        atMs: context.now(),
      }),
    },
    context,
  );
  const { handle = null, atMs } = asJsonObject(begun.value);
  const seen = { ...scope, handle };
  const base: Omit<ServiceCall, 'key' | 'request' | 'pick'> = { how, timeoutMs, mustBeJson: true };
  const everyMs = given.everyMs ?? poll.everyMs;
  const forMs = given.forMs ?? poll.forMs;
  const isOver = context.now() - Number(atMs) >= forMs;
  const calledBack = deliveredBy(context);
  if (given.webhook !== undefined && calledBack === undefined && !isOver)
    return untilCalledBack(handle, Number(atMs) + forMs);
  const asked = composeFollowUp(request, plainTextOf(evaluatePreset(poll.address, seen, where)));
  const look =
    calledBack === undefined
      ? await sendAsOftenAsAllowed(
          { key: 'poll', request: asked, how: { ...how, saveAs: undefined }, timeoutMs },
          context,
        )
      : undefined;
  const body = look === undefined ? (calledBack?.body ?? null) : await readAnswerBody(look, true);
  const found = { ...seen, body, status: look?.status ?? 200 };
  const why = poll.failed === undefined ? undefined : asString(evaluatePreset(poll.failed, found, where));
  if (why !== undefined) throw jobFailed(where, handle, why);
  if (evaluatePreset(poll.isDone, found, where) !== true) {
    if (isOver) throw tooLong(where, handle, forMs);
    if (given.webhook !== undefined) return untilCalledBack(handle, Number(atMs) + forMs);
    return suspended({ for: 'time', untilMs: context.now() + everyMs });
  }
  const result: Json = poll.result === undefined ? body : evaluatePreset(poll.result, found, where);
  const cost = costOfCalls(1, chosen.operation, context.price);
  const priced = cost === undefined ? {} : { cost };
  if (given.saveAs === undefined) return done({ handle, result, ...priced });
  if (poll.fetch === undefined)
    throw new WwiseFlowError('INVALID_INPUT', `${where} does not say where the file is.`, {
      hint: 'Write "fetch" in "poll", or leave "saveAs" out.',
      details: { field: 'poll' },
    });
  const fetched = composeFollowUp(request, plainTextOf(evaluatePreset(poll.fetch, found, where)));
  const file = await callService(
    { ...base, key: 'fetch', request: fetched, mustBeJson: false, pick: (value) => value },
    context,
  );
  return done({ handle, result, ...asJsonObject(file.value), ...priced });
}

/** The parameter by which the service learns where to call back; none where it is asked, or has begun the job. */
async function calledBackAt(
  { webhook }: z.output<typeof input>,
  poll: z.output<typeof pollSchema>,
  signed: PresetWebhook | undefined,
  context: NodeContext,
): Promise<JsonObject> {
  if (webhook === undefined || callSoFar(context.notes, 'submit').answered !== undefined) return {};
  const token = await context.callback(Math.ceil(poll.forMs / DAY_MS) + 1, signed);
  return { [webhook.param]: `${webhook.server.replace(/\/$/, '')}/hooks/${token}` };
}

const DAY_MS = 86_400_000;

/** What the service said when it called back. */
function deliveredBy({ answer, awaited }: NodeContext): { readonly body: Json } | undefined {
  return awaited?.for === 'answer' && awaited.state?.calledBack === true && answer?.isDeclined === false
    ? { body: answer.value }
    : undefined;
}

function untilCalledBack(handle: Json, untilMs: number): Outcome {
  return suspended({
    for: 'answer',
    asks: {
      prompt: `The service calls back when the job ${plainTextOf(handle)} is over.`,
      role: 'the service',
      schema: {},
    },
    state: { calledBack: true },
    remindAtMs: untilMs,
  });
}

function jobFailed(where: string, handle: Json, why: string): WwiseFlowError {
  return new WwiseFlowError(
    'SERVICE_REFUSED',
    `${where}: the job failed at the service: ${why.slice(0, 500)}.`,
    {
      hint: 'Repair what was sent, then run it again, or resume the run with "force" for this node.',
      details: { handle },
    },
  );
}

function tooLong(where: string, handle: Json, forMs: number): WwiseFlowError {
  return new WwiseFlowError('TIMEOUT', `${where}: the job is not over after ${forMs} ms.`, {
    hint: 'Resume the run to go on asking for it, with a larger "forMs" where it takes longer.',
    details: { handle, forMs },
  });
}
