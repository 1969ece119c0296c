import type { JsonObject } from '../../core/json.ts';
import type { Report } from '../compiler/problem.ts';
import { readChoice, readRetry, runOnErrors } from './failure-policy.ts';
import { readTimeout } from './timeout.ts';
import type { Workflow } from './workflow.ts';

/**
 * What `globals` say of the whole run: `timeout` (seconds, or a text with its unit), `retryPolicy` of nodes that have none of their
 * own, `errorHandling`. What the workflow says itself is stronger. Expressions read them as any other member.
 */
export function readGlobalPolicies(
  { timeout, retryPolicy, errorHandling }: JsonObject,
  report: Report,
): Pick<Workflow, 'timeoutMs' | 'retry' | 'onError'> {
  const timeoutMs = readTimeout(timeout, '/globals/timeout', report, undefined);
  const retry = readRetry(retryPolicy, '/globals/retryPolicy', report, undefined);
  const onError = readChoice(errorHandling, runOnErrors, '/globals/errorHandling', report);
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(retry === undefined ? {} : { retry }),
    ...(onError === undefined ? {} : { onError }),
  };
}
