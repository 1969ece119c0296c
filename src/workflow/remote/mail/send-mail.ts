import { Transform } from 'node:stream';
import type { SendMailOptions } from 'nodemailer';
import { WwiseFlowError } from '../../../core/errors.ts';
import { systemCode } from '../../../core/files/system-code.ts';
import { asString, type Json } from '../../../core/json.ts';
import { withoutSecrets } from '../../../core/secrets/known-secrets.ts';

/** The mail server, and who asks it. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  readonly credentials: { readonly user: string; readonly pass: string } | undefined;
  readonly timeoutMs: number;
}

export interface MailSent {
  readonly messageId: string;
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
}

/**
 * Sends one mail. Rejects with PACKAGE_MISSING, SERVICE_UNREACHABLE, SERVICE_NOT_AUTHENTICATED, SERVICE_FAILED, SERVICE_REFUSED or, where
 * its end was not heard, OUTCOME_UNKNOWN.
 */
export async function sendMail(server: MailServer, mail: SendMailOptions): Promise<MailSent> {
  const { createTransport } = await mailer();
  const { host, port, secure, credentials, timeoutMs } = server;
  const transport = createTransport({
    ...{
      host,
      port,
      secure,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
    },
    ...(credentials === undefined ? {} : { auth: credentials }),
    // Files and addresses in it are read by us, or not at all.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  let isBegun = false;
  transport.use('stream', ({ message }, next) => {
    message.transform(
      () =>
        new Transform({
          transform(piece, _, give) {
            isBegun = true;
            give(null, piece);
          },
        }),
    );
    next();
  });
  try {
    const { messageId, accepted, rejected } = await transport.sendMail(mail);
    return { messageId, accepted: accepted.map(addressOf), rejected: rejected.map(addressOf) };
  } catch (thrown) {
    throw mailFailure(thrown, `${host}:${port}`, isBegun);
  } finally {
    transport.close();
  }
}

function addressOf(one: string | { readonly address: string }): string {
  return typeof one === 'string' ? one : one.address;
}

async function mailer(): Promise<Pick<typeof import('nodemailer'), 'createTransport'>> {
  try {
    return (await import('nodemailer')).default;
  } catch (cause) {
    if (systemCode(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new WwiseFlowError(
      'PACKAGE_MISSING',
      'Mail needs the package "nodemailer", which is not installed.',
      {
        hint: 'Install it beside WwiseFlow: npm install nodemailer (with -g where WwiseFlow is), and start again.',
        details: { package: 'nodemailer' },
        cause,
      },
    );
  }
}

/** What the mailer says of a failure, beside the message of an Error. */
interface MailTrouble {
  readonly code?: string;
  /** What was being said to the server: CONN, AUTH, MAIL FROM, RCPT TO, DATA. */
  readonly command?: string;
  readonly responseCode?: number;
}

/** `isBegun`: its content was being handed to the server. */
function mailFailure(thrown: unknown, server: string, isBegun: boolean): WwiseFlowError {
  const { code, command, responseCode }: MailTrouble = Object(thrown);
  const reason = withoutSecrets(thrown instanceof Error ? thrown.message : String(thrown));
  const details: Record<string, Json> = { server, reason: reason.slice(0, 500) };
  if (asString(command) !== undefined) details.command = command ?? null;
  if (responseCode !== undefined) details.status = responseCode;
  const made = (
    kind: ConstructorParameters<typeof WwiseFlowError>[0],
    what: string,
    hint: string,
  ): WwiseFlowError =>
    new WwiseFlowError(kind, `The mail server ${server} ${what}: ${reason}.`, {
      hint,
      details,
      cause: thrown,
    });
  if (code === 'EAUTH')
    return made(
      'SERVICE_NOT_AUTHENTICATED',
      'did not accept the credentials',
      'Look at the secrets of the preset.',
    );
  if (responseCode !== undefined)
    return responseCode < 500
      ? made('SERVICE_FAILED', 'does not take it now', 'Resume the run later, or give the node "retry".')
      : made('SERVICE_REFUSED', 'refused it', 'Look at the addresses and the content of the mail.');
  if (isBegun)
    return made(
      'OUTCOME_UNKNOWN',
      'was sent the mail and its answer is lost',
      'Look whether it came. Then resume the run with "force" for this node to send it again, or set "onUnknown" of the node.',
    );
  return made('SERVICE_UNREACHABLE', 'does not answer', 'Look at host, port and "secure" of the preset.');
}
