import { basename } from 'node:path';
import { z } from 'zod';
import { hashJson } from '../../core/canonical-json.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { failure, type Result, success } from '../../core/result.ts';
import { fillTemplate } from '../remote/presets/fill-template.ts';
import type { NamedPreset } from '../remote/presets/preset.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { done, type NodeContext, type Outcome, type OwnKind } from './node-kind.ts';
import { AskAboutCall, askingAboutCalls, type CallDecision, decisionOn } from './requests/ask-about-call.ts';
import { answeredNote, callSoFar, failedNote, sentNote } from './requests/call-notes.ts';
import { checkPreset } from './requests/check-preset.ts';
import { plainTextOf } from './requests/plain-text.ts';
import { settingsOf } from './requests/settings-of.ts';

const address = z.string().min(1).max(500);
const addresses = z.union([address, z.array(address).min(1).max(500)]);

const input = z.strictObject({
  preset: z
    .string()
    .min(1)
    .max(80)
    .default('smtp')
    .describe('The mail server, as a file of presets/ or of your own folder.'),
  settings: z.record(z.string(), jsonSchema).optional().describe('Settings of the preset, as its host.'),
  to: addresses.describe('Who gets it: an address, "Name <address>", or a list of them.'),
  cc: addresses.optional(),
  bcc: addresses.optional(),
  from: address.optional().describe('Default: as the preset says.'),
  replyTo: address.optional(),
  subject: z.string().min(1).max(1_000),
  text: z.string().max(1_000_000).optional().describe('What it says, as plain text.'),
  html: z.string().max(1_000_000).optional().describe('The same as HTML.'),
  attachments: z.array(z.string().min(1).max(4_000)).max(50).default([]).describe('Files that go with it.'),
  onUnknown: z
    .enum(['ask', 'retry', 'fail'])
    .default('ask')
    .describe(
      'When nobody knows whether it was sent: suspend the run until somebody says, send it again, or fail.',
    ),
});

/** How long the server may take to answer where nobody says it, in milliseconds. */
const USUAL_TIMEOUT_MS = 30_000;

/** Sends a mail. */
export const mail: OwnKind = Object.freeze({
  type: 'mail',
  aliases: ['sendMail', 'send_mail'],
  title: 'Mail',
  description:
    'Send a mail, as a report to who is to read it, by the mail server of a preset. It needs the package nodemailer. What was sent ' +
    'is not sent again when the run is resumed. A preview sends none.',
  toolset: 'flow',
  effect: 'none',
  profile: 'designer',
  reachesOutside: true,
  asks: true,
  input,
  output: z.object({
    messageId: z.string().describe('The same for the same node of a run.'),
    accepted: z.array(z.string()).describe('Addresses that the server took.'),
    rejected: z.array(z.string()).describe('Addresses that it refused.'),
  }),
  oneOf: [['text'], ['html']],
  ports: ['error'],
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  irreversible: () => 'A mail that was sent cannot be called back.',
  examples: [
    {
      title: 'Mail what was done',
      workflow: {
        inputs: {
          mailServer: { type: 'string', description: 'The name of a mail server.' },
          port: { type: 'integer', default: 25 },
        },
        nodes: [
          {
            id: 'report',
            type: 'mail',
            data: {
              preset: 'smtp-relay',
              settings: { host: '$input:mailServer', port: '$input:port', from: 'audio@example.com' },
              to: 'team@example.com',
              subject: 'The night of the sounds',
              text: 'All is well.',
            },
          },
          { id: 'end', type: 'say', data: { text: 'Mailed to {{ nodes.report.accepted[0] }}' } },
        ],
      },
    },
  ],
  check: (node, graph) => checkPreset(node, graph, 'mail', 'smtp'),
  run: (raw, context) => askingAboutCalls(() => work(raw, context)),
} satisfies OwnKind);

async function work(raw: JsonObject, context: NodeContext): Promise<Outcome> {
  const given = input.parse(raw);
  const soFar = callSoFar(context.notes, CALL);
  if (soFar.answered !== undefined) return done(asJsonObject(soFar.answered.value));
  const preset = context.remote.presets.find(given.preset);
  const server = serverOf(preset, given.settings, context);
  const files = await Promise.all(
    given.attachments.map(async (path) => {
      const file = await context.outside.readFile(path);
      return { filename: basename(file.path), content: file.bytes };
    }),
  );
  if (soFar.isOpen) {
    const settled = settle(given.onUnknown, cutOff(server.host), decisionOn(CALL, context));
    if (settled !== undefined) return settled;
  } else await context.note(sentNote(CALL));
  const { to, cc, bcc, from = server.from, replyTo, subject, text, html } = given;
  const { sendMail } = await import('../remote/mail/send-mail.ts');
  // The same mail sent twice is seen to be the same by who gets it.
  const messageId = `<${hashJson([context.key]).slice(0, 32)}@wwiseflow>`;
  const content = { to, cc, bcc, from, replyTo, subject, text, html, attachments: files, messageId };
  const send = (): Promise<Result> =>
    context.attempt(async () => {
      try {
        return success({ ...(await sendMail(server, content)) });
      } catch (thrown) {
        return failure(toWwiseFlowError(thrown));
      }
    });
  let sent = await send();
  if (!sent.ok && sent.code === 'OUTCOME_UNKNOWN') {
    const { code, error, hint, details = {} } = sent;
    // What was decided was decided of an earlier mail.
    const settled = settle(given.onUnknown, new WwiseFlowError(code, error, { hint, details }), undefined);
    if (settled !== undefined) return settled;
    sent = await send();
  }
  if (sent.ok) await context.note(answeredNote(CALL, asJsonObject(sent.data)));
  else if (sent.code !== 'OUTCOME_UNKNOWN') await context.note(failedNote(CALL));
  return sent;
}

/** It is the only one of its node. */
const CALL = 'only';

/** What becomes of a mail of which nobody knows whether it was sent; undefined: it is sent again. */
function settle(
  onUnknown: 'ask' | 'retry' | 'fail',
  unknown: WwiseFlowError,
  decision: CallDecision | undefined,
): Outcome | undefined {
  if (onUnknown === 'retry') return undefined;
  if (onUnknown === 'fail') return failure(unknown);
  if (decision === undefined) throw new AskAboutCall(CALL, unknown);
  if (decision.decision === 'sendAgain') return undefined;
  return decision.decision === 'tookEffect'
    ? done({ messageId: '', accepted: [], rejected: [] })
    : failure(unknown);
}

function cutOff(host: string): WwiseFlowError {
  return new WwiseFlowError(
    'OUTCOME_UNKNOWN',
    `A mail was on its way to ${host} when the process ended: nobody here knows whether it was sent.`,
    {
      hint: 'Look whether it came. Then resume the run with "force" for this node to send it again, or set "onUnknown" of the node.',
      details: { server: host },
    },
  );
}

function serverOf(preset: NamedPreset, settings: JsonObject | undefined, { remote, timeoutMs }: NodeContext) {
  if (preset.mail === undefined)
    throw new WwiseFlowError('INVALID_INPUT', `The preset "${preset.name}" is that of no mail server.`, {
      hint: 'Choose one with "mail", as smtp.',
      details: { field: 'preset' },
    });
  const scope = { params: {}, settings: settingsOf(settings, preset, {}) };
  const filled = (value: Json) => fillTemplate(value, scope, preset.name);
  const { host, port, secure, from } = preset.mail;
  const { auth } = preset;
  return {
    host: plainTextOf(filled(host)),
    port: Number(filled(port)),
    secure: filled(secure) === true,
    from: plainTextOf(filled(from)),
    credentials:
      auth?.type === 'basic'
        ? {
            user: auth.userSecret === undefined ? (auth.user ?? '') : remote.secret(auth.userSecret),
            pass: remote.secret(auth.secret),
          }
        : undefined,
    timeoutMs: timeoutMs ?? preset.timeoutMs ?? USUAL_TIMEOUT_MS,
  };
}
