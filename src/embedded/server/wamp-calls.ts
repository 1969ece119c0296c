import { isJsonObject, type Json } from '../../core/json.ts';
import { CallAbandoned, WaapiError } from '../../wwise/connection/backend.ts';

/** The calls of one WAMP client that have no answer yet. */
export interface WampCalls {
  /** As `work` ends; rejects with wamp.error.canceled where the client cancelled it and that came in time. */
  run<T>(request: number, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /**
   * Obeys CANCEL. What has not begun, or only reads, ends; a change that has begun ends where nothing was changed yet, otherwise
   * its result comes. In the mode `killnowait` the client is answered at once, and in `skip` the call is not ended either.
   */
  cancel(request: number, options: Json | undefined): void;
}

export function createWampCalls(): WampCalls {
  const underWay = new Map<number, Cancel>();
  return {
    run(request, work) {
      const stop = new AbortController();
      return new Promise((resolve, reject) => {
        const cancel: Cancel = (mode) => {
          if (mode !== 'skip') stop.abort();
          if (mode !== 'kill') reject(canceled());
        };
        underWay.set(request, cancel);
        work(stop.signal)
          .then(resolve, (error: unknown) => reject(error instanceof CallAbandoned ? canceled() : error))
          .finally(() => {
            // A client may number two calls alike: the later one is the one it can cancel.
            if (underWay.get(request) === cancel) underWay.delete(request);
          });
      });
    },
    cancel(request, options) {
      const mode = isJsonObject(options) ? options.mode : undefined;
      underWay.get(request)?.(mode === 'skip' || mode === 'killnowait' ? mode : 'kill');
    },
  };
}

type Cancel = (mode: 'kill' | 'killnowait' | 'skip') => void;

function canceled(): WaapiError {
  return new WaapiError('wamp.error.canceled', 'The call was cancelled by its client.');
}
