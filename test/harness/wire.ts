import type { JsonObject } from '../../src/core/json.ts';
import { type WaapiBackend, WaapiLinkError } from '../../src/wwise/connection/backend.ts';

/** What passed between the connection and the engine, and where the wire is to break. */
export interface Wire {
  readonly calls: { readonly uri: string; readonly args: JsonObject }[];
  /** Breaks once after the engine executed a call of this URI, before its answer arrives. */
  cutAfter: string | undefined;
  tap(backend: WaapiBackend): WaapiBackend;
}

export function tappedWire(): Wire {
  const wire: Wire = {
    calls: [],
    cutAfter: undefined,
    tap: (backend) => ({
      ...backend,
      async call(uri, args, options) {
        wire.calls.push({ uri, args });
        const answer = await backend.call(uri, args, options);
        if (uri !== wire.cutAfter) return answer;
        wire.cutAfter = undefined;
        throw new WaapiLinkError('The socket closed.', true);
      },
    }),
  };
  return wire;
}
