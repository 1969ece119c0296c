import type { ServerContext } from '@modelcontextprotocol/server';
import type { Log } from '../../../core/log.ts';

/** How far a call is, for a client that asked to be notified. */
export interface ProgressReport {
  report(progress: number, total: number, message: string): void;
  /** Nothing more is sent. */
  end(): void;
}

/** As much of a request as it takes. */
interface AskedForProgress {
  readonly mcpReq: {
    readonly _meta?: { readonly progressToken?: string | number | undefined } | undefined;
    notify(notification: Parameters<ServerContext['mcpReq']['notify']>[0]): Promise<void>;
  };
}

/**
 * Notifies a client of the progress of its call. A call that says nothing for a while is said to go on, since clients give up
 * what they hear nothing of; what is reported never goes back.
 */
export function reportProgress({ mcpReq }: AskedForProgress, log: Log): ProgressReport {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return { report: () => {}, end: () => {} };
  const begunMs = performance.now();
  let last: { readonly progress: number; readonly total?: number } = { progress: 0 };
  const send = (message: string): void => {
    beat.refresh();
    mcpReq
      .notify({ method: 'notifications/progress', params: { progressToken, ...last, message } })
      .catch((reason: unknown) => log.debug({ err: reason }, 'a progress notification was lost'));
  };
  const beat = setInterval(() => {
    // The protocol wants each to be more than the one before.
    last = { ...last, progress: last.progress + tiny };
    send(`under way for ${Math.round((performance.now() - begunMs) / 1_000)} s`);
  }, quietMs);
  beat.unref();
  return {
    report: (progress, total, message) => {
      last = { progress: Math.max(progress, last.progress), total };
      send(message);
    },
    end: () => clearInterval(beat),
  };
}

/** Clients that count wait for a minute, some for half of one. */
const quietMs = 10_000;
const tiny = 0.001;
