import { toWwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { isLinkReplaced } from '../connection/call-errors.ts';
import { onlyReads } from '../connection/reading-functions.ts';
import type { Waapi } from '../connection/waapi.ts';
import { withCall } from '../connection/with-call.ts';
import { touchesProject } from './undo-gate.ts';

export interface WatchedWaapi {
  readonly waapi: Waapi;
  /** True once a changing call succeeded or its answer was lost: the project may differ from before. */
  changedSomething(): boolean;
  /** The same for what an undo of Wwise would roll back; a group that was cancelled with undo left nothing. */
  changedProject(): boolean;
  /** Waits until a change may be sent, as `beforeChange` and `sameProject` say. */
  untilMayChange(): Promise<void>;
  /** The changing calls, 50 at most, that were answered in the undo group opened last: `{ procedure, arguments? }`. */
  answeredInGroup(): readonly JsonObject[];
}

export interface Watching {
  /** Stops every call. */
  readonly signal: AbortSignal;
  /** Where its calls stand among those that wait: higher goes first. Default 0. */
  readonly priority?: number | undefined;
  /** Runs when a call shows that the link broke. */
  readonly onLinkLost: () => void;
  /**
   * Awaited before each call that changes something; when it rejects, the call is not made. Gives the link of an undo group
   * that is open for what comes, if there is one.
   */
  readonly beforeChange?: ((uri: string) => Promise<number | undefined>) | undefined;
  /**
   * Awaited before each call that changes something: rejects when another project is open than the dispatch began with. Gives
   * the link over which that is known, or nothing while no project matters.
   */
  readonly sameProject: () => Promise<number | undefined>;
}

/**
 * The connection as one dispatch uses it. A call that changes something goes only where it belongs: to the project the
 * dispatch began with, and inside an undo group to the link that opened it; once that link is gone the call is not sent.
 */
export function watchWaapi(waapi: Waapi, watching: Watching): WatchedWaapi {
  const { signal, priority, onLinkLost, beforeChange, sameProject } = watching;
  /** The links of the undo groups this dispatch has open, innermost last. */
  const groups: { readonly link: number | undefined; readonly changedBefore: boolean }[] = [];
  let answered: JsonObject[] = [];
  let changed = false;
  let changedProject = false;

  const send: Waapi['call'] = async (uri, args, options, control) => {
    try {
      const answer = await waapi.call(uri, args, options, { signal, priority, ...control });
      if (!onlyReads(uri)) changed = true;
      if (callChangesProject(uri)) changedProject = true;
      return answer;
    } catch (thrown) {
      const { code } = toWwiseFlowError(thrown);
      if (code === 'OUTCOME_UNKNOWN') changed = true;
      if (code === 'OUTCOME_UNKNOWN' && callChangesProject(uri)) changedProject = true;
      if (code === 'OUTCOME_UNKNOWN' || code === 'WAAPI_UNAVAILABLE') onLinkLost();
      throw thrown;
    }
  };

  /** Where the next change belongs: `isFixed` when nowhere else will do. */
  const linkFor = async (uri: string): Promise<{ link: number | undefined; isFixed: boolean }> => {
    for (let again = false; ; again = true) {
      const known = await sameProject();
      const group = groups.at(-1)?.link ?? (await beforeChange?.(uri));
      // Opening the group of a run may have opened a fresh link, behind which another project may be.
      if (group === undefined) return { link: known, isFixed: false };
      if (known === undefined || known === group || again) return { link: group, isFixed: true };
    }
  };

  const change: Waapi['call'] = async (uri, args, options, control) => {
    const closes = closingFunctions.has(uri) && groups.length > 0;
    const closed = closes ? groups.pop() : undefined;
    for (let tries = 1; ; tries += 1) {
      const { link, isFixed } = closes ? { link: closed?.link, isFixed: true } : await linkFor(uri);
      try {
        const answer = await send(uri, args, options, { ...control, link });
        if (uri === cancellingFunction && args?.undo === true && closed !== undefined)
          changedProject = closed.changedBefore;
        if (uri === openingFunction) {
          groups.push({ link: waapi.linkCount, changedBefore: changedProject });
          answered = [];
        } else if (groups.length > 0 && answered.length < mostRecorded) answered.push(record(uri, args));
        return answer;
      } catch (thrown) {
        if (isFixed || tries === mostTries || !isLinkReplaced(thrown)) throw thrown;
      }
    }
  };

  const watched = withCall(waapi, (uri, args, options, control) =>
    (onlyReads(uri) ? send : change)(uri, args, options, control),
  );
  return {
    waapi: watched,
    changedSomething: () => changed,
    changedProject: () => changedProject,
    untilMayChange: async () => {
      await linkFor(openingFunction);
    },
    answeredInGroup: () => answered,
  };
}

const mostRecorded = 50;
const longestArguments = 1000;

function record(procedure: string, args: JsonObject = {}): JsonObject {
  return JSON.stringify(args).length > longestArguments ? { procedure } : { procedure, arguments: args };
}

const openingFunction = 'ak.wwise.core.undo.beginGroup';
const cancellingFunction = 'ak.wwise.core.undo.cancelGroup';
const closingFunctions: ReadonlySet<string> = new Set(['ak.wwise.core.undo.endGroup', cancellingFunction]);

/** Groups by themselves change nothing, and neither does whatever leaves the project alone. */
export function callChangesProject(uri: string): boolean {
  return !onlyReads(uri) && touchesProject(uri) && !leavesObjects.some((prefix) => uri.startsWith(prefix));
}

/** These write files or the history; what the objects are stays. */
const leavesObjects: readonly string[] = [
  'ak.wwise.core.undo.',
  'ak.wwise.core.project.save',
  'ak.wwise.core.soundbank.generate',
];

/** A link that is replaced again and again is none. */
const mostTries = 3;
