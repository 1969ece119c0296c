import { toWwiseFlowError } from '../base/errors.ts';
import { onlyReads } from '../waapi/reading-functions.ts';
import type { Waapi } from '../waapi/waapi.ts';

export interface WatchedWaapi {
  readonly waapi: Waapi;
  /** True once a changing call succeeded or its answer was lost: the project may differ from before. */
  changedSomething(): boolean;
}

/**
 * The connection as one dispatch uses it: every call stops with the dispatch's signal, and it is known afterwards
 * whether the project may have been changed. `onLinkLost` runs when a call shows that the link broke. `beforeChange` is
 * awaited before each call that changes something; when it rejects, the call is not made.
 */
export function watchWaapi(
  waapi: Waapi,
  signal: AbortSignal,
  onLinkLost: () => void,
  beforeChange?: (uri: string) => Promise<void>,
): WatchedWaapi {
  let changed = false;
  const call: Waapi['call'] = async (uri, args, options, control) => {
    if (beforeChange !== undefined && !onlyReads(uri)) await beforeChange(uri);
    try {
      const answer = await waapi.call(uri, args, options, { signal, ...control });
      if (!onlyReads(uri)) changed = true;
      return answer;
    } catch (thrown) {
      const { code } = toWwiseFlowError(thrown);
      if (code === 'OUTCOME_UNKNOWN') changed = true;
      if (code === 'OUTCOME_UNKNOWN' || code === 'WAAPI_UNAVAILABLE') onLinkLost();
      throw thrown;
    }
  };
  const watched: Waapi = {
    address: waapi.address,
    get callCount() {
      return waapi.callCount;
    },
    get linkCount() {
      return waapi.linkCount;
    },
    call,
    subscribe: (topic, options, onEvent) => waapi.subscribe(topic, options, onEvent),
    close: () => waapi.close(),
  };
  return { waapi: watched, changedSomething: () => changed };
}
