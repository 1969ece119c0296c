import type { JsonObject } from '../../../core/json.ts';
import { onlyReads } from '../../connection/reading-functions.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { withCall } from '../../connection/with-call.ts';

/** The connection, asking the same question once. For as long as nothing is changed. */
export function rememberingReads(waapi: Waapi): Waapi {
  const answers = new Map<string, Promise<JsonObject>>();
  return withCall(waapi, (uri, args, options, control) => {
    if (!onlyReads(uri)) return waapi.call(uri, args, options, control);
    const question = JSON.stringify([uri, args, options]);
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = waapi.call(uri, args, options, control);
    answers.set(question, answer);
    return answer;
  });
}
