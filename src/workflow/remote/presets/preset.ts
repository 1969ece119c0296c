import { z } from 'zod';
import { hookSignatures } from '../../../core/access/hook.ts';
import { jsonSchema } from '../../nodes/conditions/json-value.ts';
import { authSchema } from '../http/authorise.ts';

/** `{{ CEL }}` over `input.params`, `input.settings`, `input.key` (the same for the same request, sent again) and, where there is an answer, `input.body` and `input.status`. */
const template = z.string().max(20_000);
const templates = z.record(z.string(), jsonSchema);
const name = z.string().regex(/^[A-Za-z][\w.-]{0,79}$/);

const setting = z.strictObject({
  description: z.string(),
  default: jsonSchema.optional(),
  by: z
    .string()
    .optional()
    .describe('Where it is an object: the parameter whose value chooses one of its members.'),
});

const parameter = z.strictObject({
  description: z.string(),
  required: z.boolean().default(false),
});

/** How a request whose outcome is unknown is settled. */
const repeat = z.union([
  z.literal('safe').describe('Sending it twice is the same as sending it once.'),
  z.strictObject({
    idempotencyKey: z
      .string()
      .describe('The header in which the service takes a key: the same key twice is one request.'),
  }),
  z.strictObject({
    lookUp: z
      .strictObject({
        path: template,
        query: templates.optional(),
        found: z
          .string()
          .describe('CEL over the answer: whether the request had taken effect. `input.key` is its key.'),
        body: z.string().optional().describe('CEL over the answer: what the request would have answered.'),
      })
      .describe('A GET that finds out.'),
  }),
]);

const cost = z.strictObject({
  perCall: z.number().min(0).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
});

/** How a job is followed that a request has begun. Everything but the times is CEL over `input`, without braces. */
export const pollSchema = z.strictObject({
  handle: template.describe('Over the answer `input.body`: what the job is called, a text or an object.'),
  address: template.describe(
    'What is asked until it is over: a path, or an address; `input.handle` is the handle.',
  ),
  everyMs: z.number().int().min(10).max(3_600_000).default(2_000).describe('How often, in milliseconds.'),
  forMs: z
    .number()
    .int()
    .min(10)
    .max(366 * 86_400_000)
    .default(600_000)
    .describe('How long at most, in milliseconds.'),
  isDone: template.describe('Over the answer: whether it is over.'),
  failed: template.optional().describe('Over the answer: a text that says why it failed, or null.'),
  result: template
    .optional()
    .describe('Over the last answer: what the node gives as "result". Default: all of it.'),
  fetch: template
    .optional()
    .describe('Over the last answer: the address or path of the file that came of it.'),
});

/** Where it is not said, deliveries are not signed. */
const webhookSchema = z.strictObject({
  signature: z
    .enum(hookSignatures)
    .describe('As Standard Webhooks has it, or in the way of the service that is named.'),
  secret: z
    .string()
    .min(1)
    .max(100)
    .describe('The name of the secret with which the service signs; it shows it where a webhook is set up.'),
});

/** How a preset has deliveries signed. */
export type PresetWebhook = z.output<typeof webhookSchema>;

const operation = z.strictObject({
  description: z.string(),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
  path: template.describe('Below the base address.'),
  query: templates.optional(),
  headers: z.record(z.string(), template).optional(),
  body: jsonSchema.optional(),
  form: templates.optional(),
  params: z.record(name, parameter).default({}),
  answer: z
    .strictObject({
      format: z.enum(['json', 'text']).default('json').describe('text: `input.body` is a text, as XML.'),
      output: z.record(name, template).optional().describe('What a call gives, by name, each as CEL.'),
      item: template.optional().describe('What one item is given, as CEL: an object, or a value.'),
      items: template.optional().describe('What the items of a batch are given, as CEL: a list as long.'),
      failed: template
        .optional()
        .describe('CEL: a text that says why a status of 200 is a failure, or null.'),
    })
    .optional(),
  presign: z
    .strictObject({ forSeconds: z.number().int().min(1).max(604_800).default(3_600) })
    .optional()
    .describe('Nothing is sent: the node gives an address at which anybody may do this, for so long.'),
  batchSize: z.number().int().min(1).max(10_000).optional().describe('Items of one call. Default: 1.'),
  repeat: repeat.optional(),
  poll: pollSchema
    .optional()
    .describe('Of an operation that takes long: submit_and_poll asks for it until it is over.'),
  cost: cost.optional(),
  cacheMs: z.number().int().min(0).optional(),
});

const argument = z.union([
  template,
  z.number(),
  z.strictObject({ read: template }),
  z.strictObject({ write: template }),
]);

/** What a program is started with. Arguments that come to null are left out. */
const programCommand = z.strictObject({
  description: z.string(),
  params: z.record(name, parameter).default({}),
  args: z.array(argument).max(500),
  resumeArgs: z.array(argument).max(500).optional().describe('Instead, where it was cut off.'),
  progress: z.string().min(1).max(200).optional(),
  parse: z.enum(['text', 'json', 'lines', 'lastJson']).optional(),
  timeoutMs: z
    .number()
    .int()
    .min(1)
    .max(31 * 86_400_000)
    .optional(),
});

const programSchema = z.strictObject({
  name: z.string().min(1).max(400).describe('As it stands in --allow-program.'),
  default: name.optional().describe('The command that is meant where none is named.'),
  commands: z.record(name, programCommand),
});

/** A service, a mail server or a program as data: one JSON file each. */
export const presetSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string(),
  description: z.string(),
  documentation: z.string().optional(),
  /** What the file is a change of: another preset, whose members hold where this has none. */
  extends: name.optional(),
  baseUrl: template.optional().describe('Of a service that is asked by HTTP.'),
  auth: authSchema.optional(),
  headers: z.record(z.string(), template).optional(),
  rateLimit: z
    .strictObject({
      requests: z.number().int().min(1).max(1_000_000),
      perMs: z.number().int().min(1).max(86_400_000),
      concurrency: z.number().int().min(1).max(1_000).optional(),
    })
    .optional(),
  timeoutMs: z.number().int().min(1).max(86_400_000).optional(),
  mostBytes: z.number().int().min(1).optional(),
  settings: z.record(name, setting).default({}),
  default: name.optional().describe('The operation that is meant where none is named.'),
  operations: z.record(name, operation).default({}),
  models: z
    .record(
      z.string(),
      z.strictObject({
        perInputToken: z.number().min(0),
        perOutputToken: z.number().min(0),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/)
          .default('USD'),
      }),
    )
    .optional()
    .describe('Prices of models, by name; "*" for all others.'),
  webhook: webhookSchema.optional().describe('How the service signs what it delivers to a webhook.'),
  program: programSchema.optional().describe('Of a program: what `exec` runs.'),
  mail: z
    .strictObject({
      host: template,
      port: z.union([z.number().int().min(1).max(65_535), template]).default(587),
      secure: z
        .union([z.boolean(), template])
        .default(false)
        .describe('TLS from the first byte, as at port 465.'),
      from: template.describe('Who it comes from, where the node does not say.'),
    })
    .optional()
    .describe('Of a mail server: where `mail` sends.'),
});

export type Preset = z.output<typeof presetSchema>;
export type PresetCommand = z.output<typeof programCommand>;
export type PresetOperation = z.output<typeof operation>;

/** A preset with the name it is called by. */
export interface NamedPreset extends Preset {
  readonly name: string;
  /** True for one of the user's own. */
  readonly isOwn: boolean;
}
