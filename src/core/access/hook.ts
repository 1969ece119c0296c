import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** The token of a webhook, which stands in its address, as it is shown once. 256 bits of chance, so that its hash needs no salt. */
export function newHookToken(): string {
  return `wwh_${randomBytes(32).toString('base64url')}`;
}

/** A key to sign deliveries with, written as Standard Webhooks has it. */
export function newHookSecret(): string {
  return `${secretPrefix}${randomBytes(32).toString('base64')}`;
}

/** Whose way of signing the deliveries of a webhook have: that of Standard Webhooks, or that of a service which has its own. */
export const hookSignatures = ['standard', 'github', 'stripe', 'slack'] as const;

export type HookSignature = (typeof hookSignatures)[number];

/** The bytes that sign in that way; undefined for what is no secret of it. Only Standard Webhooks writes bytes in base64. */
export function signingKey(secret: string, signature: HookSignature): Buffer | undefined {
  if (signature === 'standard') return hookKey(secret);
  return secret === '' ? undefined : Buffer.from(secret, 'utf8');
}

/** The bytes that sign; undefined for what is no secret. */
export function hookKey(secret: string): Buffer | undefined {
  if (!secret.startsWith(secretPrefix)) return undefined;
  return Buffer.from(secret.slice(secretPrefix.length), 'base64');
}

const secretPrefix = 'whsec_';

/**
 * The secret as it is kept: encrypted with a key that comes from the token, of which only the hash is kept. So what lies on
 * disk opens neither, and a delivery brings what is needed to check its signature.
 */
export function sealSecret(secret: string, token: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(token), nonce);
  const content = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64');
}

/** The secret again. Throws when it was sealed with another token, or is damaged. */
export function openSecret(sealed: string, token: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(token), bytes.subarray(0, 12), {
    authTagLength: 16,
  });
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

function keyOf(token: string): Buffer {
  return Buffer.from(hkdfSync('sha256', token, '', 'secret of a webhook', 32));
}
