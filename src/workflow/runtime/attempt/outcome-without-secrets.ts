import { valueWithoutSecrets, withoutSecrets } from '../../../core/secrets/known-secrets.ts';
import type { Outcome } from '../../nodes/node-kind.ts';

/** How a node came out, without the secrets that it was handed: it is kept, shown and read by other nodes. */
export function outcomeWithoutSecrets<T extends Outcome>(outcome: T): T {
  if (outcome.ok === true) return { ...outcome, data: valueWithoutSecrets(outcome.data) };
  if (outcome.ok === null) return { ...outcome, awaits: valueWithoutSecrets(outcome.awaits) };
  const { error, hint, details } = outcome;
  return {
    ...outcome,
    ...{ error: withoutSecrets(error), hint: withoutSecrets(hint) },
    ...(details === undefined ? {} : { details: valueWithoutSecrets(details) }),
  };
}
