import { asJsonObject, asString, type Json } from '../../core/json.ts';
import { WaapiError } from './backend.ts';

/** The requests of one WAMP session that wait for their answer. */
export interface Requests {
  /**
   * Sends `[type, id, ...rest]` and resolves to what `read` makes of the answer, or rejects with WaapiError.
   * `read` runs the moment the answer arrives, before any later message is looked at.
   */
  send<T>(type: number, rest: readonly Json[], read: (answer: readonly Json[]) => T): Promise<T>;
  answer(id: Json | undefined, message: readonly Json[]): void;
  refuse(id: Json | undefined, message: readonly Json[]): void;
  rejectAll(error: Error): void;
}

/** Request ids count 1, 2, 3... as Audiokinetic's own C# client does. */
export function createRequests(transmit: (message: string) => void): Requests {
  const waiting = new Map<Json | undefined, Waiting>();
  let lastId = 0;
  const take = (id: Json | undefined): Waiting | undefined => {
    const request = waiting.get(id);
    waiting.delete(id);
    return request;
  };
  return {
    send: (type, rest, read) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        const message = JSON.stringify([type, lastId, ...rest]);
        waiting.set(lastId, { answered: (answer) => resolve(read(answer)), reject });
        transmit(message);
      }),
    answer: (id, message) => take(id)?.answered(message),
    refuse: (id, message) => take(id)?.reject(errorOf(message)),
    rejectAll(error) {
      for (const request of waiting.values()) request.reject(error);
      waiting.clear();
    },
  };
}

interface Waiting {
  readonly answered: (message: readonly Json[]) => void;
  readonly reject: (error: Error) => void;
}

/** `[8, type, id, {}, uri, [], { message, details }]`; every part but the URI may be missing. */
function errorOf(message: readonly Json[]): WaapiError {
  const uri = asString(message[4]) ?? 'ak.wwise.unexpected_error';
  const body = asJsonObject(message[6]);
  return new WaapiError(uri, asString(body.message) ?? uri, asJsonObject(body.details));
}
