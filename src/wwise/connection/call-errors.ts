import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';

/** Nothing was sent: nobody answers at the address. */
export function unavailable(address: string, reason: string, cause?: unknown): WwiseFlowError {
  return new WwiseFlowError('WAAPI_UNAVAILABLE', reason, {
    hint: 'Start Wwise and open a project, enable the Wwise Authoring API in User Preferences and check the WAMP port; or edit the project files directly with --project FILE.wproj.',
    details: { address },
    cause,
  });
}

/** A changing call was sent and its answer is lost: it must not be sent again blindly. */
export function outcomeUnknown(
  procedure: string,
  args: JsonObject,
  reason: string,
  cause?: unknown,
): WwiseFlowError {
  const text = JSON.stringify(args);
  return new WwiseFlowError('OUTCOME_UNKNOWN', `${procedure} was sent, but its answer is lost: ${reason}`, {
    hint: 'Look in the project (get_object or query_waql) whether the change took place, and only repeat the call if it did not.',
    details: { procedure, ...(text.length <= longestArgumentsShown ? { arguments: args } : {}) },
    cause,
  });
}

const longestArgumentsShown = 2000;

/** A reading call, or a subscription, got no answer in time. */
export function timedOut(procedure: string, limitMs: number): WwiseFlowError {
  return new WwiseFlowError('WAAPI_TIMEOUT', `${procedure} got no answer within ${limitMs} ms.`, {
    hint: 'Try again; if it happens again, ask for less at once or check whether Wwise hangs.',
    details: { procedure, timeoutMs: limitMs },
  });
}

/** A call took too long and was stopped before it had changed anything. */
export function stoppedInTime(procedure: string, limitMs: number): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_TIMEOUT',
    `${procedure} was not done within ${limitMs} ms and was stopped: nothing was changed.`,
    {
      hint: 'Ask for less at once, or try again when less is going on.',
      details: { procedure, timeoutMs: limitMs },
    },
  );
}

/** The call belongs to a link that is gone; it was not sent over the one that took its place. */
export function linkReplaced(procedure: string): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_UNAVAILABLE',
    `${procedure} was not sent: the link to Wwise broke after the calls it belongs to.`,
    {
      hint: 'Look in the project what of the earlier changes is there, then run it again.',
      details: { procedure, reason: replaced },
    },
  );
}

const replaced = 'link replaced';

/** Whether a call was held back because its link is gone. */
export function isLinkReplaced(error: unknown): boolean {
  return error instanceof WwiseFlowError && error.details?.reason === replaced;
}

/** An earlier call still keeps Wwise busy; this one was not sent. */
export function stillBusy(procedure: string, earlier: string, waitedMs: number): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_LOCKED',
    `${procedure} was not sent: Wwise still works on ${earlier} after ${waitedMs} ms.`,
    {
      hint: `Wait until Wwise is done, check what ${earlier} achieved, then try again.`,
      details: { procedure, earlier },
    },
  );
}

/** Too many calls wait already; this one was not sent. */
export function queueFull(procedure: string, length: number): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_LOCKED',
    `${procedure} was not sent: ${length} calls wait for Wwise already.`,
    {
      hint: 'Wait for earlier calls to end, then try again; put many edits into one workflow instead of many calls.',
      details: { procedure, queued: length },
    },
  );
}

/** The caller gave up and nothing was changed. */
export function cancelled(procedure: string, sent: boolean): WwiseFlowError {
  return new WwiseFlowError(
    'CANCELLED',
    `${procedure} was cancelled ${sent ? 'while it ran' : 'before it was sent'}.`,
    {
      hint: 'Nothing was changed; call it again when it is wanted.',
      details: { procedure },
    },
  );
}
