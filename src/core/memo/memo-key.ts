import { hashJson } from '../canonical-json.ts';
import type { AnyCommand } from '../command.ts';
import type { JsonObject } from '../json.ts';

export interface MemoKeyParts {
  readonly command: Pick<AnyCommand, 'name' | 'version'>;
  /** Parsed: defaults filled, names tidy. */
  readonly input: JsonObject;
  /** SHA-256 of each input file, in the command's order. */
  readonly fileHashes: readonly string[];
  readonly projectId: string;
  readonly scope: string | undefined;
}

/**
 * The idempotency key: equal for two requests that would do the same thing to the same project. A direct call has the
 * scope `call`, so an identical direct call is found again.
 */
export function memoKey({ command, input, fileHashes, projectId, scope = 'call' }: MemoKeyParts): string {
  return hashJson({
    command: command.name,
    version: command.version,
    input,
    files: fileHashes,
    project: projectId,
    scope,
    claims: claimsVersion,
  });
}

/** Raise it when claims come to mean more: what older ones did not check must not be believed. */
const claimsVersion = 3;
