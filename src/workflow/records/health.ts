import type { Bus } from '../../core/dispatch/bus.ts';
import type { Alert } from '../../core/health/thresholds.ts';
import type { JsonObject } from '../../core/json.ts';

/** How this workspace has been and is since the program was started, without a question to the back-end. */
export function serviceHealth(
  { activity }: Pick<Bus, 'activity'>,
  workspace: string,
  alerts: readonly Alert[],
): JsonObject {
  const status = alerts.length === 0 ? 'ok' : 'degraded';
  const shown = alerts.map((alert) => ({ ...alert }));
  if (activity === undefined) return { status, workspace, alerts: shown };
  const { address, isLinked, reconnects, queueLength, callCount, memo, lastErrors } = activity();
  const { hit, miss, stale } = memo;
  const asked = hit + miss + stale;
  return {
    ...{ status, alerts: shown, workspace, project: address, connected: isLinked },
    ...{ queueLength, calls: callCount, reconnects },
    memo: { hits: hit, misses: miss, stale, hitRatio: asked === 0 ? null : hit / asked },
    lastErrors: lastErrors.map((last) => ({ ...last })),
  };
}
