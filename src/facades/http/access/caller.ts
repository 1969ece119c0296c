import { type AccessScope, accessScopes } from '../../../core/access/token.ts';

/** Who sent a request. */
export interface Caller {
  /** Whose workflows, runs and records it sees. */
  readonly workspace: string;
  readonly scope: AccessScope;
  /** Distinguishes callers where requests are counted. */
  readonly key: string;
}

/** A wider scope has the narrower ones in it. */
export function isInScope({ scope }: Caller, wanted: AccessScope): boolean {
  return accessScopes.indexOf(scope) >= accessScopes.indexOf(wanted);
}
