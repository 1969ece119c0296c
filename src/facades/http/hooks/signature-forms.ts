import { createHash } from 'node:crypto';
import type { HookSignature } from '../../../core/access/hook.ts';
import { asJsonObject, asString, type Json } from '../../../core/json.ts';

/** What stands in the headers of a signed delivery. */
export interface SignedDelivery {
  /** In seconds since 1970, signed too; null where the form has none. */
  readonly timestamp: string | null;
  /** What is signed before the body. */
  readonly before: string;
  /** Any of these. */
  readonly digests: readonly string[];
}

/** How a service signs what it delivers. */
export interface SignatureForm {
  readonly encoding: 'base64' | 'hex';
  /** What the headers have of it; undefined where something is missing. */
  read(headers: Headers): SignedDelivery | undefined;
  /**
   * What names a delivery, of what is signed alone: the same for every attempt, and for a copy that somebody else sends later. A
   * header that is not signed could be another each time.
   */
  nameOf(headers: Headers, content: Buffer, json: Json | undefined): string;
  /** What to send. */
  readonly hint: string;
}

/** The forms of Standard Webhooks, of GitHub (its time is not signed), Stripe and Slack. */
export const signatureForms: Readonly<Record<HookSignature, SignatureForm>> = {
  standard: {
    encoding: 'base64',
    read(headers) {
      const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
        headers.get(`webhook-${name}`),
      );
      if (!id || !timestamp || !signatures) return undefined;
      return {
        timestamp,
        before: `${id}.${timestamp}.`,
        digests: versioned(signatures.split(' '), 'v1', ','),
      };
    },
    nameOf: (headers) => headers.get('webhook-id') ?? '',
    hint: 'Send webhook-id, webhook-timestamp (seconds) and webhook-signature: "v1," and the HMAC SHA-256 of ID.TIMESTAMP.BODY in base64.',
  },
  github: {
    encoding: 'hex',
    read(headers) {
      const signature = headers.get('x-hub-signature-256');
      if (!signature) return undefined;
      return { timestamp: null, before: '', digests: versioned([signature], 'sha256', '=') };
    },
    nameOf: (_headers, content) => digestOf(content),
    hint: 'Send x-hub-signature-256: "sha256=" and the HMAC SHA-256 of the body in hexadecimal.',
  },
  stripe: {
    encoding: 'hex',
    read(headers) {
      const parts = (headers.get('stripe-signature') ?? '').split(',').map((part) => part.trim());
      const [timestamp] = versioned(parts, 't', '=');
      const digests = versioned(parts, 'v1', '=');
      if (timestamp === undefined || digests.length === 0) return undefined;
      return { timestamp, before: `${timestamp}.`, digests };
    },
    nameOf: (_headers, content, json) => asString(asJsonObject(json).id) ?? digestOf(content),
    hint: 'Send stripe-signature: "t=" and the seconds, ",v1=" and the HMAC SHA-256 of TIMESTAMP.BODY in hexadecimal.',
  },
  slack: {
    encoding: 'hex',
    read(headers) {
      const [timestamp, signature] = [
        headers.get('x-slack-request-timestamp'),
        headers.get('x-slack-signature'),
      ];
      if (!timestamp || !signature) return undefined;
      return { timestamp, before: `v0:${timestamp}:`, digests: versioned([signature], 'v0', '=') };
    },
    nameOf: (_headers, content, json) => asString(asJsonObject(json).event_id) ?? digestOf(content),
    hint: 'Send x-slack-request-timestamp and x-slack-signature: "v0=" and the HMAC SHA-256 of v0:TIMESTAMP:BODY in hexadecimal.',
  },
};

/** What follows the word for the version, of the entries that have it. */
function versioned(entries: readonly string[], version: string, separator: string): readonly string[] {
  const prefix = `${version}${separator}`;
  return entries.filter((entry) => entry.startsWith(prefix)).map((entry) => entry.slice(prefix.length));
}

function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
