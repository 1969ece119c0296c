import { createHash, randomBytes } from 'node:crypto';

/** What a caller may do: `read` looks, `run` changes the project, `admin` changes what the server itself keeps. A wider one has the narrower ones in it. */
export const accessScopes = ['read', 'run', 'admin'] as const;

export type AccessScope = (typeof accessScopes)[number];

/** A new token as it is shown once. 256 bits of chance, so that its hash needs no salt. */
export function newToken(): string {
  return `wwf_${randomBytes(32).toString('base64url')}`;
}

/** What is kept of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether a text can name a workspace: it becomes part of paths. */
export function isWorkspaceName(text: string): boolean {
  return /^[a-z0-9][a-z0-9_-]{0,63}$/.test(text);
}
